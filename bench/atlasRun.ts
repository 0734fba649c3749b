// One run of bench/atlas.ts: model, layer, scenes, positions; prints what it took as JSON.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { activationAtlas } from '../src/features/atlas/activationAtlas';
import '../src/figure/install';
import { loadModel } from '../src/model/loadModel';
import { scenes } from '../src/scenes/scenes';
import '../widgets/install';

export interface AtlasRun {
  layer: string;
  positions: number;
  activations: number;
  /** Seconds for the images, for the rest, and for all of it when the samples are there already. */
  images: number;
  layout: number;
  again: number;
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

async function main(): Promise<void> {
  const cache = mkdtempSync(path.join(os.tmpdir(), 'convlens-bench-'));
  try {
    const model = await loadModel(name);
    const images = scenes({ count: Number(count), seed: 3 });
    await model.predict(await images.entries[0].load());
    globalThis.gc?.();
    const before = process.memoryUsage.rss();
    let [reading, peak, read] = [0, 0, 0];
    const look = (): void => {
      const now = process.memoryUsage.rss();
      peak = Math.max(peak, now);
      if (!read) reading = Math.max(reading, now);
    };
    const timer = setInterval(look, 50);
    const start = performance.now();
    const options = { layer: layer || undefined, positions: Number(positions) || undefined, cache };
    const atlas = await activationAtlas(model, images, {
      ...options,
      onProgress({ label, done, total }) {
        look();
        if (label.startsWith('activation atlas') && done === total) read ||= performance.now();
      },
    });
    const end = performance.now();
    clearInterval(timer);
    await activationAtlas(model, images, { ...options, onProgress: null });
    const run: AtlasRun = {
      layer: atlas.layer,
      positions: atlas.positions,
      activations: atlas.count,
      images: (read - start) / 1000,
      layout: (end - read) / 1000,
      again: (performance.now() - end) / 1000,
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
