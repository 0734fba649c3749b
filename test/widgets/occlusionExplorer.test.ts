import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Attribution } from '../../src/attribution/attribution';
import { occlusion } from '../../src/attribution/perturbation/occlusion';
import '../../src/figure/install';
import { svgStage } from '../../src/figure/svgStage';
import '../../widgets/install';
import { covered } from '../../widgets/occlusionExplorer/covered';
import { explorerData } from '../../widgets/occlusionExplorer/data';
import { drawExplorer, start } from '../../widgets/occlusionExplorer/draw';
import { layoutOf } from '../../widgets/occlusionExplorer/layout';
import { occlusionExplorer } from '../../widgets/occlusionExplorer/occlusionExplorer';
import { changeText, columnsText, courseText, labelOf, rowsText, valueText } from '../../widgets/occlusionExplorer/words';
import { mapOf, plainImage } from '../helpers/maps';
import { occludedMap, squares, waves } from '../helpers/occluded';
import { fixRuler, matchesSnapshot, wordsOf } from '../helpers/snapshot';

test.before(fixRuler);

const sorted = (map: Attribution) => [...map.windows!].map((window, at) => ({ ...window, at })).sort((a, b) => b.fall - a.fall);

test('the picture is of the window whose covering lowers the score most, with its numbers', async () => {
  const map = await occludedMap();
  const figure = occlusionExplorer(map);
  const [worst] = sorted(map);
  const words = wordsOf(figure);
  assert.match(words, `window ${worst.at + 1} of 49 the largest fall`);
  assert.match(words, `rows ${worst.top}–${worst.bottom - 1} columns ${worst.left}–${worst.right - 1}`);
  assert.match(words, `logit ${map.score.logit.toFixed(2)} → ${worst.score.toFixed(2)} −${worst.fall.toFixed(2)}`);
  for (const { label, score } of worst.classes) assert.match(words, new RegExp(`${label} [\\d.]+ → ${(score * 100).toFixed(1)} % [+−±]`));
  assert.match(words, 'Occlusion · moped (3) logit 3.22, probability 0.241 · squares · patch 16 × 16, moved by 8, filled with the mean colour, 49 windows');
  assert.is(figure.alt.startsWith(`waves with rows ${worst.top}–${worst.bottom - 1}, columns ${worst.left}–${worst.right - 1} covered, the largest fall: for moped (3) the logit falls from`), true, figure.alt);
  assert.match(figure.alt, `Likeliest then: ${worst.classes[0].label}`);
  assert.equal([figure.width, figure.caption.startsWith('Occlusion · moped (3) · logit 3.22')], [900, true]);
  matchesSnapshot(figure, 'occlusion-explorer');
});

test('bars are as long as the probabilities, of the scale of all windows', async () => {
  const map = await occludedMap();
  const bars = [...occlusionExplorer(map).svg().matchAll(/<rect class="after" x="([\d.]+)" y="[\d.]+" width="([\d.]+)"/g)].map(([, , width]) => Number(width));
  const all = [...map.windows!].flatMap(({ classes }) => classes.map(({ score }) => score));
  const end = [0.5, 0.75, 1].find((each) => Math.max(...all) <= each)!;
  const width = Math.max(250, Math.min(340, 868 * 0.36));
  const [worst] = sorted(map);
  const target = worst.classes.some(({ index }) => index === 3) ? [] : [worst.target!.score];
  const expected = [...worst.classes.map(({ score }) => score), ...target].map((score) => (score / end) * width);
  bars.forEach((bar, rank) => assert.ok(Math.abs(bar - expected[rank]) < 1.5, `${bar} for ${expected[rank]}`));
  assert.is(bars.length, expected.length);
});

test('a frame lies over the window in both pictures', async () => {
  const map = await occludedMap({ patch: [16, 32], stride: 16 });
  const data = explorerData([{ map, windows: map.windows! }]);
  const { stage, finish } = svgStage(900);
  const drawn = drawExplorer(stage, data, { ...start(data), window: 7 });
  const [photo, heat] = drawn.spots!;
  const frames = [...finish(drawn).matchAll(/<rect class="frame" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/g)].map((found) => found.slice(1).map(Number));
  // Three columns of windows: the eighth is the second of the third row.
  const { top, left } = map.windows!.at(7)!;
  assert.equal([top, left, map.windows!.length], [32, 16, 12]);
  const expected = [photo, heat].map(({ x, y, width, height }) => [x + width / 4, y + height / 2, width / 2, height / 4]);
  assert.equal([frames[0], frames[2]], expected);
});

test('a window is covered by a colour or by the same part of a picture', () => {
  const photo = plainImage(4, 3, [1, 2, 3]);
  const box = { top: 1, left: 2, bottom: 3, right: 4 };
  const reds = (data: Uint8ClampedArray): number[] => [...data].filter((_, at) => at % 4 === 0);
  assert.equal(reds(covered(photo, [9, 8, 7], box).data), [1, 1, 1, 1, 1, 1, 9, 9, 1, 1, 9, 9]);
  const rising = { width: 4, height: 3, data: Uint8ClampedArray.from({ length: 48 }, (_, at) => at) };
  assert.equal(reds(covered(photo, rising, box).data), [1, 1, 1, 1, 1, 1, 24, 28, 1, 1, 40, 44]);
  assert.equal(reds(photo.data), Array(12).fill(1));
});

test('words', () => {
  assert.equal([rowsText({ top: 3, bottom: 4, left: 0, right: 2 }), columnsText({ top: 3, bottom: 4, left: 0, right: 2 })], ['row 3', 'columns 0–1']);
  const two = { decimals: 2 };
  assert.equal([valueText(-1.239, 'logit', two), valueText(0.00123, 'score', { decimals: 5 }), valueText(0.4052, 'probability', two), valueText(0, 'probability', two)], ['−1.24', '0.00123', '40.5\u00a0%', '<0.01\u00a0%']);
  assert.equal([changeText(9.174, 8.729, 'logit', two), changeText(1, 1.5, 'score', two), changeText(1, 1.0001, 'logit', two), changeText(0.4, 0.35, 'probability', two), changeText(0.4, 0.4004, 'probability', two), changeText(NaN, 1, 'logit', two)], ['−0.45', '+0.50', '±0.00', '−5.0\u00a0points', '+0.04\u00a0points', '']);
  assert.is(courseText(0.4, 0.35, 'probability', two), '40.0\u00a0→\u00a035.0\u00a0%');
  assert.equal([labelOf({ index: 4, label: '4' }), labelOf({ index: 4, label: 'x'.repeat(300) }).length], ['class 4', 61]);
});

test('the layout: words beside the pictures or below, never wider than there is', () => {
  const bar = { colormap: 'RdBu', range: [-1, 1], unit: 'fall of the logit' } as const;
  for (const [width, image, classes] of [[900, [224, 224], true], [900, [224, 224], false], [800, [224, 224], true], [480, [224, 224], true], [380, [224, 224], true], [900, [30, 120], true], [900, [200, 20], true], [380, [200, 20], false], [1100, [300, 224], true]] as const) {
    const layout = layoutOf(width, { width: image[0], height: image[1] }, bar, classes);
    const { photo, heat, words, beside } = layout;
    assert.is(beside, width > 700);
    assert.ok(photo.x + photo.width < heat.x && heat.x + heat.width < layout.bar.x, `${width}: side by side`);
    assert.ok(words.x + words.width <= Math.min(900, width) - 16 + 0.5, `${width}: ${words.x + words.width}`);
    if (beside) assert.ok(words.x > layout.bar.x + 40 && words.width >= 220);
    else assert.ok(words.y > layout.bar.y + layout.bar.height && words.y > photo.y + photo.height);
    assert.ok(Math.abs(photo.width / photo.height - image[0] / image[1]) < 0.6, 'the proportions are kept');
    assert.ok(photo.width >= 80 && photo.height >= 12, `${photo.width} x ${photo.height}`);
  }
});

test('the numbers are in tables, folded away, without script', async () => {
  const map = await occludedMap();
  const still = occlusionExplorer(map).fragment({ live: false });
  const [worst] = sorted(map);
  const best = sorted(map).at(-1)!;
  assert.match(still, /<details><summary>the numbers<\/summary>/);
  for (const { top, bottom, left, right, score, at } of [worst, best]) {
    assert.match(still, new RegExp(`>${at + 1}</td><td[^>]*>rows ${top}–${bottom - 1}, columns ${left}–${right - 1}</td><td[^>]*>${score.toFixed(2)}</td>`));
  }
  assert.is(still.match(/>rows \d+–\d+, columns/g)!.length, 20);
  assert.match(still, `the likeliest classes with window ${worst.at + 1} covered`);
  assert.not.match(still, /<script|onclick/);
  const few = occlusionExplorer(await occludedMap({ patch: 32, stride: 32 })).fragment({ live: false });
  assert.match(few, /all windows; 3\.\d+ with nothing covered/);
  assert.is(few.match(/>rows \d+–\d+, columns/g)!.length, 4);
});

test('hostile labels are text', async () => {
  const bad = ['</script><script>alert(1)</script>', '"quoted" & <b>bold</b>', 'x'.repeat(300), 'قطة صغيرة', '😺'.repeat(40), 'a\nb', ''];
  for (const target of bad.keys()) {
    const figure = occlusionExplorer(await occludedMap({ target }, squares(bad)));
    assert.not.match(figure.svg(), /<script|<b>/);
    assert.not.match(figure.fragment({ live: false }), /<script|<b>/);
    for (const [, x, text] of figure.svg().matchAll(/<text x="([\d.]+)"[^>]*>([^<]*)</g)) assert.ok(Number(x) <= 900 && text.length < 120, text);
  }
});

test('several targets of one call are one figure, an empty fill or a plain image no trouble', async () => {
  const model = squares();
  const maps = await occlusion(model, waves(), { target: ['lynx', { contrast: ['tabby', 'lynx'] }, { layer: 'pool', channel: 0 }], patch: 16, stride: 16, onProgress: null });
  const figure = occlusionExplorer(maps);
  assert.match(wordsOf(figure), 'lynx (1)');
  assert.match(figure.fragment({ live: false }), 'the numbers for tabby, not lynx');
  const flat = await occlusion(model, plainImage(64, 64), { patch: 32, stride: 32, onProgress: null });
  const still = occlusionExplorer(flat);
  assert.match(wordsOf(still), 'window 1 of 4');
  assert.match(still.alt, /the logit (stays|falls|rises)/);
});

test('options and colours are those of a heatmap', async () => {
  const map = await occludedMap();
  const figure = occlusionExplorer(map, { colormap: 'PuOr', range: [-20, 20] });
  assert.match(figure.svg(), 'scale-PuOr');
  assert.match(wordsOf(figure), '−20 −10 0 10 20 fall of the logit');
  assert.throws(() => occlusionExplorer(map, { colourmap: 'magma' } as never), /^occlusionExplorer has no option "colourmap"; did you mean "colormap"\?$/);
});

test('what has no windows is refused in one line', async () => {
  const says = (given: unknown, message: string): void => {
    try {
      occlusionExplorer(given as Attribution);
    } catch (error) {
      assert.is((error as Error).message, message);
      return;
    }
    throw new Error('it did not throw');
  };
  says(mapOf([1, 2, 3, 4], 2, 2), 'occlusionExplorer takes the map that cl.occlusion gives; a map of Grad-CAM has no windows');
  const map = await occludedMap();
  says(JSON.parse(JSON.stringify(map)), 'occlusionExplorer takes the map that cl.occlusion gives; one from JSON has lost its windows');
  says(await occludedMap({ signal: AbortSignal.abort() }), 'occlusionExplorer takes the map that cl.occlusion gives; this one has no window yet (stopped after 0 of 49 windows: a coarser map)');
  says(7, 'occlusionExplorer takes an attribution (what saliency, gradCam and the others give), got 7');
  says([], 'occlusionExplorer got an empty list; give at least one attribution');
});

test('many windows are few bytes', async () => {
  const bytes = async (stride: number): Promise<number> => occlusionExplorer(await occludedMap({ patch: 8, stride })).fragment().length;
  const [few, some, many] = [await bytes(8), await bytes(2), await bytes(1)];
  console.log(`${few} bytes with 64 windows, ${some} with 841, ${many} with 3,249`);
  assert.ok(some - few < 50_000 && many - few < 150_000);
});

test.run();
