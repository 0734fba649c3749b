import { between, knownOptions, oneOf, truth, whole } from '../../check';
import type { LongWorkOptions } from '../../progress';
import { type Moves, movesOf, type Transforms } from './moves';
import { type Param, params, type Size } from './parametrization';
import type { Penalties } from './penalties';

/** Options of everything that optimises a picture. */
export interface PictureOptions extends LongWorkOptions {
  /** The side of the picture in pixels. Default: 128, or the network's input size where that is smaller or the layers up to the target take no other; for a class the input size. */
  size?: number;
  /** How many steps of optimisation. Default 128. */
  steps?: number;
  /** Of the noise that it starts from, and of the moves. Default 0. */
  seed?: number;
  /** What is optimised: the spectrum (`'fourier'`, the default), the pixels (`'pixel'`, plain gradient ascent), or the phases alone (`'maco'`). */
  param?: Param;
  /** Moves the picture about at each step: `true` with the defaults, `false` not at all, or `{ jitter, scale, rotate }`. Default: on, with `param: 'pixel'` off. */
  transforms?: boolean | Transforms;
  /** How strongly neighbouring pixels are kept alike (total variation), beside the pull of the activation: 1 is as strong. Default 0. */
  tv?: number;
  /** How strongly the picture is kept near mid grey, beside the pull of the activation. Default 0. */
  l2?: number;
  /** The size of a step. Default 0.05 (Adam); with `param: 'pixel'` 2 shades, root mean square; with `'maco'` 0.05 radians. */
  learningRate?: number;
  /** Whether, in the first 16 steps, a gradient that no ReLU passes is led around it, so that a filter that is dead at the start starts. Default true, with `param: 'pixel'` false. */
  redirect?: boolean;
  /** How many pictures go through the network at once. Default: what fits in half a gigabyte. */
  batchSize?: number;
  /** How many pictures on the way are kept, beside the first and the last. Default 6. */
  snapshots?: number;
}

export const pictureOptions = ['size', 'steps', 'seed', 'param', 'transforms', 'tv', 'l2', 'learningRate', 'redirect', 'batchSize', 'snapshots', 'signal', 'onProgress'] as const;

/** The options, checked, with their defaults; what depends on the size of the picture is settled with it. */
export interface Settings {
  param: Param;
  steps: number;
  seed: number;
  rate: number;
  redirect: number;
  penalties: Penalties;
  snapshots: number;
  batchSize?: number;
  size?: number;
  moves(size: Size): Moves | undefined;
}

const rates: Record<Param, number> = { fourier: 0.05, pixel: 2, maco: 0.05 };
const redirected = 16;

export function settingsOf(method: string, options: PictureOptions, names: readonly string[], usual: { steps: number; transforms?: boolean } = { steps: 128 }): Settings {
  knownOptions(method, options, [...names, ...pictureOptions]);
  const { size, batchSize, transforms = usual.transforms } = options;
  const param = oneOf('param', options.param ?? 'fourier', params);
  const settings = {
    param,
    steps: whole('steps', options.steps ?? usual.steps),
    seed: whole('seed', options.seed ?? 0, 0, Number.MAX_SAFE_INTEGER),
    rate: between('learningRate', options.learningRate ?? rates[param], 1e-6, 1e3),
    redirect: truth('redirect', options.redirect ?? param !== 'pixel') ? redirected : 0,
    penalties: { tv: between('tv', options.tv ?? 0, 0, 100), l2: between('l2', options.l2 ?? 0, 0, 100) },
    snapshots: whole('snapshots', options.snapshots ?? 6, 0, 100),
    batchSize: batchSize === undefined ? undefined : whole('batchSize', batchSize),
    size: size === undefined ? undefined : whole('size', size, 8, 2048),
    moves: (of: Size) => movesOf(transforms, param, of),
  };
  // Wrong transforms are told before anything runs.
  settings.moves([64, 64]);
  return settings;
}

/** What the caption tells of the settings. */
export function toldOptions({ param, steps, rate, redirect, penalties, moves: movesFor }: Settings, size: Size): Record<string, unknown> {
  const moves = movesFor(size);
  return {
    size: [...size],
    steps,
    param,
    learningRate: rate,
    transforms: moves ? { jitter: moves.jitter, scale: [...moves.scale], rotate: moves.rotate } : false,
    redirect: redirect > 0,
    ...(penalties.tv ? { tv: penalties.tv } : {}),
    ...(penalties.l2 ? { l2: penalties.l2 } : {}),
  };
}
