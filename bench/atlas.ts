/**
 * Seconds and memory of an activation atlas of painted scenes, each in a fresh process: of few and of many images with one position each, so that only their number
 * differs, and as it is made unless told otherwise. A table on stdout. Run: node --import tsx bench/atlas.ts [model] [layer]
 */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { env } from '../.jupyter/kernels/tslab/kernel.json';
import type { AtlasRun } from './atlasRun';

const root = path.resolve(__dirname, '..');
const [model = 'vgg-tiny', layer = ''] = process.argv.slice(2);

/** How many scenes, and how many positions of each; 0 for the default. */
const runs = [[500, 1], [5000, 1], [1000, 0]] as const;

/** Bundled, as users run the package: tsx itself takes half a gigabyte. */
function run(count: number, positions: number): AtlasRun {
  const outfile = path.join(root, 'out', 'bench', 'atlasRun.js');
  buildSync({ entryPoints: [path.join(__dirname, 'atlasRun.ts')], bundle: true, platform: 'node', format: 'cjs', packages: 'external', outfile, logLevel: 'error' });
  return JSON.parse(execFileSync(process.execPath, ['--expose-gc', outfile, model, layer, String(count), String(positions)], { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'ignore'] }).toString()) as AtlasRun;
}

const spent = ({ clock, processor }: AtlasRun['images']): string => `${clock.toFixed(1)} (${processor.toFixed(1)})`;
const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(0);
const heads = ['scenes', 'positions', 'activations', 'layer', 'seconds (processor): images', 'layout and icons', 'again, from the cache', 'MB before', 'peak while images are read', 'peak in all', 'of it vectors', 'cells', 'output MB'];
console.log(`| ${heads.join(' | ')} |\n|${heads.map(() => ' ---: |').join('')}`);
for (const [count, positions] of runs) {
  const { layer: name, positions: taken, activations, images, layout, again, before, reading, peak, vectors, cells, output } = run(count, positions);
  console.log(`| ${[count, taken, activations, name, spent(images), spent(layout), spent(again), megabytes(before), megabytes(reading), megabytes(peak), megabytes(vectors), cells.join(' + '), (output / 1e6).toFixed(2)].join(' | ')} |`);
}
