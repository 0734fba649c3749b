import { UMAP } from 'umap-js';
import { uniformDraws } from '../../../model/uniform';
import type { Job } from '../../../progress';
import { nearestByCosine } from './neighbours';

export interface UmapOptions {
  /** Coordinates of a place. */
  dims: 1 | 2;
  nNeighbors: number;
  minDist: number;
  seed: number;
}

/** Places, `[n, dims]` flat, and how far the work came. */
export interface Layout {
  places: Float32Array;
  epochs: number;
  of: number;
}

/** Half the width in which the places begin, as umap-js has it. */
const startWidth = 10;

/** How many parts the search for neighbours is told as, in a count of epochs. */
const searchShare = 40;

/**
 * Places such that what is near by cosine comes to lie near (McInnes, Healy & Melville 2018), beginning from the principal components, in steps that give way to the
 * event loop. The signal ends it early: what there is so far is kept, unless the search for neighbours is not over.
 */
export async function umapLayout(vectors: Float32Array, width: number, { dims, nNeighbors, minDist, seed }: UmapOptions, start: Float32Array, job: Job): Promise<Layout> {
  const size = vectors.length / width;
  const search = nearestByCosine(vectors, width, nNeighbors);
  let part = search.next();
  while (!part.done) {
    job.signal.throwIfAborted();
    await job.advance((part.value / size) * searchShare);
    part = search.next();
  }
  const umap = new UMAP({ nComponents: dims, nNeighbors, minDist, random: uniformDraws(seed) });
  // Only what places further points later needs it, and it takes a fifth of the memory.
  Object.assign(umap, { makeSearchGraph: () => undefined });
  umap.setPrecomputedKNN(part.value.indices, part.value.distances);
  // It asks the vectors for their number only, now that the neighbours are known.
  const of = umap.initializeFit(Array.from({ length: size }, () => []));
  const places = umap.getEmbedding();
  const scale = startWidth / (start.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1);
  places.forEach((place, at) => place.forEach((random, axis) => (place[axis] = start[at * dims + axis] * scale + random * 1e-3)));
  let epochs = 0;
  while (epochs < of && !job.signal.aborted) {
    epochs = umap.step();
    await job.advance(searchShare + (epochs / of) * (100 - searchShare));
  }
  return { places: Float32Array.from(umap.getEmbedding().flat()), epochs, of };
}
