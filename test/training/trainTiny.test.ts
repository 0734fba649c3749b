import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { gradCam } from '../../src/attribution/cam/gradCam';
import { ready, useBackend } from '../../src/backend';
import { loadImage } from '../../src/image/loadImage';
import { rateAt } from '../../src/training/schedule';
import { type TinyClassifier, type TinyEpoch, trainTiny, type TrainTinyOptions } from '../../widgets/trainTiny/trainTiny';
import { backends } from '../helpers/backends';
import { messageOf, noLeak } from '../helpers/noLeak';

const small: TrainTinyOptions = { epochs: 2, scenes: 64, batchSize: 16, classes: ['cat', 'car', 'fish'], seed: 4, onProgress: null };

test.before(async () => {
  await ready();
});

/** Trains, looks, and frees. */
const trained = <T>(options: TrainTinyOptions, look: (net: TinyClassifier) => T | Promise<T>): Promise<T> =>
  noLeak(async () => {
    const net = await trainTiny(options);
    try {
      return await look(net);
    } finally {
      net.dispose();
    }
  });

test('it gives a classifier with its history, the same for the same seed', async () => {
  const told: TinyEpoch[] = [];
  const first = await trained({ ...small, onEpoch: (log) => told.push(log) }, async (net) => {
    assert.equal([net.labels, net.inputShape, net.history.length], [['cat', 'car', 'fish'], [48, 48, 3], 2]);
    const map = await gradCam(net, await loadImage('scene:cat'), { target: 'cat' });
    assert.equal(map.shape, [48, 48]);
    return net.history;
  });
  assert.equal(told.map(({ epoch }) => epoch), [1, 2]);
  assert.equal(told.map(({ val_accuracy }) => val_accuracy), first.map((log) => log.val_accuracy));
  const again = await trained(small, (net) => net.history);
  assert.ok(Math.abs(again[0].loss - first[0].loss) < 1e-4);
  const other = await trained({ ...small, seed: 5 }, (net) => net.history);
  assert.ok(Math.abs(other[0].loss - first[0].loss) > 1e-3);
});

test('it learns', async () => {
  const history = await trained({ ...small, epochs: 4, scenes: 320 }, (net) => net.history);
  assert.ok(history[3].loss < history[0].loss * 0.9, `${history.map(({ loss }) => loss)}`);
  assert.ok(history[3].val_accuracy > 0.55, `${history[3].val_accuracy}`);
});

test('stopped, it keeps what was learnt', async () => {
  const controller = new AbortController();
  const [epochs, stopped] = await trained({ ...small, epochs: 50, signal: controller.signal, onEpoch: ({ epoch }) => epoch === 2 && controller.abort() }, (net) => [net.history.length, net.training.stopped]);
  assert.equal([epochs, stopped], [2, true]);
  assert.match(await messageOf(() => trainTiny({ ...small, signal: AbortSignal.abort() })), /abort/i);
});

test('an error in onEpoch comes out, and nothing stays behind', async () => {
  const onEpoch = (): void => {
    throw new Error('mine');
  };
  assert.is(await messageOf(() => trainTiny({ ...small, onEpoch })), 'mine');
});

test('its figure tells the last epoch, and its data have a moment for each', async () => {
  await trained(small, (net) => {
    const figure = net.training.toFigure();
    assert.match(figure.svg(), /after epoch 2 of 2/);
    assert.match(figure.alt, /^Training of tiny over 2 epochs: loss from .*a scene with a (cat|car|fish) is taken for/);
    const { live } = figure.parts as { live: { widget: string; data(detail: number): { snapshots: { epoch: number }[] } } };
    assert.is(live.widget, 'trainTiny');
    assert.equal(live.data(1).snapshots.map(({ epoch }) => epoch), [0, 1, 2]);
  });
});

test('wrong options are told in a line', async () => {
  const told = async (options: object, message: RegExp | string) => {
    const found = await messageOf(() => trainTiny({ ...small, ...options }));
    if (typeof message === 'string') assert.is(found, message);
    else assert.match(found, message);
  };
  await told({ epochs: 0 }, 'epochs must be a whole number from 1 to 1000, got 0');
  await told({ epoch: 3 }, 'trainTiny has no option "epoch"; did you mean "epochs"?');
  await told({ learningRate: -1 }, 'learningRate must be a number from 0 to 1, got -1');
  await told({ classes: ['cat'] }, 'classes must name at least two, got ["cat"]');
  await told({ classes: ['cat', 'cow'] }, /^classes must be .*got "cow"/);
  await told({ onEpoch: 5 }, 'onEpoch must be a function, got 5');
  await told({ signal: 5 }, /signal must be an AbortSignal|throwIfAborted/);
});

test('the learning rate rises, and falls to nothing', () => {
  assert.equal([0, 9].map((step) => rateAt(step, 100, 1, 10)), [0.1, 1]);
  assert.ok(Math.abs(rateAt(55, 100, 1, 10) - 0.5) < 1e-9);
  assert.ok(rateAt(99, 100, 1, 10) < 0.001);
});

test('all backends learn alike', async () => {
  const losses: number[] = [];
  for (const name of backends) {
    await useBackend(name);
    losses.push((await trained({ ...small, epochs: 1, scenes: 48 }, (net) => net.history))[0].loss);
  }
  for (const loss of losses) assert.ok(Math.abs(loss - losses[0]) < 1e-2, losses.join(', '));
  await useBackend(backends[0]);
});

test.run();
