/** A measured part of memory.ts: takes the path of a VGG16 .h5. */
import * as tf from '@tensorflow/tfjs';
import { occlusion } from '../src/attribution/perturbation/occlusion';
import { ready } from '../src/backend';
import { loadModel } from '../src/model/loadModel';
import { peakMb } from './resident';

const seconds = (ms: number): string => (ms / 1000).toFixed(1);

async function main(): Promise<void> {
  const { name } = await ready();
  // The backend's library belongs to the bare process; one operation makes it load.
  tf.tidy(() => tf.zeros([8]).add(1).dataSync());
  const bare = peakMb();
  const start = performance.now();
  const model = await loadModel('vgg16', { weights: process.argv[2], onProgress: null });
  const loaded = performance.now();
  console.log(`${name}: loaded in ${seconds(loaded - start)} s, peak ${(peakMb() - bare).toFixed(0)} MB above the bare process (${bare.toFixed(0)} MB)`);
  const x = tf.zeros<tf.Rank.R4>([1, 224, 224, 3]);
  tf.tidy(() => (model.model.predict(x) as tf.Tensor).dataSync());
  console.log(`with a first prediction: ${seconds(performance.now() - loaded)} s more, peak ${(peakMb() - bare).toFixed(0)} MB`);
  const weights = (model.model.countParams() * 4) / 1e6;
  for (const patch of [32, 16]) {
    await occlusion(model, x, { patch, stride: patch / 2, fill: 1, onProgress: null });
    console.log(`occlusion ${patch}/${patch / 2}: peak ${(peakMb() - bare - weights).toFixed(0)} MB above the bare process and the weights (${weights.toFixed(0)} MB)`);
  }
}

void main();
