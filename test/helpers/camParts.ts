import type { GradCamParts } from '../../src/attribution/cam/gradCam';
import { texture } from './everyWidget';
import { noise } from './models';

/** What a layer might hold: channels of a grid, every fifth of them silent, and their gradients; the sum is worked out here once more. */
export function camParts({ shape = [7, 7, 24], even = false, ...more }: Partial<GradCamParts> & { even?: boolean } = {}): GradCamParts {
  const [height, width, depth] = shape;
  const cells = height * width;
  const random = noise(cells * depth, 3);
  const activations = Float32Array.from({ length: cells * depth }, (_, at) => (at % depth % 5 === 4 ? 0 : Math.max(0, random[at] + 2 * Math.exp(-((((at / depth) % width) - (at % depth) / 4) ** 2) / 4))));
  const slopes = noise(cells * depth, 8);
  const gradients = Float32Array.from({ length: cells * depth }, (_, at) => (even ? slopes[at % depth] : slopes[at] + Math.cos(at % depth)) / 100);
  const weights = Float32Array.from({ length: depth }, (_, channel) => mean(Array.from({ length: cells }, (_, cell) => gradients[cell * depth + channel])));
  const sum = Float32Array.from({ length: cells }, (_, cell) => weights.reduce((total, weight, channel) => total + weight * activations[cell * depth + channel], 0));
  return {
    layer: 'conv',
    shape,
    activations,
    gradients,
    weights,
    sum,
    target: { index: 281, label: 'tabby' },
    score: { logit: 8.25, probability: 0.625 },
    explained: 'logit',
    image: texture(128, 'cat'),
    model: 'toy',
    ...more,
  };
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
