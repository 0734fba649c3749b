import fs from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';

/** Writes a tfjs layers model with its weights as float16: `model.json` and `weights.bin`. Gives the bytes of both. */
export async function exportModel(model: tf.LayersModel, folder: string): Promise<number> {
  const values = model.weights.map((weight) => ({ name: weight.originalName, shape: weight.shape as number[], data: weight.read().dataSync() as Float32Array }));
  const halves = values.map(({ name, data }) => Uint16Array.from(data, (value) => toHalf(value, name)));
  const weights = values.map(({ name, shape }) => ({ name, shape, dtype: 'float32', quantization: { dtype: 'float16', original_dtype: 'float32' } }));
  const topology = model.toJSON(undefined, false);
  const json = { format: 'layers-model', generatedBy: 'convlens, npm run train', convertedBy: null, modelTopology: topology, weightsManifest: [{ paths: ['weights.bin'], weights }] };
  fs.mkdirSync(folder, { recursive: true });
  const bytes = Buffer.concat(halves.map(({ buffer }) => Buffer.from(buffer)));
  fs.writeFileSync(path.join(folder, 'weights.bin'), bytes);
  fs.writeFileSync(path.join(folder, 'model.json'), `${JSON.stringify(json)}\n`);
  return bytes.length + fs.statSync(path.join(folder, 'model.json')).size;
}

const single = new Float32Array(1);
const bits = new Uint32Array(single.buffer);

/** The nearest IEEE half-precision number, ties to even, as its 16 bits. */
function toHalf(value: number, name: string): number {
  if (!(Math.abs(value) < 65504)) throw new RangeError(`${name} holds ${value}, which float16 cannot`);
  single[0] = value;
  const sign = (bits[0] >>> 16) & 0x8000;
  const exponent = ((bits[0] >>> 23) & 0xff) - 127;
  const fraction = (bits[0] & 0x7fffff) | 0x800000;
  // Below 2^-14 the numbers lie evenly, 2^-24 apart.
  const shift = exponent < -14 ? Math.min(25, -14 - exponent) + 13 : 13;
  const kept = fraction >>> shift;
  const rest = fraction & ((1 << shift) - 1);
  const half = 1 << (shift - 1);
  const up = rest > half || (rest === half && kept & 1) ? 1 : 0;
  // A carry out of the fraction runs into the exponent, as it should.
  return sign | (exponent < -14 ? kept + up : ((exponent + 15) << 10) + (kept & 0x3ff) + up);
}
