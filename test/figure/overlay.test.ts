import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { decode } from '../../src/image/canvas';
import { colorTable } from '../../src/figure/colormap';
import { heatmap } from '../../widgets/overlay/heatmap';
import { mask } from '../../widgets/overlay/mask';
import { overlay } from '../../widgets/overlay/overlay';
import type { Figure } from '../../src/figure/figure';
import { mapOf, plainImage } from '../helpers/maps';
import { fixRuler, matchesSnapshot, wordsOf } from '../helpers/snapshot';

test.before(fixRuler);

/** Colours of the first raster of a figure, at shares of its width. */
async function colours(figure: Figure, ...shares: number[]): Promise<number[][]> {
  const [, data] = figure.svg().match(/base64,([^"]+)/) as RegExpMatchArray;
  const picture = await decode(Buffer.from(data, 'base64'));
  const middle = Math.floor(picture.height / 2);
  return shares.map((share) => [...picture.data.subarray((middle * picture.width + Math.floor(share * picture.width)) * 4).subarray(0, 3)]);
}
const near = (got: number[], wanted: number[], off: number): void => got.forEach((value, at) => assert.ok(Math.abs(value - wanted[at]) <= off, `${got} is not near ${wanted}`));

const ramp = (more = {}) => mapOf(Array.from({ length: 64 }, (_, at) => at % 8), 8, 8, more);

test('a heatmap gives each value its colour', async () => {
  const [low, high] = await colours(heatmap(ramp()), 0.05, 0.95);
  assert.equal(low, [...colorTable('viridis').slice(0, 3)]);
  assert.equal(high, [...colorTable('viridis').slice(-3)]);
});

test('a signed heatmap is pale at 0 and red where it speaks for the class', async () => {
  const [against, middle, supporting] = await colours(heatmap(mapOf([-3, 0, 3], 3, 1, { signed: true })), 0.1, 0.5, 0.9);
  assert.ok(against[2] > against[0] && supporting[0] > supporting[2] && Math.min(...middle) > 230);
});

test('a given range is kept: half of it is the middle colour', async () => {
  const [colour] = await colours(heatmap(mapOf([5, 5], 2, 1), { range: [0, 10] }), 0.5);
  near(colour, [...colorTable('viridis').slice(128 * 3, 129 * 3)], 1);
});

test('an overlay leaves the photo alone where the map is 0, and covers it by the opacity where it is greatest', async () => {
  const [clear, covered] = await colours(overlay(ramp(), { opacity: 1 }), 0.02, 0.98);
  near(clear, [100, 150, 200], 8);
  near(covered, [253, 231, 37], 12);
  const [faint] = await colours(overlay(ramp(), { opacity: 0 }), 0.98);
  near(faint, [100, 150, 200], 8);
});

test('an overlay without fade covers everything alike', async () => {
  const [low] = await colours(overlay(ramp(), { opacity: 1, fade: false }), 0.02);
  near(low, [68, 1, 84], 12);
});

test('a mask keeps the strongest share and darkens the rest', async () => {
  const [dark, kept] = await colours(mask(ramp(), { keep: 0.25 }), 0.1, 0.95);
  near(kept, [100, 150, 200], 8);
  near(dark, [12, 18, 24], 8);
  assert.match(mask(ramp(), { keep: 0.25 }).caption, 'visible: the strongest 25 % of the image');
  assert.match(mask(ramp(), { threshold: 7 }).caption, 'the strongest 13 %');
});

test('an empty map is never shown without a word', () => {
  const nothing = mapOf([0, 0, 0, 0], 2, 2);
  for (const figure of [heatmap(nothing), overlay(nothing), mask(nothing)]) assert.match(wordsOf(figure), 'no positive evidence at layer conv');
  assert.match(wordsOf(mask(nothing)), 'nothing stays visible');
  assert.match(wordsOf(heatmap(mapOf([1, NaN], 2, 1))), 'no value (NaN)');
  assert.match(wordsOf(heatmap(mapOf([1, 2], 2, 1, { note: 'cancelled at 3 of 9 windows' }))), 'cancelled at 3 of 9');
});

test('a signed map of zeros is pale, and leaves the photo alone', async () => {
  const nothing = mapOf([0, 0, 0, 0], 2, 2, { signed: true });
  const [[map], [photo]] = [await colours(heatmap(nothing), 0.5), await colours(overlay(nothing), 0.5)];
  assert.ok(Math.min(...map) > 230);
  near(photo, [100, 150, 200], 8);
});

test('a colour bar of very small values tells their power of ten once, beside the unit, and breaks a unit longer than itself', () => {
  assert.match(wordsOf(heatmap(mapOf([0, 3e-7], 2, 1))), '0 1 2 3 logits, × 10⁻⁷');
  const short = heatmap(mapOf([0, 3e-7], 2, 1, { unit: 'weighted activation (logits)' }), { size: 260 });
  assert.match(short.svg(), '>weighted activation</text>');
  assert.match(short.svg(), '>(logits), ×\u00a010⁻⁷</text>');
});

test('a mask says when all evidence is less than the share asked for', () => {
  assert.match(mask(mapOf([0, 0, 0, 0, 0, 0, 0, 0, 0, 5], 10, 1)).caption, 'visible: all that speaks for it, 10 % of the image');
});

test('options are told in words', () => {
  const words = (options: Record<string, unknown>): string => heatmap(mapOf([0, 1], 2, 1, { options })).caption;
  assert.match(words({ patch: 32, stride: 16, fill: 'mean', windows: 2601 }), 'patch 32 × 32, moved by 16, filled with the mean colour, 2601 windows');
  assert.match(words({ patch: [8, 16], stride: [4, 8], fill: [1, 2, 3] }), 'patch 8 × 16, moved by 4 × 8, filled with 1 2 3');
  assert.match(words({ fill: 'black', alpha: 'paper', weights: 'softmax' }), /· filled with black$/);
  assert.match(words({ top: 16, weights: 'score', combine: 'max' }), 'the 16 channels that vary most, weights score, max of the layers');
  assert.match(words({ relus: 1 }), 'through 1 ReLU');
  assert.match(words({ relu: false, resize: false }), 'without the last ReLU, one square for each cell of the layer');
});

test('a class without a name is told by its number once', () => {
  assert.match(heatmap(mapOf([0, 1], 2, 1, { target: { index: 5, label: 'class 5' } })).caption, 'Grad-CAM · class 5 ·');
});

test('three channels are a picture of their own, and say so', () => {
  const rgb = mapOf([1, 0, -1, 2, 0, -2], 2, 1, { shape: [1, 2, 3], signed: true, layer: undefined });
  assert.match(wordsOf(heatmap(rgb)), 'colours scaled for show');
  assert.match(wordsOf(overlay(rgb)), 'largest |logits|');
});

test('the size follows the image, and a layer’s own grid is drawn over all of it', async () => {
  const grid = mapOf([0, 1], 2, 1, { image: plainImage(60, 20) });
  const [left, right] = await colours(overlay(grid, { opacity: 1 }), 0.2, 0.8);
  near(left, [100, 150, 200], 8);
  near(right, [253, 231, 37], 12);
  assert.match(heatmap(grid).svg(), 'width="336" height="112"');
});

test('words tell where the heat is', () => {
  assert.match(heatmap(mapOf([2, 2, 2, 2], 2, 2)).alt, 'for tabby (281): 2 everywhere.');
  const corner = mapOf(Array.from({ length: 81 }, (_, at) => (at === 0 ? 8 : 0)), 9, 9);
  assert.is(overlay(corner).alt, 'Overlay of Grad-CAM on plain for tabby (281): hottest at the upper left; the hottest tenth of the image holds 100 % of it.');
  assert.is(overlay(corner).toString(), 'Grad-CAM · tabby (281) · logit 8.25, probability 0.625 · toy / conv');
});

test('options are checked', () => {
  assert.throws(() => overlay(ramp(), { opacty: 1 } as object), 'overlay has no option "opacty"; did you mean "opacity"?');
  assert.throws(() => overlay(ramp(), { opacity: 2 }), 'opacity must be a number from 0 to 1, got 2');
  assert.throws(() => heatmap(ramp(), { colormap: 'jet' as 'turbo' }), /^unknown colormap "jet"/);
  assert.throws(() => heatmap(ramp(), { size: NaN }), 'size must be a whole number from 16 to 4000, got NaN');
  assert.throws(() => mask(ramp(), { rest: 'gone' as 'dark' }), 'rest must be dark, blur or grey, got "gone"');
});

test('drawn as kept', () => {
  matchesSnapshot(heatmap(ramp({ options: { patch: 32, stride: 16, fill: [1, 2, 3], resize: true }, seed: 4 })), 'heatmap');
  matchesSnapshot(overlay(mapOf([-3, 0, 3, 90], 4, 1, { signed: true, note: 'a note that the reader must see' }), { clip: 60 }), 'overlay-signed');
});

test.run();
