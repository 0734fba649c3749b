/** The measured half of memory.ts: takes the path of a VGG16 .h5. */
import { existsSync, readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import { ready } from '../src/backend';
import { loadModel } from '../src/model/loadModel';

/** MB. Linux's own figure where there is one: `maxRSS` is inherited from the process that started this one. */
function peak(): number {
  const line = existsSync('/proc/self/status') ? /VmHWM:\s*(\d+)/.exec(readFileSync('/proc/self/status', 'utf8')) : null;
  return ((line ? Number(line[1]) : process.resourceUsage().maxRSS) * 1024) / 1e6;
}

const seconds = (ms: number): string => (ms / 1000).toFixed(1);

async function main(): Promise<void> {
  const { name } = await ready();
  // The backend's library belongs to the bare process; one operation makes it load.
  tf.tidy(() => tf.zeros([8]).add(1).dataSync());
  const bare = peak();
  const start = performance.now();
  const model = await loadModel('vgg16', { weights: process.argv[2], onProgress: null });
  const loaded = performance.now();
  console.log(`${name}: loaded in ${seconds(loaded - start)} s, peak ${(peak() - bare).toFixed(0)} MB above the bare process (${bare.toFixed(0)} MB)`);
  tf.tidy(() => (model.model.predict(tf.zeros([1, 224, 224, 3])) as tf.Tensor).dataSync());
  console.log(`with a first prediction: ${seconds(performance.now() - loaded)} s more, peak ${(peak() - bare).toFixed(0)} MB`);
}

void main();
