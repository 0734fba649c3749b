import * as tf from '@tensorflow/tfjs';
import { rowsThatPass } from '../../attribution/budget';
import type { ImageCollection, Unreadable } from '../../image/collection';
import type { Image } from '../../image/image';
import { resample } from '../../image/resample';
import { scoped } from '../../kernels/scoped';
import type { Classifier } from '../../model/classifier';
import type { FoundLayer } from '../../model/layers';
import type { ReceptiveField } from '../../model/receptive/field';
import { forward, gradient, idsAt } from '../../model/run';
import type { Job } from '../../progress';
import { cropBox } from '../crops/cropOf';
import { streamActivations } from '../crops/streamActivations';
import type { Cell } from '../effective/cells';
import { drawCells } from './drawCells';
import type { ImageRecord, Records } from './records';

/** What is taken of each image, settled. */
export interface Sampling {
  model: Classifier;
  layer: FoundLayer;
  field: ReceptiveField;
  positions: number;
  /** The classes that are looked at, or of how many of an image's likeliest. */
  classes: readonly number[] | number;
  /** Side of a crop, in pixels of what the network sees, and of its picture. */
  side: number;
  tile: number;
  seed: number;
}

/** Multiply-adds of one batch: about a tenth of a second. A number of its own and not the time taken, so that batches are the same in every run. */
const batchWork = 4e9;

/** Takes the samples of those images of which none are kept yet, and keeps them. Stops between two batches where the job's signal says so. */
export async function collect(sampling: Sampling, collection: ImageCollection, records: Records, job: Job, broken: (image: Unreadable) => void, batchSize?: number): Promise<void> {
  const { model, layer } = sampling;
  const { graph, head, inputShape: [height, width] } = model;
  const missing = collection.entries.filter(({ stamp }) => !records.has(stamp));
  const known = collection.entries.length - missing.length;
  await job.advance(known);
  const ids = idsAt(graph, layer.value, head.logits);
  // A photograph is brought to the network's size at once: those of a batch would fill the memory.
  const entries = missing.map((entry) => ({ name: entry.name, stamp: entry.stamp, load: async () => (await entry.load()).fitTo(height, width) }));
  const counted: Job = { signal: job.signal, advance: (done) => job.advance(known + done) };
  const size = batchSize ?? Math.max(1, Math.min(rowsThatPass(graph), Math.round(batchWork / (model.layers().multiplyAdds || batchWork))));
  await streamActivations(model, { ...collection, entries }, ids, { job: counted, broken, batchSize: size }, ({ outputs, images, entries: batch }) => {
    const start = new Map(ids.map((id, i) => [id, outputs[i]]));
    const logits = tf.reshape(forward(graph, start, [head.logits])[0], [batch.length, head.classes]).dataSync() as Float32Array;
    batch.forEach(({ name, stamp }, at) => {
      const row = new Map([...start].map(([id, value]) => [id, value.shape[0] === batch.length ? tf.slice(value, at, 1) : value]));
      const record = recordOf(sampling, row, logits.subarray(at * head.classes, (at + 1) * head.classes), images[at], name);
      if (record.vectors.every(Number.isFinite) && record.attributions.every(Number.isFinite)) records.add(stamp, record);
      else broken({ name, reason: 'the network gives numbers for it that are not finite' });
    });
  });
}

function recordOf(sampling: Sampling, start: Map<number, tf.Tensor>, logits: Float32Array, image: Image, name: string): ImageRecord {
  const { field: { map: [rows, columns] }, positions, classes: wanted, seed } = sampling;
  const cells = drawCells([rows, columns], positions, seed, name);
  const classes = typeof wanted === 'number' ? likeliest(logits, wanted) : wanted;
  return scoped(() => {
    const { vectors, attributions } = values(sampling, start, cells, classes);
    return {
      cells: Uint16Array.from(cells.flat()),
      vectors: vectors.dataSync() as Float32Array,
      classes: Uint32Array.from(classes),
      attributions: attributions.dataSync() as Float32Array,
      crops: cropsOf(sampling, image, cells),
    };
  });
}

/** Activations `[positions, channels]`, and for each of them activation x gradient of each class's logit, summed over the channels: `[positions, classes]`. */
function values({ model, layer, field }: Sampling, start: Map<number, tf.Tensor>, cells: readonly Cell[], classes: readonly number[]): { vectors: tf.Tensor2D; attributions: tf.Tensor2D } {
  const { graph, head } = model;
  const [rows, columns, channels] = field.map;
  const at = tf.tensor1d(cells.map(([row, column]) => row * columns + column), 'int32');
  const vectors = tf.gather(tf.reshape(start.get(layer.value) as tf.Tensor, [rows * columns, channels]), at) as tf.Tensor2D;
  const { grads } = gradient(graph, start, {
    of: head.logits,
    wrt: [layer.value],
    seed: (logits) => tf.reshape(tf.oneHot([...classes], head.classes, 1, 0, 'float32'), [classes.length, ...logits.shape.slice(1)]),
  });
  const slopes = tf.gather(tf.reshape(grads[0], [classes.length, rows * columns, channels]), at, 1);
  return { vectors, attributions: tf.transpose(tf.sum(tf.mul(slopes, vectors), 2)) as tf.Tensor2D };
}

const likeliest = (logits: Float32Array, count: number): number[] => [...logits.keys()].sort((a, b) => logits[b] - logits[a] || a - b).slice(0, count);

/** A square about the middle of each cell's field, moved into the image where it would reach beyond. */
function cropsOf({ field, side, tile }: Sampling, image: Image, cells: readonly Cell[]): Uint8Array {
  const crops = new Uint8Array(cells.length * tile * tile * 3);
  const within = (start: number, length: number, size: number): number => Math.max(0, Math.min(start, size - length));
  cells.forEach((cell, at) => {
    const { x, y } = cropBox(field, cell, image, side);
    const { data } = resample(image, { x: within(x, side, image.width), y: within(y, side, image.height), width: Math.min(side, image.width), height: Math.min(side, image.height) }, tile, tile);
    for (let pixel = 0; pixel < tile * tile; pixel++) crops.set(data.subarray(pixel * 4, pixel * 4 + 3), (at * tile * tile + pixel) * 3);
  });
  return crops;
}
