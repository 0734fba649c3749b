import { readdir, rename, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

const inUse = new Set<string>();
// Whole, and without dots: hosts that share a home folder must not take each other's files for abandoned.
const thisHost = os.hostname().replace(/\W/g, '-');
let count = 0;

/** A name for a file that is not finished, which no other process and no other call uses. */
export function newPart(target: string): string {
  const part = `${target}.${thisHost}.${process.pid}.${++count}.part`;
  inUse.add(part);
  return part;
}

export const releasePart = (part: string): void => void inUse.delete(part);

/** Unfinished files that interrupted downloads of `target` left behind. */
async function abandoned(target: string): Promise<string[]> {
  const folder = path.dirname(target);
  const names = await readdir(folder).catch((): string[] => []);
  const parts = names.filter((name) => name.startsWith(`${path.basename(target)}.`) && name.endsWith('.part')).map((name) => path.join(folder, name));
  const states = await Promise.all(parts.map(isAbandoned));
  return parts.filter((_, i) => states[i]);
}

async function isAbandoned(part: string): Promise<boolean> {
  if (inUse.has(part)) return false;
  const [host, pid] = part.split('.').slice(-4, -2);
  const aDayOld = await stat(part).then(({ mtimeMs }) => Date.now() - mtimeMs > 24 * 3600e3, () => false);
  return aDayOld || (host === thisHost && !isRunning(Number(pid)));
}

function isRunning(pid: number): boolean {
  if (pid === process.pid) return false; // ours, and not in use
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Removes what interrupted downloads left; with `adopt`, the longest of them becomes `part`, to be gone on with. Gives its bytes. */
export async function clearAbandoned(target: string, part: string, adopt: boolean): Promise<number> {
  const left = await Promise.all((await abandoned(target)).map(async (file) => ({ file, size: await sizeOf(file) })));
  left.sort((a, b) => b.size - a.size);
  let adopted = 0;
  for (const { file, size } of left) {
    // Renaming takes it from any other process that has the same thought: only one of them succeeds.
    if (adopt && !adopted && size) adopted = await rename(file, part).then(() => size, () => 0);
    else await rm(file, { force: true });
  }
  return adopted;
}

export const sizeOf = (file: string): Promise<number> => stat(file).then(({ size }) => size, () => 0);
