// One run of bench/atlas.ts: model, layer, scenes, positions; prints what it took as JSON.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { activationAtlas } from '../src/features/atlas/activationAtlas';
import '../src/figure/install';
import { loadModel } from '../src/model/loadModel';
import { scenes } from '../src/scenes/scenes';
import '../widgets/install';

/** Seconds on the clock, and of all processors: the second is the same on a busy machine. */
interface Spent {
  clock: number;
  processor: number;
}

export interface AtlasRun {
  layer: string;
  positions: number;
  activations: number;
  /** Seconds for the images, for the rest, and for all of it when the samples are there already. */
  images: Spent;
  layout: Spent;
  again: Spent;
  /** Bytes in memory before, the most while images were read, and the most of all. */
  before: number;
  reading: number;
  peak: number;
  /** Bytes of all activations as 32-bit numbers. */
  vectors: number;
  /** Cells of each raster. */
  cells: number[];
  /** Bytes of the figure's HTML. */
  output: number;
}

const [name, layer, count, positions] = process.argv.slice(2);

const now = (): Spent => {
  const { user, system } = process.cpuUsage();
  return { clock: performance.now() / 1000, processor: (user + system) / 1e6 };
};
const between = (from: Spent, to: Spent): Spent => ({ clock: to.clock - from.clock, processor: to.processor - from.processor });

async function main(): Promise<void> {
  const cache = mkdtempSync(path.join(os.tmpdir(), 'convlens-bench-'));
  try {
    const model = await loadModel(name);
    const images = scenes({ count: Number(count), seed: 3 });
    await model.predict(await images.entries[0].load());
    globalThis.gc?.();
    const before = process.memoryUsage.rss();
    let [reading, peak] = [0, 0];
    let read: Spent | undefined;
    const look = (): void => {
      const bytes = process.memoryUsage.rss();
      peak = Math.max(peak, bytes);
      if (!read) reading = Math.max(reading, bytes);
    };
    const timer = setInterval(look, 50);
    const start = now();
    const options = { layer: layer || undefined, positions: Number(positions) || undefined, cache };
    const atlas = await activationAtlas(model, images, {
      ...options,
      onProgress({ label, done, total }) {
        look();
        if (label.startsWith('activation atlas') && done === total) read ??= now();
      },
    });
    const end = now();
    clearInterval(timer);
    await activationAtlas(model, images, { ...options, onProgress: null });
    const run: AtlasRun = {
      layer: atlas.layer,
      positions: atlas.positions,
      activations: atlas.count,
      images: between(start, read ?? end),
      layout: between(read ?? end, end),
      again: between(end, now()),
      before,
      reading,
      peak,
      vectors: atlas.count * atlas.map[2] * 4,
      cells: atlas.levels.map(({ cells }) => cells.length),
      output: atlas.figure().html().length,
    };
    console.log(JSON.stringify(run));
  } finally {
    rmSync(cache, { recursive: true });
  }
}

void main();
