import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { clearAbandoned, newPart, releasePart } from '../../download/part';
import { longWork } from '../../longWork';
import { megabytes, writeFailure } from '../notebooks/placeFiles';
import { quoted } from '../quoted';
import { UsageError } from '../words';
import { type Packed, writeArchive } from './archive';
import { listed, notebookFiles, present } from './contents';
import { manifestName, manifestOf } from './manifest';

/** Packs what the course needs into one file, which is there when it is whole. */
export async function make(file: string, folder: string | undefined, force: boolean, signal: AbortSignal): Promise<void> {
  if (!/\.(tar\.gz|tgz)$/i.test(file)) throw new UsageError(`${file} must end in .tar.gz or .tgz`);
  const there = statSync(file, { throwIfNoEntry: false });
  if (there?.isDirectory()) throw new Error(`${file} is a folder`);
  if (there && !force) throw new Error(`${file} is there already: --force overwrites it`);
  if (!existsSync(path.dirname(file))) throw new Error(`no folder ${path.dirname(file)}`);
  const { packed, leftOut } = await present();
  const notebooks = notebookFiles(folder);
  const files = [...packed, ...notebooks];
  const bytes = total(files);
  const part = newPart(file);
  try {
    await clearAbandoned(file, part, false);
    await longWork(`packing ${path.basename(file)}`, { total: (2 * bytes) / 1e6, unit: 'MB', signal }, async (job) => {
      const lines = [];
      for (const each of files) {
        job.signal.throwIfAborted();
        lines.push(await listed(each));
        await job.advance(total(files.slice(0, lines.length)) / 1e6);
      }
      const text = Buffer.from(`${JSON.stringify(manifestOf(lines), null, 1)}\n`);
      await writeArchive(part, [{ path: manifestName, bytes: text.length, from: text }, ...files], { signal: job.signal, advance: (done) => job.advance((bytes + done) / 1e6) });
    });
    renameSync(part, file);
  } catch (error) {
    throw writeFailure(error, file, bytes);
  } finally {
    rmSync(part, { force: true });
    releasePart(part);
  }
  const held = (['models', 'images', 'notebooks'] as const).map((kind) => {
    const some = files.filter((each) => each.path.startsWith(`${kind}/`));
    return `  ${kind.padEnd(10)} ${told(kind, some)} (${megabytes(total(some))})`;
  });
  console.log([`${file} (${megabytes(statSync(file).size)})`, ...held, ...leftOut.map((line) => `left out: ${line}`)].join('\n'));
  console.log(`on the next machine, where convlens is installed: npx convlens bundle --from ${quoted(path.basename(file))} course`);
}

function told(kind: 'models' | 'images' | 'notebooks', files: readonly Packed[]): string {
  if (kind === 'models') return [...files.map((each) => each.path.split('/')[1]), 'vgg-tiny (in the package itself)'].join(', ');
  const count = files.filter((each) => kind === 'images' || each.path.endsWith('.ipynb')).length;
  return kind === 'images' ? `${count} photographs` : `${count} notebooks`;
}

const total = (files: readonly Packed[]): number => files.reduce((sum, { bytes }) => sum + bytes, 0);
