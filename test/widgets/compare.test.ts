import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Attribution, AttributionRecord } from '../../src/attribution/attribution';
import { Attributions } from '../../src/attribution/attributions';
import { colorTable } from '../../src/figure/colormap';
import type { Figure } from '../../src/figure/figure';
import '../../src/figure/install';
import { svgStage } from '../../src/figure/svgStage';
import { decode } from '../../src/image/canvas';
import { randomMap } from '../../src/metrics/randomMap';
import { rankCorrelation } from '../../src/metrics/rankCorrelation';
import { compare, type CompareOptions } from '../../widgets/compare/compare';
import { type CompareData, reduceCompare } from '../../widgets/compare/data';
import { drawCompare } from '../../widgets/compare/draw';
import { correlationText } from '../../widgets/compare/matrix';
import { start } from '../../widgets/compare/state';
import '../../widgets/install';
import { mapOf, plainImage } from '../helpers/maps';
import { noise } from '../helpers/models';
import { fixRuler, matchesSnapshot, wordsOf } from '../helpers/snapshot';

test.before(fixRuler);

const map = (more: Partial<AttributionRecord> = {}): Attribution => mapOf([0, 1, 2, 3], 2, 2, more);
const lynx = { target: { index: 287, label: 'lynx' }, score: { logit: 2, probability: 0.25 } };
const saliency = { method: 'saliency', layer: undefined, unit: '|gradient|' };
const values = (...each: number[]) => ({ values: Float32Array.from(each) });

/** Two methods of two classes. */
const four = (): Attribution[] => [map(), map({ ...saliency, ...values(3, 0, 1, 2) }), map({ ...lynx, ...values(0, 1, 3, 2) }), map({ ...saliency, ...lynx, ...values(9, 8, 7, 6) })];

/** The middle colours of a figure's rasters at shares of their width, in order. */
async function colours(figure: Figure, ...shares: number[]): Promise<number[][][]> {
  const rasters = await Promise.all([...figure.svg().matchAll(/base64,([^"]+)/g)].map(([, data]) => decode(Buffer.from(data, 'base64'))));
  return rasters.map(({ width, height, data }) => shares.map((share) => [...data.subarray((Math.floor(height / 2) * width + Math.floor(share * width)) * 4).subarray(0, 3)]));
}
const viridis = (at: number): number[] => [...colorTable('viridis').subarray(at * 3, at * 3 + 3)];

test('one scale is shared where the unit is the same', () => {
  const figure = compare([map(), map({ target: { index: 282, label: 'tiger cat' }, values: Float32Array.of(0, 0, 0, 12) })], { as: 'heatmap' });
  assert.match(figure.caption, 'one scale for all');
  assert.match(figure.svg(), '>tiger cat (282)<');
  assert.match(figure.svg(), '>12<');
});

test('maps of different units are divided by their own greatest value', () => {
  const figure = compare([map(), map(saliency)]);
  assert.match(figure.caption, 'each map divided by its own greatest value');
  assert.match(figure.svg(), '>Saliency<');
  assert.match(wordsOf(figure), '1 = 3 |gradient|');
  matchesSnapshot(figure, 'compare');
});

test('methods and classes make a table, with the agreement of both and random maps', () => {
  const figure = compare(four(), { random: 0, seed: 3 });
  const words = wordsOf(figure);
  assert.match(words, /^Grad-CAM · conv Random map like Grad-CAM · conv · seeds 3 to 4 Saliency tabby \(281\) logit 8.25, probability 0.625 1 = 3/);
  assert.match(words, 'Agreement of the methods Spearman’s rank correlation of the values, mean over the classes');
  assert.match(words, 'Agreement of the classes Spearman’s rank correlation of the values, mean over the methods');
  assert.match(words, 'Comparison of 2 methods and 2 classes toy · each map divided by its own greatest value');
  matchesSnapshot(figure, 'compare-table');
});

test('a matrix holds the means of the rank correlations', () => {
  const [a, b, c, d] = four();
  const mean = (rankCorrelation(a, b) + rankCorrelation(c, d)) / 2;
  assert.is(mean, -0.5);
  assert.match(wordsOf(compare([a, b, c, d])), ' 1 −0.50 −0.50 1 ');
  assert.match(wordsOf(compare([a, b, map({ method: 'RISE' })])), ` 1 ${correlationText(rankCorrelation(a, b))} 1.00 `);
  assert.match(compare([a, b, c, d]).alt, 'Agreement of the methods, as rank correlation: −0.50 (Grad-CAM · conv and Saliency).');
});

test('of the sizes of values the sizes are ranked', () => {
  const signed = [map({ signed: true, ...values(-4, -1, 2, 3) }), map({ ...saliency, ...values(4, 1, 2, 3) })];
  assert.match(wordsOf(compare(signed, { agreement: true })), '−0.20');
  const sizes = wordsOf(compare(signed, { agreement: true, sign: 'absolute' }));
  assert.match(sizes, 'rank correlation of the sizes of the values');
  assert.match(sizes, ' 1 1.00 ');
});

test('a random map is what randomMap gives, and each row has the next seed', () => {
  const [a, b, c, d] = [0, 1, 2, 3].map((at) => mapOf([...noise(144, at + 1)], 12, 12, { ...(at % 2 ? saliency : {}), ...(at > 1 ? lynx : {}) }));
  const words = wordsOf(compare([a, b, c, d], { random: true, seed: 5 }));
  const chance = (rankCorrelation(a, randomMap(b, { seed: 5 })) + rankCorrelation(c, randomMap(d, { seed: 6 }))) / 2;
  assert.match(words, 'like Saliency · seeds 5 to 6');
  assert.match(words, ` 1 ${correlationText((rankCorrelation(a, b) + rankCorrelation(c, d)) / 2)} ${correlationText(chance)} `);
  assert.match(compare([a, b], { random: -2 }).alt, 'Random map like Grad-CAM · conv.');
});

test('two maps are told to agree in a word, more in a matrix; maps of different images not at all', () => {
  assert.match(wordsOf(compare(four().slice(0, 2))), 'rank correlation −0.20');
  assert.not.match(wordsOf(compare(four().slice(0, 2))), 'Agreement');
  const images = ['cat', 'cup', 'dog'].map((name, at) => map({ image: plainImage(2, 2, [at, at, at], name) }));
  assert.not.match(wordsOf(compare(images)), /greement/);
  assert.match(wordsOf(compare(images, { agreement: true })), 'Note: maps of different images have no places in common, and no agreement');
  assert.match(wordsOf(compare([map(), map(saliency), map({ method: 'RISE', ...values(2, 2, 2, 2) })])), 'RISE · conv is the same everywhere: it has no rank correlation');
});

test('images are rows that begin with their photo', () => {
  const rows = ['cat', 'cup'].flatMap((name, at) => [map({ image: plainImage(2, 2, [at, 90, 90], name) }), map({ ...saliency, image: plainImage(2, 2, [at, 90, 90], name) })]);
  const words = wordsOf(compare(rows));
  assert.match(words, /^Image what the network saw Grad-CAM · conv Saliency cat /);
  assert.is([...compare(rows).svg().matchAll(/<image /g)].length, 6);
  assert.is([...compare(rows, { photo: false }).svg().matchAll(/<image /g)].length, 4);
});

test('each scale gives its colours', async () => {
  const weak = values(0, 1, 0, 1);
  const strong = values(0, 4, 0, 4);
  const pair = [map(weak), map({ ...lynx, ...strong })];
  const shared = await colours(compare(pair, { as: 'heatmap', scale: 'shared', photo: false }), 0.1, 0.9);
  assert.equal(shared, [[viridis(0), viridis(64)], [viridis(0), viridis(255)]]);
  const own = await colours(compare(pair, { as: 'heatmap', scale: 'relative', photo: false }), 0.1, 0.9);
  assert.equal(own, [[viridis(0), viridis(255)], [viridis(0), viridis(255)]]);
  const ranged = await colours(compare(pair, { as: 'heatmap', range: [0, 8], photo: false }), 0.1, 0.9);
  assert.equal(ranged[1][1], viridis(128));
  assert.match(wordsOf(compare([map(), map(saliency)], { scale: 'shared' })), 'one scale for all, though their units differ');
});

test('opacity 0 leaves the photo', async () => {
  const [photo, bare] = await colours(compare([map()], { opacity: 0 }), 0.9);
  assert.equal(bare, photo);
});

test('an empty map, and one with gaps, are told', () => {
  assert.match(wordsOf(compare([map(), map({ ...lynx, ...values(0, 0, 0, 0) })])), 'Note: lynx (287): all values are 0: no positive evidence at layer conv');
  assert.match(wordsOf(compare([map(values(0, NaN, 1, 2)), map({ ...lynx, ...values(NaN, NaN, NaN, NaN) })])), 'Note: grey pixels have no value (NaN)');
});

test('the numbers stand in a table below, closed', () => {
  const html = compare(four()).fragment({ live: false });
  assert.match(html, /<details><summary>the maps in numbers<\/summary>/);
  for (const cell of ['Grad-CAM · conv · tabby (281)</td>', '|gradient|</td>', 'logit 2.00, probability 0.25 · toy / conv</td>', '−0.80</td>']) assert.match(html, `>${cell}`);
});

test('a set of maps shows itself so; of very many it says how many', () => {
  const set = new Attributions(Array.from({ length: 30 }, (_, at) => map({ target: { index: at, label: `class ${at}` } })));
  assert.match(wordsOf(set.toFigure()), 'Note: of 30 maps the first 24 are shown');
  const fine = new Attributions([map({ grain: 'fine' }), map({ grain: 'fine', ...lynx })]).toFigure();
  assert.match(fine.alt, /Heatmap of Grad-CAM on plain for tabby \(281\): hottest at/);
});

test('it lays itself out anew in any width, and nothing overlaps or stands out', () => {
  const wide = { image: plainImage(60, 20), ...values(...noise(1200)), shape: [20, 60] as [number, number] };
  const tall = { image: plainImage(20, 60), ...values(...noise(1200)), shape: [60, 20] as [number, number] };
  const many = Array.from({ length: 24 }, (_, at) => map({ method: `method ${at % 6} ${'of a long name '.repeat(at % 3)}`, target: { index: Math.floor(at / 6), label: `class ${Math.floor(at / 6)}` }, layer: undefined }));
  const list = Array.from({ length: 24 }, (_, at) => map({ method: `method ${at}`, target: { index: at, label: `class ${at}` } }));
  for (const [name, maps, options] of [['table', four(), { random: true }], ['many', many, {}], ['list', list, {}], ['wide', [map(wide), map({ ...saliency, ...wide })], {}], ['tall', [map(tall), map({ ...saliency, ...tall }), map(tall)], {}], ['columns', list.slice(0, 5), { columns: 5 }]] as [string, Attribution[], CompareOptions][]) {
    const data = compare(maps, options).parts.live!.data(1) as CompareData;
    for (let width = 380; width <= 1100; width += 60) {
      const drawn = drawCompare(svgStage(width).stage, data, start(data));
      assert.ok(drawn.width <= width, `${name} at ${width}: ${drawn.width}`);
      drawn.spots!.forEach((a, at) => {
        assert.ok(a.x >= 0 && a.x + a.width <= drawn.width && a.y + a.height <= drawn.height, `${name} at ${width}: ${a.name} stands out`);
        for (const b of drawn.spots!.slice(at + 1)) assert.ok(a.x + a.width <= b.x + 0.01 || b.x + b.width <= a.x + 0.01 || a.y + a.height <= b.y + 0.01 || b.y + b.height <= a.y + 0.01, `${name} at ${width}: ${a.name} and ${b.name} overlap`);
      });
    }
  }
});

test('what is sent to a page is no finer than its cells show, and each photograph is sent once', () => {
  const image = plainImage(300, 300);
  const again = plainImage(300, 300);
  const maps = [map({ image, shape: [300, 300], values: noise(90_000) }), map({ ...lynx, image: again, shape: [300, 300], values: noise(90_000, 2) }), map({ ...saliency, image })];
  const whole = compare(maps).parts.live!.data(1) as CompareData;
  assert.is(whole.maps[0].image, whole.maps[1].image);
  const sent = reduceCompare(whole, 0.25);
  const count = sent.maps.reduce((sum, { values }) => sum + values.length, 0);
  assert.ok(count <= 55_000 && sent.maps[0].shape[0] > 90, `${count} values`);
  assert.is(sent.maps[2].values.length, 4);
  assert.ok(sent.maps[0].image.width < 200);
  assert.equal(sent.tops, whole.tops);
  const small = compare(maps, { size: 60 }).parts.live!.data(1) as CompareData;
  assert.equal(small.maps.map(({ shape }) => shape), [[60, 60], [60, 60], [2, 2]]);
});

test('bad input is told', () => {
  const fails = (options: object, message: string | RegExp): void => assert.throws(() => compare([map(), map(lynx)], options), message);
  assert.throws(() => compare([]), 'compare takes a list of attributions, got []');
  assert.throws(() => compare(map() as never), 'compare takes a list of attributions, got an Attribution');
  assert.throws(() => compare([Promise.resolve(map())] as never), 'compare takes a list of attributions, got [a Promise (is an await missing before it?)]');
  fails({ null: true }, 'compare has no option "null"; it has: sign, colormap, clip, range, size, colorbar, as, scale, opacity, columns, photo, agreement, random, seed');
  fails({ as: 'mask' }, 'as must be overlay or heatmap, got "mask"');
  fails({ scale: 'own' }, 'scale must be shared or relative, got "own"');
  fails({ colormap: 'jet' }, /^unknown colormap "jet"/);
  fails({ opacity: 2 }, 'opacity must be a number from 0 to 1, got 2');
  fails({ size: 5 }, 'size must be a whole number from 16 to 4000, got 5');
  fails({ columns: 0 }, 'columns must be a whole number of at least 1, got 0');
  fails({ random: 2 }, 'random must be true, false or the number of a column, 0 to 1, got 2');
  fails({ random: 'like' }, 'random must be true, false or the number of a column, 0 to 1, got "like"');
  fails({ seed: -1 }, /^seed must be a whole number from 0 to /);
  fails({ agreement: 'yes' }, 'agreement must be true or false, got "yes"');
  fails({ photo: 1 }, 'photo must be true or false, got 1');
  fails({ sign: 'plus' }, 'sign must be positive, absolute or signed, got "plus"');
  fails({ clip: 0 }, 'clip must be a number from 1 to 100, got 0');
  fails({ range: [2, 1] }, 'range must rise, got [2, 1]');
});

test.run();
