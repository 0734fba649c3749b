import fs from 'node:fs';
import path from 'node:path';
import { sha256, readStamp, writeStamp } from './setup/files.mjs';
import { isMain, packageRoot } from './setup/places.mjs';
import { step } from './setup/report.mjs';
import { SetupError } from './setup/run.mjs';

const dist = path.join(packageRoot, 'dist');
const stamp = path.join(dist, '.built');

/** `dist/`: the package, its kernel and command line, the widgets' scripts, one d.ts. Nothing is done when no source changed. */
export async function build(at) {
  const wanted = sourcesKey();
  if (readStamp(stamp) === wanted) return {};
  at('bundling');
  fs.rmSync(stamp, { force: true });
  const { bundle } = await import('./build/bundle.mjs');
  const { declarations } = await import('./build/declarations.mjs');
  const sizes = await Promise.all([bundle(dist), declarations(dist)]);
  writeStamp(stamp, wanted);
  return { did: sizes.filter(Boolean).join(', ') };
}

/** Changes when a source file, the package or the build itself does. */
function sourcesKey() {
  const files = ['src', 'widgets', 'scripts/build'].flatMap((folder) => tree(path.join(packageRoot, folder)));
  const own = ['package.json', 'package-lock.json', 'scripts/build.mjs', 'scripts/setup/assets.json'].map((name) => path.join(packageRoot, name));
  const lines = [...files, ...own].map((file) => {
    const { size, mtimeMs } = fs.statSync(file);
    return `${path.relative(packageRoot, file)} ${size} ${mtimeMs}`;
  });
  return sha256(lines.sort().join('\n'));
}

const tree = (folder) =>
  fs.existsSync(folder)
    ? fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name))
    : [];

if (isMain(import.meta.filename)) {
  await step('build', build).catch((error) => {
    if (!(error instanceof SetupError)) throw error;
    process.exitCode = 1;
  });
}
