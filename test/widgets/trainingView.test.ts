import * as tf from '@tensorflow/tfjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ready } from '../../src/backend';
import type { Figure } from '../../src/figure/figure';
import { type Place, setPlaceMaker } from '../../src/show';
import { metricsOf } from '../../widgets/trainingView/curves';
import { Recording } from '../../widgets/trainingView/recording';
import { start, weightsText } from '../../widgets/trainingView/draw';
import { trainingView } from '../../widgets/trainingView/trainingView';
import type { TrainingData } from '../../widgets/trainingView/data';
import { classifierOf, examples, picture, stripes, trained } from '../fixtures/training';
import { messageOf, noLeak } from '../helpers/noLeak';
import { fixRuler, matchesSnapshot, wordsOf } from '../helpers/snapshot';

test.before(async () => {
  fixRuler();
  await ready();
});

const dataOf = (figure: Figure, detail = 1): TrainingData => figure.parts.live?.data(detail) as TrainingData;

test('moments stay evenly spread over the training, the newest among them', () => {
  const recording = new Recording(4);
  const epochs = (): number[] => recording.snapshots.map(({ epoch }) => epoch);
  const seen: number[][] = [];
  for (let epoch = 0; epoch <= 9; epoch++) {
    recording.add({ epoch, norms: [] });
    seen.push(epochs());
  }
  assert.equal(seen.slice(2, 6), [[0, 1, 2], [0, 1, 2, 3], [0, 2, 4], [0, 2, 4, 5]]);
  assert.equal(seen[9], [0, 4, 8, 9]);
});

test('the metrics of a log, loss first, with those of the data held out', () => {
  const metrics = metricsOf([{ val_loss: 2, val_acc: 0.5, loss: 1, acc: 0.25 }, { val_loss: 1, val_acc: 1, loss: 0.5, acc: 0.75 }]);
  assert.equal(metrics, [{ name: 'loss', training: [1, 0.5], validation: [2, 1] }, { name: 'accuracy', training: [0.25, 0.75], validation: [0.5, 1] }]);
  assert.equal(metricsOf([{ loss: 3 }]), [{ name: 'loss', training: [3], validation: undefined }]);
});

test('the norm of a block is that of all its weights, with its change since the start', () => {
  const snapshots = [{ epoch: 0, norms: [3, null, 4] }, { epoch: 1, norms: [3, null, 5.2] }];
  const text = (at: number, first: number, last: number): string => weightsText({ snapshots }, snapshots[at], { id: '', first, last }).replace(/\u00a0/g, ' ');
  assert.is(text(0, 0, 2), '‖w‖ 5');
  assert.is(text(1, 0, 2), '‖w‖ 6, +20 %');
  assert.is(text(1, 0, 1), '‖w‖ 3, +0.0 %');
  assert.is(text(1, 1, 1), '');
  assert.is(weightsText({ snapshots }, undefined, { id: '', first: 0, last: 2 }), '');
});

test('in plain Node nothing is shown, and the figure tells the training in the end', async () => {
  const view = await trained(3);
  assert.is(view.logs.length, 3);
  assert.match(String(view), /^training of stripes · after epoch 3 of 3 · .*loss [\d.]+/);
  const figure = view.toFigure();
  const words = wordsOf(figure);
  for (const text of ['loss', 'accuracy', 'likeliest for rows', 'columns', '‖w‖', 'stripes · after epoch 3 of 3']) assert.ok(words.includes(text), text);
  assert.match(figure.alt, /^Training of stripes over 3 epochs: loss from [\d.]+ to [\d.]+ \(validation [\d.]+\), accuracy/);
  assert.match(figure.fragment({ live: false }), '<summary>all 3 epochs</summary>');
  const data = dataOf(figure);
  assert.equal(data.snapshots.map(({ epoch }) => epoch), [0, 1, 2, 3]);
  assert.is(start(data).at, 3);
  assert.equal(view.toJSON(), { model: 'stripes', logs: view.logs });
});

test('the weights, maps and classes of each epoch are those of that epoch', async () => {
  const { snapshots } = dataOf((await trained(4)).toFigure());
  const norms = snapshots.map(({ norms: each }) => each[0] as number);
  assert.is(new Set(norms).size, 5, 'the weights moved in each epoch');
  const channels = snapshots.map(({ outputs }) => outputs?.[0]?.channels[0]);
  assert.is(new Set(channels).size, 1, 'one channel through all epochs');
  assert.ok(snapshots.every(({ predictions }) => Math.abs((predictions ?? []).reduce((sum, { score }) => sum + score, 0) - 1) < 1e-4));
});

test('watching changes nothing: the weights become what they become without', async () => {
  const { x, y } = examples();
  const fit = async (watch: boolean): Promise<number[]> => {
    const model = stripes();
    const callbacks = watch ? trainingView(classifierOf(model), picture()).callbacks : undefined;
    await model.fit(x, y, { epochs: 2, batchSize: 8, shuffle: false, verbose: 0, callbacks });
    return model.getWeights().flatMap((weight) => [...weight.dataSync()]);
  };
  assert.equal(await fit(true), await fit(false));
  tf.dispose([x, y]);
});

test('watching leaves no tensors', async () => {
  const model = stripes();
  const view = trainingView(classifierOf(model), picture());
  const { x, y } = examples();
  // The optimizer makes its own at the first step.
  await model.fit(x, y, { epochs: 1, verbose: 0 });
  await noLeak(() => model.fit(x, y, { epochs: 2, verbose: 0, callbacks: view.callbacks }));
  tf.dispose([x, y]);
});

test('in a cell one place is drawn again without its script, and at the end with it', async () => {
  const shown: { live: boolean; text: string }[] = [];
  const place: Place = { put: (figure, { live }) => void shown.push({ live, text: String(figure) }) };
  setPlaceMaker(() => place);
  try {
    await trained(3, { slow: 400 });
  } finally {
    setPlaceMaker(() => undefined);
  }
  assert.equal(shown.map(({ live }) => live), [...shown.slice(1).map(() => false), true]);
  assert.ok(shown.length >= 2 && shown.length <= 4);
  assert.match(shown[shown.length - 1].text, 'after epoch 3 of 3');
});

test('many quick epochs are not each drawn', async () => {
  let drawn = 0;
  setPlaceMaker(() => ({ put: () => void drawn++ }));
  const began = performance.now();
  try {
    await trained(30);
  } finally {
    setPlaceMaker(() => undefined);
  }
  assert.ok(drawn <= 2 + (performance.now() - began) / 300, `${drawn} pictures`);
});

test('a second training goes on from the first', async () => {
  const model = stripes();
  const view = trainingView(classifierOf(model));
  const { x, y } = examples();
  for (const epochs of [2, 1]) await model.fit(x, y, { epochs, verbose: 0, callbacks: view.callbacks });
  assert.equal(dataOf(view.toFigure()).snapshots.map(({ epoch }) => epoch), [0, 1, 2, 3]);
  tf.dispose([x, y]);
});

test('without an image there are curves and norms, before the training the network alone', async () => {
  const figure = (await trained(2, { watch: false })).toFigure();
  assert.not.match(wordsOf(figure), 'likeliest');
  assert.match(wordsOf(figure), '‖w‖');
  const untrained = trainingView(classifierOf(stripes()), picture());
  assert.match(wordsOf(untrained.toFigure()), 'not trained yet: give its callbacks to model.fit');
  assert.is(String(untrained), 'training of stripes · not trained yet: give its callbacks to model.fit');
});

test('a training that runs away is still drawn', async () => {
  const model = stripes();
  model.compile({ optimizer: tf.train.sgd(1e30), loss: 'sparseCategoricalCrossentropy' });
  const view = trainingView(classifierOf(model), picture());
  const { x, y } = examples();
  await model.fit(x, y, { epochs: 3, verbose: 0, callbacks: view.callbacks });
  assert.match(wordsOf(view.toFigure()), 'NaN');
  assert.not.match(view.toFigure().svg(), /="NaN|NaN,|,NaN/);
  tf.dispose([x, y]);
});

test('less detail keeps the newest moment and every second before it', async () => {
  const figure = (await trained(5)).toFigure();
  assert.equal(dataOf(figure, 1 / 2).snapshots.map(({ epoch }) => epoch), [1, 3, 5]);
});

test('what is wrong is told before the training', async () => {
  const model = classifierOf(stripes());
  assert.match(await messageOf(async () => trainingView(model.model as never)), /^trainingView takes a model from cl.loadModel first, got a/);
  assert.match(await messageOf(async () => trainingView(model, 'cat' as never)), /^image must be an Image \(cl\.loadImage\)/);
  assert.is(await messageOf(async () => trainingView(model, picture(), { opened: [] } as never)), 'trainingView has no option "opened"; did you mean "open"?');
});

test('the picture of a training', async () => {
  const model = stripes();
  const view = trainingView(classifierOf(model), picture());
  await view.callbacks.onTrainBegin();
  for (const [loss, acc] of [[1.2, 0.4], [0.8, 0.6], [0.5, 0.9]]) await view.callbacks.onEpochEnd(0, { loss, acc, val_loss: loss + 0.1, val_acc: acc - 0.1 });
  await view.callbacks.onTrainEnd();
  matchesSnapshot(view.toFigure(), 'training-view');
});

test.run();
