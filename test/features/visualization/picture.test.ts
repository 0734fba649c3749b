import * as tf from '@tensorflow/tfjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { useBackend } from '../../../src/backend';
import { fourierPicture } from '../../../src/features/visualization/fourierPicture';
import { macoPicture } from '../../../src/features/visualization/macoPicture';
import { moveAt, movesOf } from '../../../src/features/visualization/moves';
import { type Parametrization, parametrization, params, type Size } from '../../../src/features/visualization/parametrization';
import { penalized, variationSlope } from '../../../src/features/visualization/penalties';
import { pixelPicture } from '../../../src/features/visualization/pixelPicture';
import { Spectrum } from '../../../src/features/visualization/spectrum';
import { Warp } from '../../../src/features/visualization/warp';
import { inverseFourier } from '../../../src/metrics/fourier';
import { backends } from '../../helpers/backends';
import { close } from '../../helpers/close';
import { noiseTensor } from '../../helpers/models';

const dot = (a: tf.Tensor, b: tf.Tensor): number => tf.tidy(() => tf.sum(tf.mul(a, b)).dataSync()[0]);
const near = (a: number, b: number, within: number): void => assert.ok(Math.abs(a - b) <= within * Math.max(1, Math.abs(a), Math.abs(b)), `${a} is not ${b}`);

for (const backend of backends) {
  for (const [height, width] of [[6, 8], [7, 5], [1, 1]] as Size[]) {
    test(`the spectrum of ${height} x ${width} on ${backend}: its transpose is that of its planes`, async () => {
      await useBackend(backend);
      const before = tf.memory().numTensors;
      const spectrum = new Spectrum(height, width);
      tf.tidy(() => {
        const numbers = noiseTensor<tf.Rank.R3>([2 * height, 2, spectrum.frequencies], 3);
        const planes = noiseTensor<tf.Rank.R3>([height, 2, width], 4);
        near(dot(spectrum.planes(numbers), planes), dot(numbers, spectrum.back(planes)), 1e-5);
      });
      spectrum.dispose();
      assert.is(tf.memory().numTensors, before);
    });
  }

  for (const param of params) {
    test(`the gradient of ${param} pictures on ${backend} is that of differences`, async () => {
      await useBackend(backend);
      const picture = parametrization(param, [5, 6], false);
      tf.tidy(() => {
        // Where the sigmoid is not flat, and no pixel at the end of its range.
        const numbers = tf.add(picture.start([3, 4]), param === 'pixel' ? 0 : tf.mul(0.3, noiseTensor(picture.start([3, 4]).shape, 5)));
        const pixels = picture.pixels(numbers);
        const weights = noiseTensor<tf.Rank.R4>(pixels.shape, 6);
        const slope = picture.back(numbers, pixels, weights);
        const way = noiseTensor(numbers.shape, 7);
        const along = (step: number): number => dot(picture.pixels(tf.add(numbers, tf.mul(way, step))), weights);
        const step = 1e-2;
        near((along(step) - along(-step)) / (2 * step), dot(slope, way), 5e-3);
      });
      picture.dispose();
    });
  }
}

test('the planes are an inverse Fourier transform that keeps energies', async () => {
  await useBackend('cpu');
  const [height, width] = [6, 8];
  const spectrum = new Spectrum(height, width);
  const numbers = noiseTensor<tf.Rank.R3>([2 * height, 1, spectrum.frequencies], 2);
  const half = numbers.dataSync();
  const full = { re: new Float64Array(height * width), im: new Float64Array(height * width) };
  for (let u = 0; u < height; u++) {
    for (let k = 0; k < width; k++) {
      // The missing half is the mirror image; of the columns that have none the real part of the plane is taken.
      const mirrored = k > width / 2;
      const at = mirrored ? ((height - u) % height) * spectrum.frequencies + width - k : u * spectrum.frequencies + k;
      full.re[u * width + k] = half[at];
      full.im[u * width + k] = (mirrored ? -1 : 1) * half[at + height * spectrum.frequencies];
    }
  }
  const planes = spectrum.planes(numbers);
  const unit = Math.sqrt(height * width);
  close(planes.dataSync(), Float32Array.from(inverseFourier(full, [height, width]).re, (value) => value * unit), 1e-5);
  tf.dispose([numbers, planes]);
  spectrum.dispose();
});

test('pictures start nearly grey, the same from the same seed; those of one seed do not depend on their neighbours', async () => {
  await useBackend('cpu');
  for (const param of params) {
    const picture = parametrization(param, [16, 16], false);
    const pixels = (seeds: number[]): Float32Array => tf.tidy(() => picture.pixels(picture.start(seeds)).dataSync() as Float32Array);
    const [both, second] = [pixels([1, 2]), pixels([2])];
    close(both.subarray(both.length / 2), second, 1e-6);
    assert.ok(both.subarray(0, both.length / 2).some((value, at) => Math.abs(value - second[at]) > 0.1), `${param} differs with the seed`);
    const mean = both.reduce((a, b) => a + b) / both.length;
    assert.ok(Math.abs(mean - 127.5) < 25, `${param} starts around grey: ${mean}`);
    if (param !== 'maco') assert.ok(both.every((value) => Math.abs(value - 127.5) <= 25));
    picture.dispose();
  }
});

test('the phases of maco pictures move things about and leave contrast and grain as in photographs', async () => {
  await useBackend('cpu');
  const side = 64;
  const picture = macoPicture([side, side], true);
  /** Light before the sigmoid, in its own unit. */
  const light = (numbers: tf.Tensor): Float32Array =>
    tf.tidy(() => {
      const pixels = tf.div(tf.slice(picture.pixels(numbers) as tf.Tensor4D, [0, 0, 0, 0], [1, -1, -1, 1]), 255);
      return tf.log(tf.div(pixels, tf.sub(1, pixels))).dataSync() as Float32Array;
    });
  const rms = (values: readonly number[]): number => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
  /** Contrast of the picture, and of the differences of pixels so far apart. */
  const grain = (values: Float32Array, apart: number): number => rms([...values].flatMap((value, at) => (at % side < side - apart ? [value - values[at + apart]] : [])));
  const seeds = [1, 2, 3].map((seed) => tf.tidy(() => light(picture.start([seed]))));
  for (const values of seeds) {
    assert.ok(Math.abs(rms([...values]) / rms([...seeds[0]]) - 1) < 0.15, 'one contrast, whatever the phases');
    // Magnitudes that fall by 1 / f^1.4 make differences grow by about the 0.4th power of the distance.
    const growth = Math.log2(grain(values, 4) / grain(values, 2));
    assert.ok(growth > 0.25 && growth < 0.75, `growth ${growth}`);
  }
  assert.ok(seeds[0].some((value, at) => Math.abs(value - seeds[1][at]) > 0.5));
  picture.dispose();
});

test('a network that sees no colours is given grey pictures', async () => {
  await useBackend('cpu');
  for (const make of [fourierPicture, macoPicture, pixelPicture]) {
    const picture: Parametrization = make([4, 4], true);
    const pixels = tf.tidy(() => picture.pixels(picture.start([1])).dataSync());
    for (let at = 0; at < pixels.length; at += 3) assert.equal([pixels[at + 1], pixels[at + 2]].map((value) => Math.abs(value - pixels[at]) < 1e-3), [true, true]);
    picture.dispose();
  }
});

test('a step of plain ascent has a root mean square of the rate, stays in range, and none without a gradient', async () => {
  await useBackend('cpu');
  const picture = pixelPicture([2, 2], false);
  tf.tidy(() => {
    const numbers = tf.fill([2, 2, 2, 3], 100);
    const grad = tf.concat([noiseTensor<tf.Rank.R4>([1, 2, 2, 3]), tf.zeros([1, 2, 2, 3])]);
    const moved = picture.ascend!(numbers, grad, 3).dataSync() as Float32Array;
    near(Math.sqrt(moved.slice(0, 12).reduce((sum, value) => sum + (value - 100) ** 2, 0) / 12), 3, 1e-4);
    assert.ok(moved.slice(12).every((value) => value === 100));
    assert.ok((picture.ascend!(tf.fill([1, 2, 2, 3], 254), tf.ones([1, 2, 2, 3]), 9).dataSync() as Float32Array).every((value) => value === 255));
  });
  picture.dispose();
});

test('a move: none leaves the picture, a whole pixel shifts it, and the transpose fits', async () => {
  await useBackend('cpu');
  const still = { turn: 0, scale: 1, down: 0, across: 0 };
  tf.tidy(() => {
    const pixels = noiseTensor<tf.Rank.R4>([2, 5, 6, 3], 2);
    close(new Warp([5, 6], still).apply(pixels).dataSync(), pixels.dataSync(), 1e-6);
    const shifted = new Warp([5, 6], { ...still, down: 1, across: -2 }).apply(pixels);
    assert.is(shifted.slice([1, 1, 3, 2], [1, 1, 1, 1]).dataSync()[0], pixels.slice([1, 2, 1, 2], [1, 1, 1, 1]).dataSync()[0]);
    // Beyond the edge the picture goes on as in a mirror.
    assert.is(shifted.slice([0, 0, 1, 0], [1, 1, 1, 1]).dataSync()[0], pixels.slice([0, 1, 0, 0], [1, 1, 1, 1]).dataSync()[0]);
    const warp = new Warp([5, 6], { turn: 0.3, scale: 1.2, down: 0.7, across: -3.4 });
    const weights = noiseTensor<tf.Rank.R4>([2, 5, 6, 3], 3);
    near(dot(warp.apply(pixels), weights), dot(pixels, warp.back(weights)), 1e-5);
    const even = tf.fill([1, 5, 6, 3], 7) as tf.Tensor4D;
    close(warp.apply(even).dataSync(), even.dataSync(), 1e-5);
  });
});

test('moves keep within what is asked for, and come again with the seed', () => {
  const moves = movesOf({ jitter: 3, scale: [0.8, 1], rotate: 20 }, 'fourier', [64, 64])!;
  const list = Array.from({ length: 200 }, (_, step) => moveAt(moves, [64, 64], 7, step));
  assert.equal(list, Array.from({ length: 200 }, (_, step) => moveAt(moves, [64, 64], 7, step)));
  const span = (of: (move: (typeof list)[number]) => number): [number, number] => [Math.min(...list.map(of)), Math.max(...list.map(of))];
  for (const [[low, high], [least, most]] of [[span(({ down }) => down), [-3, 3]], [span(({ scale }) => scale), [0.8, 1]], [span(({ turn }) => (turn * 180) / Math.PI), [-20, 20]]]) {
    assert.ok(low >= least && high <= most && high - low > 0.9 * (most - least), `${low} to ${high}`);
  }
  assert.is(movesOf(false, 'fourier', [8, 8]), undefined);
  assert.is(movesOf(undefined, 'pixel', [8, 8]), undefined);
  assert.equal(movesOf(true, 'pixel', [24, 24])?.jitter, 2);
});

test('total variation is differentiated right, and penalties are as strong as asked', async () => {
  await useBackend('cpu');
  const variation = (pixels: tf.Tensor4D): number => {
    const [, height, width] = pixels.shape;
    const values = pixels.dataSync();
    const at = (y: number, x: number, c: number): number => values[(y * width + x) * 3 + c];
    let sum = 0;
    for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) for (let c = 0; c < 3; c++) sum += Math.hypot(1, y + 1 < height ? at(y + 1, x, c) - at(y, x, c) : 0, x + 1 < width ? at(y, x + 1, c) - at(y, x, c) : 0);
    return sum;
  };
  tf.tidy(() => {
    const pixels = tf.add(tf.mul(noiseTensor<tf.Rank.R4>([1, 4, 3, 3], 2), 20), 100) as tf.Tensor4D;
    const way = noiseTensor<tf.Rank.R4>([1, 4, 3, 3], 5);
    const step = 0.05;
    near((variation(tf.add(pixels, tf.mul(way, step))) - variation(tf.sub(pixels, tf.mul(way, step)))) / (2 * step), dot(variationSlope(pixels), way), 1e-3);
    const grad = noiseTensor<tf.Rank.R4>([1, 4, 3, 3], 6);
    const norm = (each: tf.Tensor): number => Math.sqrt(dot(each, each));
    assert.is(penalized(grad, pixels, { tv: 0, l2: 0 }), grad);
    near(norm(tf.sub(grad, penalized(grad, pixels, { tv: 0.5, l2: 0 }))), 0.5 * norm(grad), 1e-4);
    const pulled = tf.sub(penalized(grad, pixels, { tv: 0, l2: 2 }), grad);
    near(norm(pulled), 2 * norm(grad), 1e-4);
    near(dot(pulled, tf.sub(127.5, pixels)), norm(pulled) * norm(tf.sub(127.5, pixels)), 1e-4);
    assert.ok(penalized(tf.zeros([1, 4, 3, 3]), pixels, { tv: 1, l2: 1 }).dataSync().every((value) => value === 0), 'no pull where there is none to resist');
  });
});

test.run();
