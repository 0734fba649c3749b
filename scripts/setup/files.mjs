import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

export const sha256 = (data) => createHash('sha256').update(data).digest('hex');
export const fileHash = (file) => sha256(fs.readFileSync(file));

/** What a stamp file says, or an empty string. A stamp is written last, so it means that the step was finished. */
export const readStamp = (file) => (fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '');

export function writeStamp(file, text) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
}

/** A new empty folder inside `parent`, on the same disk as what will be renamed out of it. Sweeps those of runs that were killed. */
export function workFolder(parent) {
  fs.mkdirSync(parent, { recursive: true });
  for (const name of fs.readdirSync(parent)) {
    const owner = /^\.part-(\d+)-/.exec(name);
    if (owner && !alive(Number(owner[1]))) fs.rmSync(path.join(parent, name), { recursive: true, force: true });
  }
  return fs.mkdtempSync(path.join(parent, `.part-${process.pid}-`));
}

/** Moves a finished folder to its place; when another process was first, its folder stays. */
export function settle(from, to) {
  fs.mkdirSync(path.dirname(to), { recursive: true });
  try {
    fs.renameSync(from, to);
  } catch (error) {
    if (!fs.existsSync(to)) throw error;
    fs.rmSync(from, { recursive: true, force: true });
  }
}

/** The same file at a second place, without taking room where the disk allows. */
export function linkOrCopy(from, to) {
  fs.mkdirSync(path.dirname(to), { recursive: true });
  fs.rmSync(to, { force: true });
  try {
    fs.linkSync(from, to);
  } catch {
    fs.copyFileSync(from, to, fs.constants.COPYFILE_FICLONE);
  }
}

export function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
