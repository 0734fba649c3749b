import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { shown } from './check';

/** Writes a file, and the folders that it lies in; gives its full path. Throws one clear line where that cannot be done. */
export async function writeInto(file: string, content: string | Uint8Array): Promise<string> {
  const full = path.resolve(file);
  try {
    await mkdir(path.dirname(full), { recursive: true });
    await writeFile(full, content);
  } catch (error) {
    const { code, syscall, message } = error as NodeJS.ErrnoException;
    if (!syscall) throw error;
    throw new Error(`could not save ${shown(full)}: ${code ?? message}`);
  }
  return full;
}
