import { type Stats, lstatSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, renameSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { codeOf, isDiskFailure } from '../../download/failure';
import { courseFolder, type CourseFile } from './course';

/** Refuses a folder in which files lie already, unless they may be overwritten; gives the names of those that are there. */
export function checkRoom(folder: string, names: readonly string[], force: boolean): string[] {
  const about = aboutPlace(folder);
  if (about && !about.isDirectory()) throw new Error(`${folder} is a file: name a folder`);
  if (about && realpathSync(folder) === realpathSync(courseFolder)) throw new Error(`${folder} holds the originals: name another folder`);
  const there = names.flatMap((name) => {
    const found = lstatSync(path.join(folder, ...name.split('/')), { throwIfNoEntry: false });
    if (found?.isDirectory()) throw new Error(`${path.join(folder, name)} is a folder, where a file of that name is to be written`);
    return found ? [name] : [];
  });
  if (there.length && !force) throw new Error(`already in ${folder}: ${there.join(', ')}; nothing was written; name another folder, or --force overwrites them`);
  return there;
}

function aboutPlace(folder: string): Stats | undefined {
  try {
    return statSync(folder, { throwIfNoEntry: false });
  } catch (error) {
    throw writeFailure(error, folder); // below a file, or where one may not look
  }
}

/** Writes files into a folder: all of them aside first, then each to its place, so that a full disk leaves what was there. */
export function placeFiles(folder: string, files: readonly CourseFile[]): void {
  const isNew = !statSync(folder, { throwIfNoEntry: false });
  let stage: string | undefined;
  try {
    mkdirSync(folder, { recursive: true });
    stage = mkdtempSync(path.join(folder, '.convlens-'));
    for (const [at, { data }] of files.entries()) writeFileSync(path.join(stage, String(at)), data);
    for (const [at, { name }] of files.entries()) {
      const to = path.join(folder, ...name.split('/'));
      mkdirSync(path.dirname(to), { recursive: true });
      renameSync(path.join(stage, String(at)), to);
    }
  } catch (error) {
    throw writeFailure(error, folder, files.reduce((sum, { data }) => sum + data.length, 0));
  } finally {
    if (stage) rmSync(stage, { recursive: true, force: true });
    if (isNew && statSync(folder, { throwIfNoEntry: false }) && !readdirSync(folder).length) rmdirSync(folder);
  }
}

/** One line for what the disk refused. */
export function writeFailure(error: unknown, place: string, bytes?: number): Error {
  const code = codeOf(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') return new Error(`the disk is full: no room for ${bytes === undefined ? '' : `${megabytes(bytes)} in `}${place}`, { cause: error });
  if (isDiskFailure(error)) return new Error(`cannot write to ${place} (${code})`, { cause: error });
  return error as Error;
}

/** "13.4 MB"; small ones in kB. */
export const megabytes = (bytes: number): string => (bytes < 950e3 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(bytes < 99.5e6 ? 1 : 0)} MB`);
