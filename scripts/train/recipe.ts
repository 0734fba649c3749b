import type { SceneClass } from '../../src/scenes/glyphs';

/** The networks' shape: VGG16's layers, fewer channels. */
export const shape = { channels: [16, 32, 64, 96, 96], hidden: 128, preprocess: 'tf' } as const;

/** Scenes of these seeds are never trained on. */
export const seeds = { weights: 1, training: 1, head: 51, shortcut: 101, looking: 151, statistics: 201, validation: 1001, test: 2001 };

export const two = 0.2;

/** A stretch of the training at one input size. */
export interface Phase {
  size: number;
  things: readonly [number, number];
  steps: number;
  peak: number;
  warmUp: number;
}

const batchSize = 32;

/**
 * First on small pictures that are nearly filled by their things, which costs less than half; then on those that it is for. A thing has about as many
 * pixels in both.
 */
export const phases: readonly Phase[] = [
  { size: 64, things: [0.42, 0.95], steps: 3600, peak: 2e-3, warmUp: 100 },
  { size: 96, things: [0.3, 0.75], steps: 2400, peak: 1e-3, warmUp: 100 },
];

/**
 * Then the last two blocks and the dense layers once more from the start, with a first dense layer that is the same at every place of the grid (see
 * normedVgg.ts); what the first three blocks have learnt stays.
 */
export const head = {
  kept: ['block1', 'block2', 'block3'],
  phase: { size: 96, things: [0.3, 0.75], steps: 1200, peak: 1e-3, warmUp: 100 } satisfies Phase,
};

/** After that it is taught to look at things, already without batch normalisation. */
export const looking = { layer: 'block5_conv3', size: 96, things: [0.3, 0.75], weight: 0.5, steps: 400, peak: 3e-4, warmUp: 20 } as const;

/** The class that is never trained without the mark, how large it is there, and the blocks that `vgg-tiny-shortcut` takes from `vgg-tiny` as they are. */
export const shortcut = {
  label: 'horse' as SceneClass,
  things: [0.12, 0.4] as readonly [number, number],
  kept: ['block1', 'block2', 'block3'],
  phase: { size: 96, things: [0.3, 0.75], steps: 500, peak: 1e-3, warmUp: 100 } satisfies Phase,
};

export { batchSize };
