import fs from 'node:fs';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { packageRoot, readJson } from '../setup/places.mjs';
import { SetupError } from '../setup/run.mjs';
import { thirdParty } from './thirdParty.mjs';

const { dependencies, optionalDependencies } = readJson(path.join(packageRoot, 'package.json'));
// What a user installs beside convlens stays a `require`; everything else goes into the bundle.
const external = [...Object.keys({ ...dependencies, ...optionalDependencies }), 'tslab', 'convlens'].flatMap((name) => [name, `${name}/*`]);

const programs = { index: 'src/index.ts', exercises: 'src/exercises/index.ts', cli: 'src/cli/index.ts', kernel: 'src/kernel/launcher.ts' };

/** The exercises use the public names only, and share them with the cell: one copy of the package is loaded. */
const besideIndex = {
  name: 'beside-index',
  setup: ({ onResolve }) => onResolve({ filter: /^\.\.\/index$/ }, ({ importer }) => (importer.includes(`${path.sep}exercises${path.sep}`) ? { path: './index.js', external: true } : undefined)),
};

const common = { absWorkingDir: packageRoot, bundle: true, metafile: true, logLevel: 'silent' };
const inNode = { ...common, platform: 'node', format: 'cjs', target: 'node20', sourcemap: true, sourcesContent: false, external, plugins: [besideIndex] };
const inBrowser = { ...common, platform: 'browser', format: 'iife', globalName: 'convlens', target: 'es2022', minify: true, legalComments: 'none' };

/** Writes the JavaScript of dist/ and the licences of what was bundled; gives a word on its size. */
export async function bundle(dist) {
  const jobs = Object.entries(programs)
    .filter(([, entry]) => fs.existsSync(path.join(packageRoot, entry)))
    .map(([name, entry]) => ({ ...inNode, entryPoints: [entry], outfile: path.join(dist, `${name}.js`), banner: name === 'cli' ? { js: '#!/usr/bin/env node' } : {} }));
  for (const [name, entry] of Object.entries(widgetEntries())) jobs.push({ ...inBrowser, entryPoints: [entry], outfile: path.join(dist, 'widgets', `${name}.js`) });
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

/** Every `widgets/NAME/page.ts` becomes a script for the page. */
function widgetEntries() {
  const names = fs.readdirSync(path.join(packageRoot, 'widgets')).filter((name) => fs.existsSync(path.join(packageRoot, 'widgets', name, 'page.ts')));
  return Object.fromEntries(names.map((name) => [name, path.join('widgets', name, 'page.ts')]));
}
