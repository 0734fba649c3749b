import * as tf from '@tensorflow/tfjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { useBackend } from '../../src/backend';
import { graphOf } from '../../src/model/graph';
import { forward } from '../../src/model/run';
import { headOf } from '../../src/model/target';
import { canSpread } from '../../src/model/window/cost';
import type { Plan } from '../../src/model/window/plan';
import type { Rectangle } from '../../src/model/window/spans';
import { WindowedForward, type WindowedSettings } from '../../src/model/window/windowedForward';
import { backends } from '../helpers/backends';
import { relativeError } from '../helpers/close';
import { arithmetic, dilated, mixed, nested, noise, noiseTensor, residual, stacked } from '../helpers/models';

/** The wanted rows of each window as plain batched runs give them. */
function plainly(model: tf.LayersModel, x: tf.Tensor4D, hidden: Float32Array, windows: readonly Rectangle[]): Float32Array[] {
  const graph = graphOf(model);
  const [, height, width, channels] = x.shape;
  const rows = windows.map(({ top, left, bottom, right }) => {
    const values = Float32Array.from(x.dataSync());
    for (let at = 0; at < values.length; at++) {
      const row = Math.floor(at / (width * channels));
      const column = Math.floor(at / channels) % width;
      if (row >= top && row < bottom && column >= left && column < right) values[at] = hidden[at];
    }
    return tf.tidy(() => forward(graph, tf.tensor4d(values, [1, height, width, channels]), [headOf(graph).logits])[0].dataSync() as Float32Array);
  });
  graph.derived.dispose();
  return rows;
}

/** The same by windows, in the order of `windows`; and which way it went. */
function byWindows(model: tf.LayersModel, x: tf.Tensor4D, hidden: Float32Array, windows: readonly Rectangle[], settings: WindowedSettings): { rows: Float32Array[]; way: string } {
  const graph = graphOf(model);
  const windowed = new WindowedForward(graph, x, headOf(graph).logits, windows, settings);
  const found = new Map<Rectangle, Float32Array>();
  for (const round of windowed.rounds()) {
    const rows = tf.tidy(() => windowed.finish(round.map((batch) => windowed.features(batch, hidden))).arraySync() as number[][]);
    round.flat().forEach((window, i) => found.set(window, Float32Array.from([rows[i]].flat(3) as number[])));
  }
  const { way } = windowed;
  windowed.dispose();
  graph.derived.dispose();
  assert.is(found.size, windows.length);
  return { rows: windows.map((window) => found.get(window) as Float32Array), way };
}

/** So many steps on windows, whatever they cost; convolutions by what changes if `spread`. */
const forced = (steps: number, classes: number, spread = false): WindowedSettings => ({
  plan: ({ leading }): Plan => ({ steps: Math.min(steps, leading.length), classes, share: 1, tail: 1 }),
  way: (each) => ({ cost: 0, spread: spread && canSpread(each) }),
});

function rectangles(height: number, width: number): Rectangle[] {
  const list = [{ top: 0, left: 0, bottom: height, right: width }, { top: 0, left: 0, bottom: 1, right: 1 }, { top: height - 1, left: width - 1, bottom: height, right: width }];
  for (let top = 0; top < height; top += 2) for (let left = 0; left < width; left += 3) list.push({ top, left, bottom: Math.min(height, top + 3), right: Math.min(width, left + 4) });
  return list;
}

const models: Record<string, () => tf.LayersModel> = { arithmetic, residual, mixed, nested, stacked, dilated };

for (const backend of backends) {
  for (const [name, make] of Object.entries(models)) {
    test(`${name}: any number of steps on windows gives the scores of plain runs on ${backend}`, async () => {
      await useBackend(backend);
      const model = make();
      const [, height, width, channels] = model.inputs[0].shape as [null, number, number, number];
      const x = noiseTensor([1, height, width, channels], 3) as tf.Tensor4D;
      const hidden = noise(x.size, 5);
      const windows = rectangles(height, width);
      const expected = plainly(model, x, hidden, windows);
      const before = tf.memory().numTensors;
      for (let steps = 0; steps <= 20; steps++) {
        const { rows } = byWindows(model, x, hidden, windows, forced(steps, 1 + (steps % 3), steps % 2 === 1));
        rows.forEach((row, i) => assert.ok(relativeError(row, expected[i]) < 1e-5, `${steps} steps, ${JSON.stringify(windows[i])}: ${relativeError(row, expected[i])}`));
      }
      assert.is(tf.memory().numTensors, before, 'tensors were left behind');
      x.dispose();
      model.dispose();
    });
  }
}

test.run();
