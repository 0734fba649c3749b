import type { Attribution } from '../attribution/attribution';
import { between, knownOptions } from '../check';
import type { Image } from '../image/image';
import { nullMap } from './nullMap';

/** Options of `centreBlob`. */
export interface CentreBlobOptions {
  /** The Gaussian's standard deviation, as a share of the height downwards and of the width across. Default 0.25. */
  sigma?: number;
}

/**
 * A map that only knows that photographers put things into the middle: a Gaussian about the centre of the picture, 1 at its top. An Attribution at the size of the image, to hold others
 * against: a method whose maps lie no better on the things than this one has shown nothing. Of a map it keeps model and target.
 *
 * Options: `sigma` (0.25 of each side). The centre prior as a baseline: Judd, Durand & Torralba 2012, "A benchmark of computational models of saliency to predict human fixations".
 *
 * @example
 * cl.pointingGame(cl.centreBlob(map), box).hit
 */
export function centreBlob(like: Attribution | Image, options: CentreBlobOptions = {}): Attribution {
  knownOptions('centreBlob', options, ['sigma']);
  const sigma = between('sigma', options.sigma ?? 0.25, 0.01, 10);
  return nullMap('centreBlob', like, 'centre blob', 'nearness to the centre', ({ width, height }) => ({ values: blob(width, height, sigma), options: { sigma }, grain: 'coarse' }));
}

function blob(width: number, height: number, sigma: number): Float32Array {
  const bell = (at: number, size: number): number => Math.exp(-(((at + 0.5) / size - 0.5) ** 2) / (2 * sigma ** 2));
  return Float32Array.from({ length: width * height }, (_, at) => bell(at % width, width) * bell(Math.floor(at / width), height));
}
