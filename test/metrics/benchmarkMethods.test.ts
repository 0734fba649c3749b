import { test } from 'uvu';
import * as assert from 'uvu/assert';
import '../../src/figure/install';
import '../../widgets/install';
import { Attribution } from '../../src/attribution/attribution';
import { gradCam } from '../../src/attribution/cam/gradCam';
import { guidedBackprop } from '../../src/attribution/gradient/guidedBackprop';
import { inputXGradient } from '../../src/attribution/gradient/inputXGradient';
import { saliency } from '../../src/attribution/gradient/saliency';
import { occlusion } from '../../src/attribution/perturbation/occlusion';
import { useBackend } from '../../src/backend';
import { benchmarkMethods } from '../../src/metrics/benchmark/benchmarkMethods';
import { meanOf, rateOf } from '../../src/metrics/benchmark/intervals';
import type { MethodBenchmark } from '../../src/metrics/benchmark/result';
import type { Explainer } from '../../src/metrics/explainers';
import { backends } from '../helpers/backends';
import { plainImage } from '../helpers/maps';
import { classifier, nested } from '../helpers/models';
import { messageOf, noLeak } from '../helpers/noLeak';
import { squareModel, squareScene, squareScenes } from '../helpers/squares';

const quiet = { onProgress: null } as const;
const model = squareModel();
const scenes = squareScenes(12);
const near = (actual: number | undefined, expected: number, within = 1e-9): void => assert.ok(Math.abs((actual ?? NaN) - expected) < within, `${actual} is not ${expected}`);

/** Sees what is coloured, whatever the class. */
const indifferent: Explainer = async (network, image, options) => {
  const maps = [await gradCam(network, image, { ...options, target: 0 }), await gradCam(network, image, { ...options, target: 1 })];
  const own = await gradCam(network, image, options);
  return new Attribution({ ...own, method: 'indifferent', values: own.values.map((_, at) => maps[0].values[at] + maps[1].values[at]) });
};

test('a method that lies on the things hits them all, with all of its energy; what knows nothing has the share of their area', async () => {
  const benchmark = await noLeak(() => benchmarkMethods(model, scenes, { ...quiet, methods: [gradCam, indifferent] }));
  assert.equal([benchmark.used, benchmark.things, benchmark.several, benchmark.wrong, benchmark.unmasked], [12, 15, 3, 0, 0]);
  const cam = benchmark.row('Grad-CAM')!;
  assert.equal([cam.maps, cam.pointing?.value, cam.others?.own.value, cam.others?.other.value, cam.others?.maps], [15, 1, 1, 0, 6]);
  near(cam.energy?.value, 1, 1e-6);
  near(cam.iou?.value, 1, 0.03);
  assert.ok(cam.pointing!.low > 0.75 && cam.pointing!.high === 1);
  const other = benchmark.row('indifferent')!;
  near(other.others!.own.value + other.others!.other.value, 1);
  near(other.others!.own.value, 0.5);
  near(benchmark.area, 36 / 576, 0.01);
  const random = benchmark.row('random map')!;
  assert.ok(random.energy!.low < benchmark.area && random.energy!.high > benchmark.area, JSON.stringify(random.energy));
  assert.equal(benchmark.rows.filter(({ kind }) => kind === 'null').map(({ name }) => name).sort(), ['centre blob', 'edge detector', 'random map']);
});

test('scenes that the network gets wrong, without masks, or with masks of no class are left out and counted', async () => {
  const wrong = squareScene('wrong', [{ colour: 'red', x: 2, y: 2, size: 2 }]);
  const disguised = new (wrong.constructor as typeof import('../../src/image/image').Image)(24, 24, squareScene('blue', [{ colour: 'blue', x: 9, y: 9 }]).data, 'disguised', 'crop', wrong.masks);
  const bare = squareScene('bare', [{ colour: 'red', x: 4, y: 4 }], { masked: false });
  const foreign = squareScene('foreign', [{ colour: 'red', x: 4, y: 4 }]);
  foreign.masks[0].label = 'mark';
  const list = [scenes[0], disguised, bare, foreign, 'no such picture.png'];
  const benchmark = await benchmarkMethods(model, list, { ...quiet, methods: gradCam });
  assert.equal([benchmark.looked, benchmark.used, benchmark.wrong, benchmark.unmasked, benchmark.unreadable], [5, 1, 1, 2, 1]);
  assert.match(benchmark.markdown(), /^squares on a list of images: 1 of 5 scenes \(not 1 that the network takes for something else, 2 without a mask of a class, 1 that could not be read\), 1 things/);
  const all = await benchmarkMethods(model, list, { ...quiet, methods: gradCam, onlyRight: false });
  assert.equal([all.used, all.wrong, all.onlyRight], [2, 0, false]);
});

test('the label of a mask may be any of a class’s names, and several masks of one class are one thing', async () => {
  const two = squareScene('two', [{ colour: 'red', x: 1, y: 1 }, { colour: 'red', x: 14, y: 14 }]);
  two.masks[0].label = 'ruby';
  const benchmark = await benchmarkMethods(model, [two], { ...quiet, methods: gradCam });
  assert.equal([benchmark.things, benchmark.several, benchmark.row('Grad-CAM')?.pointing?.value], [1, 0, 1]);
  near(benchmark.area, 72 / 576);
});

const numbers = ({ rows, used }: MethodBenchmark): string => JSON.stringify([used, rows.map(({ name, pointing, energy, iou, deletion }) => [name, pointing, energy, iou, deletion])]);

test('the same seed gives the same numbers; of many scenes so many are picked', async () => {
  const run = (options: object) => benchmarkMethods(model, scenes, { ...quiet, methods: [gradCam, saliency], ...options });
  const first = await run({ seed: 2, count: 5 });
  assert.is(first.looked, 5);
  assert.is(numbers(await run({ seed: 2, count: 5 })), numbers(first));
  assert.is.not(numbers(await run({ seed: 3, count: 5 })), numbers(first));
});

test('deletion on request, and only what was asked for', async () => {
  const benchmark = await noLeak(() => benchmarkMethods(model, scenes.slice(0, 3), { ...quiet, methods: [gradCam, inputXGradient], measures: ['deletion', 'energy'] }));
  assert.equal(benchmark.measures, ['energy', 'deletion']);
  for (const row of benchmark.rows) assert.equal([row.pointing, row.iou, row.others, typeof row.deletion?.value], [undefined, undefined, undefined, 'number']);
  assert.ok(benchmark.row('Grad-CAM')!.deletion!.value < benchmark.row('random map')!.deletion!.value);
});

test('stopped at any moment, whole scenes count, the same for all methods', async () => {
  for (const stop of [1, 3, 6, 9]) {
    const control = new AbortController();
    let maps = 0;
    const counting: Explainer = async (network, image, options) => {
      if (++maps > stop) control.abort();
      return (maps % 2 ? gradCam : occlusion)(network, image, options);
    };
    const run = () => noLeak(() => benchmarkMethods(model, scenes, { ...quiet, methods: { a: counting, b: counting }, signal: control.signal }));
    if (stop < 2) {
      await run().then(() => assert.unreachable(), (error: Error) => assert.is(error.name, 'AbortError'));
      continue;
    }
    const benchmark = await run();
    assert.is(benchmark.used, { 3: 1, 6: 3, 9: 3 }[stop], `after ${stop} maps`);
    assert.is(benchmark.note, `stopped after ${benchmark.used} of 12 scenes`);
    assert.equal([...new Set(benchmark.rows.map((row) => row.maps))], [benchmark.things]);
    benchmark.toFigure();
  }
});

test('a method that does not fit the network is left out and told; where none fits, why', async () => {
  const refusing: Explainer = async () => {
    throw new Error('needs a transformer');
  };
  const benchmark = await benchmarkMethods(model, scenes.slice(0, 2), { ...quiet, methods: { gradCam, refusing } });
  assert.equal(benchmark.rows.map(({ name }) => name).includes('refusing'), false);
  assert.is(benchmark.note, 'refusing does not fit: needs a transformer');
  assert.is(await messageOf(() => benchmarkMethods(model, scenes.slice(0, 2), { ...quiet, methods: refusing })), 'needs a transformer');
});

test('methods of one name are told apart by their layers', async () => {
  const at = (layer: string): Explainer => (network, image, options) => saliency(network, image, { ...options, layer });
  const { rows } = await benchmarkMethods(model, scenes.slice(0, 2), { ...quiet, methods: [at('colours'), at('mean'), gradCam, gradCam] });
  assert.equal(rows.filter(({ kind }) => kind === 'method').map(({ name }) => name).sort(), ['Grad-CAM at colours', 'Grad-CAM at colours (2)', 'saliency at colours', 'saliency at mean']);
});

test('every method fits an ordinary network', async () => {
  const benchmark = await noLeak(() => benchmarkMethods(model, scenes.slice(0, 1), quiet));
  assert.is(benchmark.note, undefined);
  assert.is(benchmark.rows.filter(({ kind }) => kind === 'method').length, 17);
  assert.is(benchmark.row('guided backpropagation')?.name, (await guidedBackprop(model, scenes[0])).method);
});

test('intervals: Wilson’s as scipy gives it, and the mean’s', () => {
  const ends = ({ low, high }: { low: number; high: number }): number[] => [low, high].map((end) => Number(end.toFixed(9)));
  assert.equal(ends(rateOf(8, 10)), [0.490162472, 0.943317849]);
  assert.equal(ends(rateOf(0, 12)), [0.0, 0.242494007]);
  assert.equal(ends(rateOf(200, 240)), [0.781011647, 0.875152407]);
  const mean = meanOf([0.1, 0.4, 0.35, 0.8]);
  near(mean.value, 0.4125);
  near(mean.low, 0.12854468654640788, 1e-9);
  assert.equal(meanOf([0.5]), { value: 0.5, low: 0.5, high: 0.5 });
});

test('the table is Markdown whatever the names', async () => {
  const benchmark = await benchmarkMethods(model, scenes.slice(0, 4), { ...quiet, methods: { 'a | b\n*c*': gradCam } });
  const lines = benchmark.markdown().split('\n');
  assert.is(lines[2], '| method | pointing game | energy inside | IoU | two classes: on its own / on the other | ms a map |');
  assert.match(lines[4], /^\| a \\\| b \\\*c\\\* \| 100\.0 % \(56\.6 to 100\.0\) \| 100\.0 % \(100\.0 to 100\.0\) \| 1\.000/);
  assert.is(lines.length, 8);
  assert.match(lines[7], /^\| \*[a-z ]+\* \|/);
});

test('what is wrong is told in one line', async () => {
  const message = (...given: unknown[]): Promise<string> => messageOf(() => (benchmarkMethods as (...all: unknown[]) => Promise<unknown>)(...given));
  assert.match(await message(model, [plainImage(24, 24), plainImage(24, 24)], quiet), /^benchmarkMethods: none of 2 images of a list of images has a mask whose label is a class of squares \("red, ruby", "blue"\); cl\.scenes\(\) paints some that have$/);
  assert.match(await message(model, [], quiet), 'benchmarkMethods needs at least one image, got none in a list of images');
  assert.match(await message(model, ['nothing.png'], quiet), /^benchmarkMethods: none of 1 images of a list of images could be read \(nothing\.png: /);
  assert.match(await message(model, scenes, { methods: 'all' }), /^benchmarkMethods takes methods, as .* got "all"$/);
  assert.match(await message(model, scenes, { measures: ['pointing', 'iuo'] }), 'measures must be pointing, energy, iou or deletion, got "iuo"; did you mean "iou"?');
  assert.match(await message(model, scenes, { measures: [] }), 'measures must be a list of pointing, energy, iou, deletion, got []');
  assert.match(await message(model, scenes, { count: 0 }), 'count must be a whole number of at least 1, got 0');
  assert.match(await message(model, scenes, { method: saliency }), 'benchmarkMethods has no option "method"; did you mean "methods"?');
  assert.match(await message(scenes, model), /^benchmarkMethods takes a model from cl\.loadModel first/);
  const unnamed = classifier(nested());
  assert.match(await message(unnamed, scenes, quiet), 'benchmarkMethods needs the names of "nested"\'s classes, to know the masks by: loadModel(..., { labels })');
  unnamed.dispose();
  const blind = squareScene('blind', [{ colour: 'red', x: 2, y: 2 }]);
  blind.masks[0].label = 'blue';
  assert.match(await message(model, [blind], quiet), 'benchmarkMethods: squares takes all 1 scenes with masks for something else; { onlyRight: false } counts them all the same');
});

for (const backend of backends.filter((name) => name !== 'cpu')) {
  test(`on ${backend} it leaves nothing behind`, async () => {
    await useBackend(backend);
    const own = squareModel();
    const benchmark = await noLeak(() => benchmarkMethods(own, scenes.slice(0, 4), { ...quiet, methods: [gradCam, saliency] }));
    assert.equal([benchmark.backend, benchmark.row('Grad-CAM')?.pointing?.value], [backend, 1]);
    own.dispose();
  });
}

test.run();
