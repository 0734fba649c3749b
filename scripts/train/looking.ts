import * as tf from '@tensorflow/tfjs';
import { type Batch, batchOf } from '../../src/training/batch';
import { rateAt } from '../../src/training/schedule';
import { sceneClasses } from '../../src/scenes/glyphs';
import { batchSize, looking, seeds, shape } from './recipe';
import { type Marked, scenesOf } from './scenesFor';

/** A line of the log: cross-entropy, and the share of the activation off all things. */
export interface LookingLine {
  step: number;
  loss: number;
  off: number;
  seconds: number;
  cpuSeconds: number;
}

/**
 * Teaches a finished network to look at things: beside the cross-entropy, the share of the last convolution's activation that lies off all things is made
 * small. A cell of it sees nearly the whole picture and could hold what it found anywhere; then no map made there could tell where the thing is.
 * (Ross, Hughes and Doshi-Velez 2017 teach gradients so: "right for the right reasons".)
 */
export function teachLooking(model: tf.LayersModel, { steps, marked, alike }: { steps: number; marked: Marked; alike: boolean }, log: (line: LookingLine) => void): void {
  const [begun, used] = [performance.now(), process.cpuUsage()];
  const both = tf.model({ inputs: model.inputs, outputs: [model.getLayer(looking.layer).output as tf.SymbolicTensor, ...model.outputs] });
  const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const kernel = model.getLayer('fc1').weights[0].read() as tf.Variable;
  const places = (model.getLayer('block5_pool').outputShape as number[]).slice(1, 3).reduce((rows, columns) => rows * columns);
  const optimizer = tf.train.adam(0) as tf.AdamOptimizer & { learningRate: number };
  const sums = { loss: 0, off: 0, count: 0 };
  for (let step = 0; step < steps; step++) {
    const { x, y, away } = lookingBatch(step * batchSize, both.outputs[0].shape[1] as number, marked);
    optimizer.learningRate = rateAt(step, steps, looking.peak, looking.warmUp);
    const [loss, off] = tf.tidy(() => {
      let found!: tf.Tensor[];
      const { grads } = tf.variableGrads(() => {
        const [activation, logits] = both.apply(x, { training: true }) as tf.Tensor[];
        const strength = tf.sum(activation, 3);
        const loss = tf.losses.softmaxCrossEntropy(y, logits);
        const off = tf.mean(tf.div(tf.sum(tf.mul(strength, away), [1, 2]), tf.add(tf.sum(strength, [1, 2]), 1e-6)));
        found = [tf.keep(loss), tf.keep(off)];
        return tf.add(loss, tf.mul(off, looking.weight)) as tf.Scalar;
      }, variables);
      if (alike) grads[kernel.name] = sameAtEveryPlace(grads[kernel.name], places);
      optimizer.applyGradients(grads as Record<string, tf.Variable>);
      const values = found.map((each) => each.dataSync()[0]);
      tf.dispose(found);
      return values as never;
    }) as unknown as number[];
    tf.dispose([x, y, away]);
    sums.loss += loss;
    sums.off += off;
    sums.count++;
    if ((step + 1) % 50) continue;
    const { user, system } = process.cpuUsage(used);
    log({ step: step + 1, loss: sums.loss / sums.count, off: sums.off / sums.count, seconds: Math.round((performance.now() - begun) / 1000), cpuSeconds: Math.round((user + system) / 1e6) });
    Object.assign(sums, { loss: 0, off: 0, count: 0 });
  }
  optimizer.dispose();
}

/** The gradient of a kernel of `fc1` that keeps it as it is: the same weights at every place of the grid. */
const sameAtEveryPlace = (grad: tf.Tensor, places: number): tf.Tensor => tf.tile(tf.mean(tf.reshape(grad, [places, -1, grad.shape[1] as number]), 0) as tf.Tensor2D, [places, 1]);

/** Scenes, and for each the cells of the layer's grid on which no thing (and no mark) lies. */
function lookingBatch(from: number, rows: number, marked: Marked): Batch & { away: tf.Tensor3D } {
  const images = scenesOf(seeds.looking, from, batchSize, looking, marked);
  const away = new Float32Array(batchSize * rows * rows).fill(1);
  images.forEach(({ width, masks }, at) => {
    for (const { data } of masks) data.forEach((inside, pixel) => inside && (away[(at * rows + Math.floor((Math.floor(pixel / width) * rows) / width)) * rows + Math.floor(((pixel % width) * rows) / width)] = 0));
  });
  return { ...batchOf(images, sceneClasses, shape.preprocess), away: tf.tensor3d(away, [batchSize, rows, rows]) };
}
