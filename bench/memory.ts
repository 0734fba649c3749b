/**
 * Peak memory and seconds of loading VGG16 (a full-size .h5 of random weights, written to a temporary folder), of its first prediction and of occlusion, in a
 * fresh process; then what 200 calls of every method leave behind. Run: node --import tsx bench/memory.ts [load | calls]
 */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { env } from '../.jupyter/kernels/tslab/kernel.json';
import { ready } from '../src/backend';
import { vgg16 } from '../src/model/vgg16';
import { writeKerasH5 } from '../test/helpers/kerasFile';

const root = path.resolve(__dirname, '..');
const part = process.argv[2];

async function main(): Promise<void> {
  execFileSync(process.execPath, [path.join(root, 'scripts', 'build.mjs')], { stdio: 'inherit' });
  if (part !== 'calls') await load();
  if (part !== 'load') measure('calls', root);
}

async function load(): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'convlens-bench-'));
  try {
    const file = path.join(folder, 'vgg16.h5');
    await ready();
    await writeKerasH5(file, vgg16(), 1);
    console.log(`wrote ${((await stat(file)).size / 1e6).toFixed(0)} MB`);
    measure('loadVgg16', file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs a program of this folder bundled, as users run the package (tsx itself takes half a gigabyte to look through h5wasm), in the kernel's environment, with a gc() to call. */
function measure(name: string, argument: string): void {
  const outfile = path.join(root, 'out', 'bench', `${name}.js`);
  buildSync({ entryPoints: [path.join(__dirname, `${name}.ts`)], bundle: true, platform: 'node', format: 'cjs', packages: 'external', outfile, logLevel: 'error' });
  execFileSync(process.execPath, ['--expose-gc', outfile, argument], { stdio: 'inherit', env: { ...process.env, ...env } });
}

void main();
