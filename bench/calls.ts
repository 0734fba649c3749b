/** The measured part of memory.ts: 200 calls of every method; growth of tf.memory() and of the process from call 50 on. Takes the built package. */
import { createRequire } from 'node:module';
import * as tf from '@tensorflow/tfjs';
import type * as convlens from '../src/index';
import { residentMb } from './resident';

const cl = createRequire(__filename)(process.argv[2]) as typeof convlens;

type Method = (model: convlens.Classifier, photo: convlens.Image) => Promise<unknown>;

const quiet = { onProgress: null };
const methods: Record<string, Method> = {
  ...Object.fromEntries((['saliency', 'inputXGradient', 'guidedBackprop', 'deconvnet', 'gradCam', 'gradCamPlusPlus', 'hiResCam', 'layerCam', 'xGradCam', 'eigenCam', 'cam', 'guidedGradCam', 'scoreCam', 'ablationCam'] as const)
    .map((name): [string, Method] => [name, (model, photo) => cl[name](model, photo, quiet)])),
  smoothGrad: (model, photo) => cl.smoothGrad(model, photo, { samples: 5, ...quiet }),
  integratedGradients: (model, photo) => cl.integratedGradients(model, photo, { steps: 5, ...quiet }),
  occlusion: (model, photo) => cl.occlusion(model, photo, { patch: 16, stride: 16, ...quiet }),
  rise: (model, photo) => cl.rise(model, photo, { masks: 16, ...quiet }),
};

/** A target of no class, so that the call fails when the network has run. */
const failing = (model: convlens.Classifier, photo: convlens.Image): Promise<unknown> =>
  cl.saliency(model, photo, { target: () => { throw new Error('on purpose'); } }).catch(() => undefined);

function network(): tf.LayersModel {
  const conv = (filters: number, more = {}): tf.layers.Layer => tf.layers.conv2d({ filters, kernelSize: 3, padding: 'same', activation: 'relu', ...more });
  return tf.sequential({
    layers: [conv(16, { inputShape: [64, 64, 3] }), tf.layers.maxPooling2d({ poolSize: 2 }), conv(32), tf.layers.globalAveragePooling2d({}), tf.layers.dense({ units: 10, activation: 'softmax' })],
  });
}

async function main(): Promise<void> {
  const { name } = await cl.backend();
  const model = await cl.loadModel(network(), { preprocess: '0-1' });
  const photo = await cl.loadImage('cat');
  console.log(`200 calls, ${name}: from call 50 on`);
  for (const [method, run] of Object.entries({ ...methods, 'saliency that fails': failing })) {
    let before = { tensors: 0, rss: 0 };
    for (let call = 1; call <= 200; call++) {
      await run(model, photo);
      if (call === 50) before = { tensors: tf.memory().numTensors, rss: residentMb() };
    }
    console.log(`  ${method.padEnd(22)} ${tf.memory().numTensors - before.tensors} tensors, ${(residentMb() - before.rss).toFixed(1)} MB`);
  }
}

void main();
