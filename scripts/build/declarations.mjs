import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { packageRoot } from '../setup/places.mjs';
import { must } from '../setup/run.mjs';

/** Writes dist/index.d.ts: one file, which TypeScript 5.0 (tslab's) reads with Node10 resolution. */
export async function declarations(dist) {
  const entry = path.join('src', 'index.ts');
  if (!fs.existsSync(path.join(packageRoot, entry))) return '';
  const generator = createRequire(import.meta.url).resolve('dts-bundle-generator/dist/bin/dts-bundle-generator.js');
  const file = path.join(dist, 'index.d.ts');
  const args = ['--no-check', '--no-banner', '--silent', '--project', 'tsconfig.json', '--out-file', file, entry];
  await must(process.execPath, [generator, ...args], { cwd: packageRoot, tried: 'bundling the type declarations', todo: 'mend the source; npx tsc --noEmit says more' });
  return `index.d.ts (${Math.round(fs.statSync(file).size / 1024)} kB)`;
}
