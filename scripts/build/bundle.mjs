import fs from 'node:fs';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { packageRoot, readJson } from '../setup/places.mjs';
import { SetupError } from '../setup/run.mjs';
import { thirdParty } from './thirdParty.mjs';

const { dependencies, optionalDependencies } = readJson(path.join(packageRoot, 'package.json'));
// What a user installs beside convlens stays a `require`; everything else goes into the bundle.
const external = [...Object.keys({ ...dependencies, ...optionalDependencies }), 'tslab', 'convlens'].flatMap((name) => [name, `${name}/*`]);

const programs = { index: 'src/index.ts', cli: 'src/cli/index.ts', kernel: 'src/kernel/launcher.ts' };

const common = { absWorkingDir: packageRoot, bundle: true, metafile: true, logLevel: 'silent' };
const inNode = { ...common, platform: 'node', format: 'cjs', target: 'node20', sourcemap: true, sourcesContent: false, external };
const inBrowser = { ...common, platform: 'browser', format: 'iife', target: 'es2020', minify: true };

/** Writes the JavaScript of dist/ and the licences of what was bundled; gives a word on its size. */
export async function bundle(dist) {
  const jobs = Object.entries(programs)
    .filter(([, entry]) => fs.existsSync(path.join(packageRoot, entry)))
    .map(([name, entry]) => ({ ...inNode, entryPoints: [entry], outfile: path.join(dist, `${name}.js`), banner: name === 'cli' ? { js: '#!/usr/bin/env node' } : {} }));
  const widgets = browserEntries();
  if (widgets.length) jobs.push({ ...inBrowser, entryPoints: widgets, outdir: path.join(dist, 'widgets') });
  fs.mkdirSync(dist, { recursive: true });
  const results = await Promise.all(jobs.map(built));
  fs.writeFileSync(path.join(dist, 'THIRD-PARTY.txt'), thirdParty(results.flatMap((result) => Object.keys(result.metafile.inputs))));
  if (fs.existsSync(path.join(dist, 'cli.js'))) fs.chmodSync(path.join(dist, 'cli.js'), 0o755);
  const outputs = results.flatMap((result) => Object.entries(result.metafile.outputs)).filter(([name]) => name.endsWith('.js'));
  return `${outputs.length} scripts (${Math.round(outputs.reduce((sum, [, output]) => sum + output.bytes, 0) / 1024)} kB)`;
}

async function built(options) {
  try {
    return await esbuild.build(options);
  } catch (error) {
    const lines = (error.errors ?? []).map(({ text, location }) => (location ? `${location.file}:${location.line}: ${text}` : text));
    throw new SetupError(lines.slice(0, 5).join('\n') || error.message, { tried: `bundling ${options.entryPoints.join(', ')}`, todo: 'mend the source; npx tsc --noEmit says more' });
  }
}

function browserEntries() {
  const folder = path.join(packageRoot, 'widgets', 'browser');
  return fs.existsSync(folder) ? fs.readdirSync(folder).filter((name) => name.endsWith('.ts')).map((name) => path.join('widgets', 'browser', name)) : [];
}
