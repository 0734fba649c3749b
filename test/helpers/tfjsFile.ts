import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';

export interface TfjsFileOptions {
  /** Bytes of a shard. Default: all in one. */
  shard?: number;
  /** Stores weights as bytes with a scale, as the converter's --quantize_uint8. */
  quantised?: boolean;
  /** Replaces the topology. */
  topology?: object;
}

/** Writes a model as the tfjs converter does: model.json and shards. Gives the shards' names. */
export async function writeTfjs(folder: string, model: tf.LayersModel, { shard, quantised = false, topology }: TfjsFileOptions = {}): Promise<string[]> {
  const parts: Buffer[] = [];
  const weights: tf.io.WeightsManifestEntry[] = [];
  for (const weight of model.weights) {
    const values = weight.read().dataSync() as Float32Array;
    const entry = { name: weight.originalName, shape: weight.shape as number[], dtype: 'float32' as const };
    const min = Math.min(...values);
    const scale = (Math.max(...values) - min) / 255 || 1;
    parts.push(quantised ? Buffer.from(Array.from(values, (value) => Math.round((value - min) / scale))) : Buffer.from(values.buffer, values.byteOffset, values.byteLength));
    weights.push(quantised ? { ...entry, quantization: { dtype: 'uint8', scale, min } } : entry);
  }
  const bytes = Buffer.concat(parts);
  const size = shard ?? bytes.length;
  const count = Math.ceil(bytes.length / size);
  const paths = Array.from({ length: count }, (_, i) => `group1-shard${i + 1}of${count}.bin`);
  await mkdir(folder, { recursive: true });
  await Promise.all(paths.map((name, i) => writeFile(path.join(folder, name), bytes.subarray(i * size, (i + 1) * size))));
  const modelTopology = topology ?? { model_config: { class_name: model.getClassName(), config: model.getConfig() } };
  await writeFile(path.join(folder, 'model.json'), JSON.stringify({ format: 'layers-model', modelTopology, weightsManifest: [{ paths, weights }] }));
  return paths;
}
