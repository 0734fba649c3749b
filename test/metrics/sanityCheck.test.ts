import * as tf from '@tensorflow/tfjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import '../../src/figure/install';
import '../../widgets/install';
import { Attribution } from '../../src/attribution/attribution';
import { gradCam } from '../../src/attribution/cam/gradCam';
import { guidedBackprop } from '../../src/attribution/gradient/guidedBackprop';
import { saliency } from '../../src/attribution/gradient/saliency';
import { occlusion } from '../../src/attribution/perturbation/occlusion';
import { useBackend } from '../../src/backend';
import type { Classifier } from '../../src/model/classifier';
import { copyOf } from '../../src/model/copyModel';
import { redraw } from '../../src/model/redraw';
import { edgeMap } from '../../src/metrics/edgeMap';
import type { Explainer } from '../../src/metrics/explainers';
import { sanityCheck } from '../../src/metrics/sanity/sanityCheck';
import { stagesOf } from '../../src/metrics/sanity/stages';
import type { Likeness } from '../../src/metrics/sanity/likeness';
import { verdictOf } from '../../src/metrics/sanity/verdict';
import { backends } from '../helpers/backends';
import { classifier, inception, nested, residual, seeded } from '../helpers/models';
import { messageOf, noLeak } from '../helpers/noLeak';
import { texture } from '../helpers/widgetDrawing';

const { layers } = tf;
const quiet = { onProgress: null } as const;

/** A sum of pixels: its gradient is its weights. */
const linear = (): Classifier => classifier(seeded(tf.sequential({ name: 'linear', layers: [layers.flatten({ name: 'flat', inputShape: [16, 16, 1] }), layers.dense({ name: 'scores', units: 3 })] })));

/** Three convolutions and a dense layer, with the features that grow deeper. */
const net = (): Classifier =>
  classifier(
    seeded(
      tf.sequential({
        name: 'net',
        layers: [
          layers.conv2d({ name: 'block1_conv', inputShape: [16, 16, 3], filters: 4, kernelSize: 3, padding: 'same', activation: 'relu' }),
          layers.conv2d({ name: 'block2_conv', filters: 4, kernelSize: 3, padding: 'same', useBias: false }),
          layers.batchNormalization({ name: 'block2_bn' }),
          layers.reLU({ name: 'block2_relu' }),
          layers.maxPooling2d({ name: 'pool', poolSize: 2 }),
          layers.conv2d({ name: 'block3_conv', filters: 4, kernelSize: 3, padding: 'same', activation: 'relu' }),
          layers.globalAveragePooling2d({ name: 'mean' }),
          layers.dense({ name: 'scores', units: 3 }),
        ],
      }),
    ),
    ['cat', 'dog', 'horse'],
  );

const weightsOf = (model: Classifier): number[][] => model.model.weights.map((weight) => [...weight.read().dataSync()]);
const photo = texture(16);
const deaf: Explainer = async (model, image, options) => {
  const map = await saliency(model, image, options);
  return new Attribution({ ...map, values: edgeMap(map).values, method: 'edges' });
};

test('saliency of a linear model is its weights: it passes', async () => {
  const model = linear();
  const grey = tf.ones([1, 16, 16, 1]) as tf.Tensor4D;
  const check = await noLeak(() => sanityCheck(model, grey, saliency, quiet));
  assert.equal(check.stages, [{ name: 'scores', layers: ['scores'] }]);
  assert.is(check.methods[0].verdict?.outcome, 'passes');
  assert.ok(Math.abs(check.methods[0].steps[0].likeness.absRank) < 0.2);
  grey.dispose();
  model.dispose();
});

test('a map that does not depend on the weights fails, and is the same for another class', async () => {
  const model = net();
  const check = await sanityCheck(model, photo, { edges: deaf, saliency }, quiet);
  const [edges, other] = check.methods;
  assert.equal([edges.name, other.name], ['edges', 'saliency']);
  for (const { likeness } of [...edges.steps, edges.otherClass!]) Object.values(likeness).forEach((value) => assert.ok(Math.abs(value - 1) < 1e-9));
  assert.is(edges.verdict?.outcome, 'fails');
  assert.match(edges.verdict!.text, 'fails: still 1.00 like the original when all layers are re-drawn');
  assert.match(String(check), /edges: fails: still 1\.00 .*\nsaliency: /);
  model.dispose();
});

test('the model is not changed, nothing is left in memory, and a seed gives the same again', async () => {
  const model = net();
  const before = weightsOf(model);
  const run = (options: object) => noLeak(() => sanityCheck(model, photo, [gradCam, guidedBackprop], { ...quiet, ...options }));
  const numbers = async (options: object): Promise<string> => JSON.stringify({ ...(await run(options)).toJSON(), seconds: 0 });
  const first = await numbers({ seed: 3 });
  assert.is(await numbers({ seed: 3 }), first);
  assert.is.not(await numbers({ seed: 4 }), first);
  assert.is.not(await numbers({ seed: 3, weights: 'shuffled' }), first);
  assert.equal(weightsOf(model), before);
  model.dispose();
});

test('a cascade keeps what it re-drew, independent steps do not', async () => {
  const model = net();
  const seen = async (mode: 'cascade' | 'independent'): Promise<string[][]> => {
    const changed: string[][] = [];
    const original = weightsOf(model);
    const spy: Explainer = async (network, image, options) => {
      const now = weightsOf(network);
      changed.push(network.model.weights.flatMap((weight, at) => (now[at].join() === original[at].join() ? [] : [weight.originalName.split('/')[0]])));
      return saliency(network, image, options);
    };
    await sanityCheck(model, photo, spy, { ...quiet, mode, otherClass: false });
    return changed.map((names) => [...new Set(names)]);
  };
  assert.equal(await seen('cascade'), [[], ['scores'], ['block3_conv', 'scores'], ['block2_conv', 'block2_bn', 'block3_conv', 'scores'], ['block1_conv', 'block2_conv', 'block2_bn', 'block3_conv', 'scores']]);
  assert.equal(await seen('independent'), [[], ['scores'], ['block3_conv'], ['block2_conv', 'block2_bn'], ['block1_conv']]);
  model.dispose();
});

test('the target stays the one of the network as it is', async () => {
  const model = net();
  const [top] = await model.predict(photo, { top: 1 });
  const check = await sanityCheck(model, photo, saliency, quiet);
  assert.is(check.target.index, top.index);
  for (const { map } of check.methods[0].steps) assert.is(map.target.index, top.index);
  assert.is.not(check.methods[0].otherClass?.map.target.index, top.index);
  const dog = await sanityCheck(model, photo, saliency, { ...quiet, target: 'dog', otherClass: 'horse', layers: ['scores'] });
  assert.equal([dog.target.label, dog.methods[0].otherClass?.map.target.label], ['dog', 'horse']);
  const unit = await sanityCheck(model, photo, saliency, { ...quiet, target: { layer: 'block2_relu', channel: 1 } });
  assert.equal(unit.stages.map(({ name }) => name), ['block2_conv', 'block1_conv']);
  assert.is(unit.methods[0].otherClass, undefined);
  model.dispose();
});

test('steps: blocks where there are many layers, a normalisation goes with its convolution, nested and shared layers count once', () => {
  const branching = classifier(inception());
  const blocks = stagesOf(branching.graph, branching.head.logits, 'blocks');
  assert.ok(blocks.length <= 12 && blocks.length > 3, String(blocks.length));
  const all = stagesOf(branching.graph, branching.head.logits, 'all');
  assert.is(all.length, 20);
  assert.ok(all.slice(1).every(({ layers: own }) => own.length === 2));
  const names = (stages: typeof all): string[] => stages.flatMap(({ layers: own }) => own).sort();
  assert.equal(names(blocks), names(all));
  const deep = classifier(nested());
  assert.equal(stagesOf(deep.graph, deep.head.logits, 'blocks').map(({ name }) => name), ['scores', 'base/deep', 'base/shared']);
  for (const model of [branching, deep]) model.dispose();
});

test('copies and re-drawn weights of every kind of model', async () => {
  for (const make of [residual, nested, inception]) {
    const model = classifier(make());
    await noLeak(async () => {
      const copy = await copyOf(model);
      assert.equal(weightsOf(copy), weightsOf(model));
      redraw(copy.model.weights, 'shuffled', 1, 0);
      copy.model.weights.forEach((weight, at) => {
        const [now, before] = [weight.read().dataSync(), model.model.weights[at].read().dataSync()];
        assert.equal([...now].sort(), [...before].sort());
      });
      redraw(copy.model.weights, 'fresh', 1, 0);
      assert.not.equal(weightsOf(copy), weightsOf(model));
      copy.dispose();
    });
    assert.not.ok(model.disposed);
    model.dispose();
  }
});

test('stopped at any moment, it keeps what was reached and leaves nothing behind', async () => {
  const model = net();
  for (const stop of [1, 2, 4, 5, 7]) {
    const control = new AbortController();
    let maps = 0;
    const counting: Explainer = async (network, image, options) => {
      if (++maps > stop) control.abort();
      return (maps % 2 ? saliency : occlusion)(network, image, options);
    };
    const run = () => noLeak(() => sanityCheck(model, photo, [counting, counting], { ...quiet, signal: control.signal }));
    if (stop < 2) {
      await run().then(() => assert.unreachable(), (error: Error) => assert.is(error.name, 'AbortError'));
      continue;
    }
    const check = await run();
    const kept = check.methods.flatMap(({ steps, otherClass }) => [...steps, ...(otherClass ? [otherClass] : [])]).length + 2;
    assert.is(kept, stop, 'maps kept');
    assert.is(check.note, `stopped after ${stop} of 12 maps`);
    assert.ok(check.methods.every(({ verdict }) => !verdict));
    check.toFigure();
  }
  model.dispose();
});

test('progress counts the maps', async () => {
  const model = net();
  const told: number[] = [];
  await sanityCheck(model, photo, saliency, { onProgress: ({ done, total, unit }) => told.push(done) && assert.equal([total, unit], [6, 'maps']) });
  assert.is(told.at(-1), 6);
  model.dispose();
});

const likeness = (absRank: number, ssim = 0): Likeness => ({ absRank, rank: absRank, ssim });
const chance = { mean: likeness(0, 0.2), highest: likeness(0.15, 0.3), maps: 19 };
const outcome = (steps: Likeness[], mode: 'cascade' | 'independent' = 'cascade', by = chance): string => verdictOf(steps, steps.map((_, at) => `layer ${at}`), by, mode).outcome;
const row = (...values: number[]): Likeness[] => values.map((value) => likeness(value));

test('the verdict follows its rule', () => {
  assert.is(outcome(row(0.3, 0.2, 0.1, 0.05)), 'passes');
  assert.is(outcome(row(0.7, 0.2, 0.1, 0.19)), 'passes', 'a quarter is alike');
  assert.is(outcome(row(0.3, 0.2, 0.1, 0.25)), 'unclear', 'its end is neither');
  assert.is(outcome(row(0.9, 0.8, 0.2, 0.1)), 'fails', 'half of the steps');
  assert.is(outcome(row(0.1, 0.1, 0.1, 0.5)), 'fails', 'the last');
  assert.is(outcome(row(0.3, 0.2, 0.1, 0.7), 'cascade', { ...chance, highest: likeness(0.75, 0.3) }), 'passes', 'within chance');
  assert.is(outcome(row(NaN, NaN, NaN, NaN)), 'passes', 'a map that vanished');
  assert.is(outcome(row(0.1, 0.1, 0.1, 0.7), 'independent'), 'passes');
  assert.is(outcome([0.1, 0.1, 0.1, 0.1].map((rank) => likeness(rank, 0.6))), 'unclear', 'it looks alike');
  assert.is(outcome(row(NaN), 'cascade', { ...chance, mean: likeness(NaN) }), 'unclear', 'nothing to compare');
});

test('what is wrong is told in one line', async () => {
  const model = net();
  const message = (...given: unknown[]): Promise<string> => messageOf(() => (sanityCheck as (...all: unknown[]) => Promise<unknown>)(...given));
  assert.match(await message(photo, photo, saliency), /^sanityCheck takes a model from cl.loadModel first, got an Image/);
  assert.match(await message(model, photo), /^sanityCheck takes methods, as \[cl.gradCam, cl.saliency\] or .*, got undefined$/);
  assert.match(await message(model, photo, []), /^sanityCheck needs at least one method/);
  assert.match(await message(model, photo, [saliency, 'gradCam']), /got "gradCam" among them$/);
  assert.match(await message(model, photo, saliency, { layers: ['scroes'] }), 'no layer "scroes"; did you mean "scores"?');
  assert.match(await message(model, photo, saliency, { layers: ['pool'] }), /^layer "pool" has no weights that what is explained depends on; choose among scores, block3_conv, block2_conv, block1_conv$/);
  assert.match(await message(model, photo, saliency, { layers: [] }), "layers must be 'blocks', 'all' or a list of layers, got []");
  assert.match(await message(model, photo, saliency, { mode: 'cascading' }), 'mode must be cascade or independent, got "cascading"');
  assert.match(await message(model, photo, saliency, { target: 'dog', otherClass: 'dog' }), 'otherClass "dog" is the class that is explained; give another');
  assert.match(await message(model, photo, saliency, { target: 'doog' }), /unknown label "doog"/);
  assert.match(await message(model, photo, async () => 5), /must give one attribution, got 5/);
  assert.match(await message(model, photo, (m: Classifier, p: typeof photo) => saliency(m, p, { target: 'horse' }), { target: 'dog' }), 'method "" explained "horse" and not "dog": a function must pass on the options that it is given');
  model.dispose();
});

for (const backend of backends.filter((name) => name !== 'cpu')) {
  test(`on ${backend} it gives the same verdicts`, async () => {
    await useBackend(backend);
    const model = net();
    const check = await noLeak(() => sanityCheck(model, photo, [deaf, gradCam], quiet));
    assert.is(check.methods[0].verdict?.outcome, 'fails');
    assert.is(check.methods[1].steps.length, 4);
    model.dispose();
  });
}

test.run();
