import * as tf from '@tensorflow/tfjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import * as cl from '../../src/index';
import { backends } from '../helpers/backends';
import { classifier, noiseTensor, residual } from '../helpers/models';

type Call = (model: cl.Classifier, x: tf.Tensor4D, options: object) => Promise<unknown>;

const { saliency, inputXGradient, guidedBackprop, deconvnet, smoothGrad, integratedGradients, guidedGradCam } = cl;
const { gradCam, gradCamPlusPlus, hiResCam, layerCam, xGradCam, scoreCam, ablationCam, eigenCam, cam, gradCamParts, occlusion, rise, layerOutputs } = cl;

const short: Record<string, object> = { smoothGrad: { samples: 3 }, integratedGradients: { steps: 3 }, rise: { masks: 8 }, occlusion: { patch: 6, stride: 4 }, gradCamParts: {}, layerOutputs: {} };
const bare = ['gradCamParts', 'layerOutputs'];
const calls = { saliency, inputXGradient, guidedBackprop, deconvnet, smoothGrad, integratedGradients, guidedGradCam, gradCam, gradCamPlusPlus, hiResCam, layerCam, xGradCam, scoreCam, ablationCam, eigenCam, cam, gradCamParts, occlusion, rise, layerOutputs };

const megabytes = (): number => process.memoryUsage().rss / 2 ** 20;

for (const [backend, times] of [['native', 200], ['wasm', 40]] as const) {
  if (!backends.includes(backend)) continue;
  test(`${backend}: ${times} calls of anything leave the memory level`, async () => {
    await cl.useBackend(backend);
    const model = classifier(residual());
    const x = noiseTensor([1, 13, 10, 3]) as tf.Tensor4D;
    const repeat = async (name: string, call: Call, times: number): Promise<void> => {
      const options = { ...(bare.includes(name) ? {} : { onProgress: null }), ...short[name] };
      for (let i = 0; i < times; i++) await call(model, x, options);
    };
    for (const [name, call] of Object.entries(calls)) await repeat(name, call as Call, 5);
    const before = { tensors: tf.memory().numTensors, bytes: tf.memory().numBytes, rss: megabytes() };
    for (const [name, call] of Object.entries(calls)) {
      await repeat(name, call as Call, times);
      assert.is(tf.memory().numTensors, before.tensors, `${name} left tensors`);
      assert.is(tf.memory().numBytes, before.bytes, `${name} left bytes`);
    }
    const grown = megabytes() - before.rss;
    // Of 20 times 200 calls: 40 kB lost in each would show, the garbage collector's own swing does not.
    assert.ok(grown < 150, `${grown.toFixed(0)} MB more`);
  });
}

test.run();
