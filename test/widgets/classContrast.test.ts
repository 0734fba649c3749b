import * as tf from '@tensorflow/tfjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { gradCam } from '../../src/attribution/cam/gradCam';
import { layerCam } from '../../src/attribution/cam/layerCam';
import { saliency } from '../../src/attribution/gradient/saliency';
import { occlusion } from '../../src/attribution/perturbation/occlusion';
import '../../src/figure/install';
import { coarsened, encodeFloats } from '../../src/figure/live/codes';
import { altFor } from '../../src/figure/stage';
import { svgStage } from '../../src/figure/svgStage';
import '../../widgets/install';
import { classContrast } from '../../widgets/classContrast/classContrast';
import { contrastMaps, type ContrastMapsOptions } from '../../widgets/classContrast/contrastMaps';
import { type ClassContrastData, dataOf, reduceContrast } from '../../widgets/classContrast/data';
import { type ClassContrastState, drawClassContrast, start } from '../../widgets/classContrast/draw';
import { classField, differenceField } from '../../widgets/classContrast/fields';
import { close } from '../helpers/close';
import { arithmetic, classifier, noise, noiseTensor, residual, stacked } from '../helpers/models';
import { messageOf, noLeak } from '../helpers/noLeak';
import { fixRuler, matchesSnapshot, wordsOf } from '../helpers/snapshot';

test.before(fixRuler);

const labels = ['tabby, tabby cat', 'tiger cat', 'crane', 'heron', 'goldfish'];
const noisy = (): tf.Tensor4D => noiseTensor([1, 13, 10, 3]) as tf.Tensor4D;
// The convolution gives z = [-13, -3, 17, 27]; its channels are ReLU(z) and ReLU(-z), whose means are the two logits, 11 and 4.
const ramp = (): tf.Tensor4D => tf.tensor4d([-4, -3, -2, -1, 0, 1, 2, 3, 4], [1, 3, 3, 1]);

async function dataFor(options: ContrastMapsOptions = {}, model = classifier(arithmetic(), ['up', 'down']), x = ramp()): Promise<ClassContrastData> {
  return dataOf(await contrastMaps(model, x, [0, 1], options), {}, true);
}

function drawn(data: ClassContrastData, state: Partial<ClassContrastState> = {}, width = 900): { words: string; svg: string; width: number; alt: string; spots: string[] } {
  const { stage, finish } = svgStage(width);
  const result = drawClassContrast(stage, data, { ...start(data), ...state });
  const svg = finish(result);
  const words = [...svg.matchAll(/>([^<>]+)</g)].map(([, text]) => text).join(' ').replace(/\u00a0/g, ' ');
  return { ...result, alt: altFor(result), svg, words, spots: (result.spots ?? []).map(({ name }) => name) };
}

test('both maps on one scale, their difference, and the numbers', async () => {
  const model = classifier(arithmetic(), ['up', 'down']);
  const x = ramp();
  const figure = await noLeak(() => classContrast(model, x, ['up', 'down'], { resize: false }));
  const words = wordsOf(figure);
  for (const text of ['A: up (0) logit 11.00 · probability 0.999', 'B: down (1) logit 4.00 · probability 0.00091', 'A − B log-odds 7.00: A is 1100 times as likely', 'Grad-CAM · up (0), not down (1)', 'third map: of logit A − logit B, in which what speaks for both cancels: red speaks for A, blue for B']) assert.match(words, text);
  // The scale of A and B ends at 6.75, that of the difference at -6.75 and 6.75.
  assert.match(words, '0 2 4 6 weighted activation');
  assert.match(words, '−5 0 5 weighted activation');
  assert.is(figure.svg().match(/<image /g)?.length, 3);
  assert.match(figure.alt, 'For up (0), not down (1): evidence for A is strongest at the lower right, evidence for B at the upper left; log-odds 7.00');
  assert.match(figure.fragment({ live: false }), /<summary>the 2 classes as a table<\/summary>.*>up \(0\)<.*>11\.00<.*>6\.75</);
  matchesSnapshot(figure, 'class-contrast');
});

test('the maps are those that the method itself gives, at the input’s size', async () => {
  const model = classifier(residual(), labels);
  const x = noisy();
  const data = await dataFor({ layer: 'stem' }, model, x);
  close(classField(data, 1).values, (await gradCam(model, x, { target: 1, layer: 'stem' })).values);
  const { map, way, directed } = differenceField(data, 0, 1, 'scores');
  assert.equal([way, directed, map.shape], ['scores', true, [13, 10]]);
  close(map.values, (await gradCam(model, x, { target: { contrast: [0, 1] }, layer: 'stem', relu: false })).values, 1e-4);
  const shown = differenceField(data, 0, 1, 'maps').map.values;
  close(shown, classField(data, 0).values.map((value, at) => value - classField(data, 1).values[at]));
});

test('the difference of the maps is shown where it was asked for, or nothing else is known, and says so', async () => {
  const model = classifier(residual(), labels);
  const data = await dataFor({ method: saliency }, model, noisy());
  assert.match(drawn(data).words, 'A against B');
  assert.match(drawn(data).words, 'third map: how much each place would change the lead of A over B (logit A − logit B)');
  assert.match(drawn(data, { difference: 'maps' }).words, 'third map: map A − map B: red speaks for A, blue for B');
  assert.not.match(drawn(data, { difference: 'maps' }).words, 'Note:');
  const other = drawn(data, { b: 2 }).words;
  assert.match(other, 'third map: map A − map B');
  assert.match(other, /Note: the map of the difference of the scores was computed for tabby \(0\), not tiger cat \(1\); this is the\s+difference of the two maps/);
});

test('the words follow the method, the score and the colours', async () => {
  const model = classifier(residual(), labels);
  const words = async (options: ContrastMapsOptions, state: Partial<ClassContrastState> = {}): Promise<string> => drawn(await dataFor(options, model, noisy()), state).words;
  assert.match(await words({ method: layerCam }), 'what speaks for the lead of A less what speaks for the lead of B: red speaks for A');
  assert.match(await words({ score: 'probability' }), 'third map: of probability A − probability B');
  assert.match(await words({}, { diverging: 'PuOr' }), 'purple speaks for A, orange for B');
  assert.match(await words({ layer: 'stem', relu: false }), 'residual / stem · without the last ReLU');
});

test('odds are told where classes do not share one probability', async () => {
  const data = await dataFor();
  assert.match(drawn({ ...data, exclusive: false }).words, 'log-odds ratio 7.00: the odds of A are 1100 times those of B');
  assert.match(drawn(data, { a: 1, b: 0 }).words, 'log-odds −7.00: B is 1100 times as likely');
});

test('a class without positive evidence, and maps that are the same, are told', async () => {
  const data = await dataFor();
  const flat = { ...data, maps: [data.maps[0], new Float32Array(4).fill(-1)] };
  assert.match(drawn(flat).words, 'Note: no positive evidence for down (1) at layer conv');
  assert.match(drawn({ ...data, maps: [data.maps[0], data.maps[0]] }).words, 'Note: the two maps are the same: they tell nothing of why one class and not the other');
});

test('it fits into what there is, and the photograph stands beside maps', async () => {
  const data = await dataFor({}, classifier(residual(), labels), noisy());
  for (const width of [380, 480, 620, 900, 1200]) {
    for (const view of ['overlay', 'map'] as const) {
      const { svg, width: took, spots } = drawn(data, { view, cursor: { u: 0.3, v: 0.9 } }, width);
      assert.ok(took <= width, `${took} of ${width}`);
      assert.not.match(svg, 'NaN');
      assert.equal([...spots].sort(), view === 'map' ? ['A', 'A − B', 'B', 'photo'] : ['A', 'A − B', 'B']);
      for (const [, size] of svg.matchAll(/font-size="([\d.]+)"/g)) assert.ok(Number(size) >= 10);
    }
  }
});

test('what would be too large is sent with fewer values, and noise with three digits', async () => {
  const data = await dataFor({ method: occlusion, patch: 3, onProgress: null }, classifier(residual(), labels), noisy());
  const less = reduceContrast(data, 0.25);
  assert.equal(less.shape, [7, 5]);
  assert.ok(less.maps.every(({ length }) => length === 35));
  assert.not.match(drawn(less).svg, 'NaN');
  const values = noise(1000);
  const rounded = coarsened(values);
  const { codes } = encodeFloats(rounded);
  const inner = Array.from(rounded).flatMap((value, at) => (Math.abs(value) < 0.85 ? [codes[at]] : []));
  assert.is(new Set(inner.map((code) => code % 64)).size, 1);
  const most = Math.max(...values.map((value, at) => Math.abs(value - rounded[at])));
  assert.ok(most > 0 && most < 1.8 / 1000, `${most}`);
});

test('options of the look are checked, those of the method by the method', async () => {
  const model = classifier(residual(), labels);
  const x = noisy();
  const says = async (options: object, pattern: RegExp): Promise<void> => assert.match(await messageOf(() => classContrast(model, x, [0, 1], options as never)), pattern);
  await says({ view: 'side' }, /^view must be overlay or map, got "side"$/);
  await says({ difference: 'logits' }, /^difference must be scores or maps, got "logits"$/);
  await says({ opacity: 2 }, /^opacity must be a number from 0 to 1, got 2$/);
  await says({ size: 3 }, /^size must be a whole number from 16 to 1000, got 3$/);
  await says({ colormap: 'virids' }, /^unknown colormap "virids"; did you mean "viridis"\?$/);
  await says({ layer: 'stme' }, /^no layer "stme"; did you mean "stem"\?$/);
  await says({ opactiy: 1 }, /^classContrast has no option "opactiy"; did you mean "opacity"\?$/);
  const one = classifier(stacked());
  const small = noiseTensor([1, 6, 6, 1]) as tf.Tensor4D;
  assert.match(await messageOf(() => classContrast(one, small)), /^classContrast needs a model of two classes or more/);
});

test('every method’s own options are known to the type checker', async () => {
  const model = classifier(residual(), labels);
  const x = noisy();
  await classContrast(model, x, undefined, { layer: 'stem', relu: false });
  await classContrast(model, x, [0, 'crane'], { method: occlusion, patch: 3, onProgress: null });
  await classContrast(model, x, [0, 1], { method: saliency, abs: false });
  // @ts-expect-error occlusion has no layer
  await messageOf(() => classContrast(model, x, [0, 1], { method: occlusion, layer: 'stem' }));
  // @ts-expect-error the classes are no option
  await messageOf(() => classContrast(model, x, [0, 1], { target: 1 }));
});

test('hostile labels are text', async () => {
  const label = '</script><img src=x onerror="alert(1)">\'&';
  const figure = await classContrast(classifier(arithmetic(), [label, 'שלום '.repeat(60)]), ramp());
  assert.not.match(figure.fragment(), '<img src=x');
  assert.match(figure.svg(), '&lt;/script&gt;');
});

test.run();
