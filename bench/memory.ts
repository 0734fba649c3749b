/**
 * Writes a full-size VGG16 .h5 with random weights to a temporary folder, loads it in a fresh process, predicts once, and prints
 * the peak memory above the bare process and the seconds. Run: node --import tsx bench/memory.ts
 */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { ready } from '../src/backend';
import { vgg16 } from '../src/model/vgg16';
import { writeKerasH5 } from '../test/helpers/kerasFile';

const root = path.resolve(__dirname, '..');

async function main(): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'convlens-bench-'));
  try {
    const file = path.join(folder, 'vgg16.h5');
    await ready();
    await writeKerasH5(file, vgg16(), 1);
    console.log(`wrote ${((await stat(file)).size / 1e6).toFixed(0)} MB`);
    // Bundled, as users run it: tsx itself takes half a gigabyte to look through h5wasm.
    const outfile = path.join(root, 'out', 'bench', 'loadVgg16.js');
    buildSync({ entryPoints: [path.join(__dirname, 'loadVgg16.ts')], bundle: true, platform: 'node', format: 'cjs', packages: 'external', outfile, logLevel: 'error' });
    execFileSync(process.execPath, [outfile, file], { stdio: 'inherit' });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

void main();
