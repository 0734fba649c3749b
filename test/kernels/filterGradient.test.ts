import { test } from 'uvu';
import * as assert from 'uvu/assert';
import * as tf from '@tensorflow/tfjs';
import { useBackend } from '../../src/backend';
import '../../src/kernels/filterGradient';

const wave = (size: number, step: number): Float32Array => Float32Array.from({ length: size }, (_, at) => Math.sin(at * step));

/** The gradient of a sum of sines of a convolution with respect to its kernel. */
async function gradientOn(backend: 'cpu' | 'wasm', stride: number, padding: 'same' | 'valid', [height, width, kernel]: [number, number, number]): Promise<Float32Array> {
  await useBackend(backend);
  return tf.tidy(() => {
    const x = tf.tensor4d(wave(2 * height * width * 3, 1), [2, height, width, 3]);
    const w = tf.tensor4d(wave(kernel * kernel * 3 * 4, 1.3), [kernel, kernel, 3, 4]);
    return tf.grad((each) => tf.sum(tf.sin(tf.conv2d(x, each as tf.Tensor4D, stride, padding))))(w).dataSync() as Float32Array;
  }) as unknown as Float32Array;
}

for (const stride of [1, 2, 3]) {
  for (const padding of ['same', 'valid'] as const) {
    for (const sizes of [[9, 8, 3], [7, 10, 5], [6, 6, 4]] as [number, number, number][]) {
      test(`wasm's gradient of a kernel is the cpu backend's: stride ${stride}, ${padding}, ${sizes}`, async () => {
        const [expected, found] = [await gradientOn('cpu', stride, padding, sizes), await gradientOn('wasm', stride, padding, sizes)];
        expected.forEach((value, at) => assert.ok(Math.abs(value - found[at]) < 1e-4, `${at}: ${found[at]}, ${value} expected`));
      });
    }
  }
}

test.run();
