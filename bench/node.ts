/** convlens as a contestant: node node.js BACKEND WEIGHTS INPUT. Answers as serve.py does; writes the input first, where there is none. */
import { existsSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import readline from 'node:readline';
import * as tf from '@tensorflow/tfjs';
import type * as convlens from '../src/index';

const [backend, weights, input] = process.argv.slice(2);
// The built package, as users have it; this file is bundled to out/bench.
const cl = createRequire(__filename)(path.resolve(__dirname, '../..')) as typeof convlens;
const ten = Array.from({ length: 10 }, (_, i) => i * 100);

type Name = 'saliency' | 'inputXGradient' | 'guidedBackprop' | 'deconvnet' | 'smoothGrad' | 'integratedGradients' | 'guidedGradCam' | (typeof cams)[number] | 'occlusion' | 'rise';
const cams = ['gradCam', 'gradCamPlusPlus', 'hiResCam', 'layerCam', 'xGradCam', 'eigenCam', 'scoreCam', 'ablationCam'] as const;

const send = (answer: object): boolean => process.stdout.write(`${JSON.stringify(answer)}\n`);
const bytes = (values: Float32Array): Uint8Array => new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

async function openInput(model: convlens.Classifier): Promise<tf.Tensor4D> {
  if (!existsSync(input)) {
    const { x } = model.prepare(await cl.loadImage('cat'));
    writeFileSync(input, bytes(x.dataSync<'float32'>()));
    x.dispose();
  }
  const file = await readFile(input);
  return tf.tensor4d(new Float32Array(file.buffer, file.byteOffset, file.byteLength / 4), [1, 224, 224, 3]);
}

/** Each method as the rows name it; gives the (first) map's values. */
function methodsOf(model: convlens.Classifier, x: tf.Tensor4D, target: number): Record<string, () => Promise<Float32Array | void>> {
  const images = (count: number): tf.Tensor4D[] => Array<tf.Tensor4D>(count).fill(x);
  const batch = tf.tile(x, [32, 1, 1, 1]);
  const explained = (name: Name, more: object = {}, input: tf.Tensor4D | tf.Tensor4D[] = x) => async (): Promise<Float32Array> => {
    const method = cl[name] as convlens.Method;
    const found = await method(model, input as tf.Tensor4D[], { target, onProgress: null, ...more });
    return ('items' in found ? found.items[0] : found as convlens.Attribution).values;
  };
  const eachOf = (name: Name, more: object = {}) => async (): Promise<void> => {
    for (const one of ten) await explained(name, { target: one, ...more })();
  };
  const wide = { patch: 32, stride: 16, fill: 0 };
  const keep = { channels: 'keep' };
  return {
    forward: async () => void (await model.predict(x)),
    'forward 32': async () => tf.tidy(() => void (model.model.predict(batch) as tf.Tensor).dataSync()),
    saliency: explained('saliency'),
    'saliency, 8 images': explained('saliency', {}, images(8)),
    'saliency, 10 targets': explained('saliency', { target: ten }),
    'saliency, 10 calls': eachOf('saliency'),
    guidedBackprop: explained('guidedBackprop', keep),
    deconvnet: explained('deconvnet', keep),
    inputXGradient: explained('inputXGradient', keep),
    ...Object.fromEntries(cams.map((name) => [name, explained(name)])),
    'gradCam, 8 images': explained('gradCam', {}, images(8)),
    'gradCam, 10 targets': explained('gradCam', { target: ten }),
    'gradCam, 10 calls': eachOf('gradCam'),
    guidedGradCam: explained('guidedGradCam', keep),
    'smoothGrad 25': explained('smoothGrad', { samples: 25, noise: 0.15, seed: 1 }),
    'integratedGradients 50': explained('integratedGradients', { steps: 50, baseline: 0, ...keep }),
    'occlusion 32/16': explained('occlusion', wide),
    'occlusion 16/8': explained('occlusion', { patch: 16, stride: 8, fill: 0 }),
    'occlusion, 10 targets': explained('occlusion', { ...wide, target: ten }),
    'occlusion, 10 calls': eachOf('occlusion', wide),
    'rise 500': explained('rise', { masks: 500, seed: 1 }),
  };
}

async function main(): Promise<void> {
  await cl.useBackend(backend as convlens.BackendName);
  const model = await cl.loadModel('vgg16', { weights, onProgress: null });
  const x = await openInput(model);
  const ranked = [...(await model.predict(x, { top: 1000 }))];
  const methods = methodsOf(model, x, ranked[0].index);
  const logits = ranked.sort((a, b) => a.index - b.index).map(({ logit }) => logit);
  send({ software: { 'Node.js': process.versions.node, 'TensorFlow.js': tf.version.tfjs }, notes: [], logits, methods: Object.keys(methods).map((name) => `${backend} ${name}`) });

  for await (const line of readline.createInterface({ input: process.stdin })) {
    const { run, map } = JSON.parse(line) as { run: string; map: string | null };
    try {
      const start = performance.now();
      const values = await methods[run.slice(backend.length + 1)]();
      const ms = performance.now() - start;
      if (map && values) writeFileSync(map, bytes(values));
      send({ ms });
    } catch (error) {
      send({ error: String(error) });
    }
  }
}

void main();
