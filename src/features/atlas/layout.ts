import { longWork } from '../../longWork';
import type { LongWorkOptions } from '../../progress';
import { quantileSorted } from '../../quantileSorted';
import { along, principalAxes } from './reduce/principalAxes';
import { umapLayout } from './reduce/umapLayout';

/** How activations are laid out in the plane. */
export type AtlasLayout = 'umap' | 'pca';
export const atlasLayouts: readonly AtlasLayout[] = ['umap', 'pca'];

/** What a layout was made with. */
export interface LayoutFacts {
  kind: AtlasLayout;
  /** `'pca'`: the share of the whole spread that the two axes hold. */
  shares?: readonly number[];
  /** `'umap'`: how many dimensions the activations were reduced to before, its parameters, and the epochs it ran. */
  dims?: number;
  nNeighbors?: number;
  minDist?: number;
  epochs?: number;
}

/** Activations in blocks, `[n, channels]` flat, as often as they are asked for. */
export interface Vectors {
  channels: number;
  /** How many there are in all. */
  count: number;
  blocks(): Iterable<Float32Array>;
}

/** Dimensions that UMAP is given. */
const reduced = 30;

/** Fewer activations than this say nothing about neighbourhoods. */
const fewestForUmap = 40;

/** umap-js takes about 0.1 MB for each while it begins. */
const mostForUmap = 30_000;

/** Percentiles that the layout is cut to, and the room around them, as in the article's code. */
const [lowest, highest, room] = [1, 99, 0.1];

export interface LayoutOptions extends LongWorkOptions {
  layout: AtlasLayout;
  nNeighbors: number;
  minDist: number;
  seed: number;
}

/** A place in [0, 1] x [0, 1] for each activation, x and y in turn, with what must be said of it. */
export async function layOut(vectors: Vectors, { layout, nNeighbors: wanted, minDist, seed, ...work }: LayoutOptions): Promise<{ places: Float32Array; facts: LayoutFacts; notes: string[] }> {
  const { count, channels } = vectors;
  const notes: string[] = [];
  const centred = principalAxes(vectors.blocks, channels, 2, true);
  const flat = toPlane(projected(vectors, centred), centred.count);
  const alike = centred.shares.every((share) => share === 0);
  const kind = layout === 'umap' && count >= fewestForUmap && count <= mostForUmap && !alike ? 'umap' : 'pca';
  if (alike && count > 1) notes.push('all activations are the same: there is one place only');
  else if (kind !== layout) notes.push(count < fewestForUmap ? `${count} ${count === 1 ? 'activation is' : 'activations are'} too few for UMAP, which needs ${fewestForUmap}: laid out by PCA` : `${count.toLocaleString('en')} activations are too many for UMAP (at most ${mostForUmap.toLocaleString('en')}): laid out by PCA; give fewer positions`);
  if (kind === 'pca') return { places: scaled(flat), facts: { kind, shares: centred.shares }, notes };

  // Not centred: the angles between activations are what the cosine is taken of.
  const axes = channels > reduced ? principalAxes(vectors.blocks, channels, reduced, false) : undefined;
  const small = axes ? projected(vectors, axes) : joined(vectors);
  const dims = axes?.count ?? channels;
  const nNeighbors = Math.min(wanted, count - 1);
  const { places, epochs, of } = await longWork('laying out the atlas', { total: 100, unit: '%', ...work }, (job) => umapLayout(small, dims, { dims: 2, nNeighbors, minDist, seed }, flat, job));
  if (epochs < of) notes.push(`the layout was stopped after ${epochs} of ${of} epochs`);
  return { places: scaled(places), facts: { kind, dims, nNeighbors, minDist, epochs }, notes };
}

/** A place on a line in [0, 1] for each of a few vectors, such that those that are alike lie near. */
export async function lineUp(values: Float32Array, channels: number, { layout, nNeighbors, minDist, seed }: LayoutOptions): Promise<Float32Array> {
  const count = values.length / channels;
  const axes = principalAxes(() => [values], channels, 1, true);
  const line = along(axes, values);
  if (layout === 'pca' || count < fewestForUmap) return scaled(line, 1);
  const job = { signal: new AbortController().signal, advance: async () => {} };
  const { places } = await umapLayout(values, channels, { dims: 1, nNeighbors: Math.min(nNeighbors, count - 1), minDist, seed }, line, job);
  return scaled(places, 1);
}

function projected({ blocks, count }: Vectors, axes: Parameters<typeof along>[0]): Float32Array {
  const all = new Float32Array(count * axes.count);
  let at = 0;
  for (const block of blocks()) {
    const part = along(axes, block);
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function joined({ blocks, count, channels }: Vectors): Float32Array {
  const all = new Float32Array(count * channels);
  let at = 0;
  for (const block of blocks()) {
    all.set(block, at);
    at += block.length;
  }
  return all;
}

/** Two coordinates to a place: of one channel or one activation there is one axis only. */
const toPlane = (values: Float32Array, count: number): Float32Array => (count >= 2 ? values : Float32Array.from({ length: values.length * 2 }, (_, at) => (at % 2 ? 0 : values[at >> 1])));

/** Each coordinate cut at percentiles with some room around, and scaled to [0, 1]; what does not vary lies in the middle. */
export function scaled(places: Float32Array, dims = 2): Float32Array {
  const result = new Float32Array(places.length);
  for (let axis = 0; axis < dims; axis++) {
    const values = places.filter((_, at) => at % dims === axis).sort();
    const [low, high] = [lowest, highest].map((percent) => quantileSorted(values, percent / 100));
    const [from, to] = [Math.max(values[0], low - room * (high - low)), Math.min(values[values.length - 1], high + room * (high - low))];
    for (let at = axis; at < places.length; at += dims) result[at] = to > from ? (Math.max(from, Math.min(to, places[at])) - from) / (to - from) : 0.5;
  }
  return result;
}
