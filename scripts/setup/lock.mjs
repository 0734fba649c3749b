import fs from 'node:fs';
import path from 'node:path';
import { alive, sha256 } from './files.mjs';
import { cacheFolder } from './places.mjs';

/** Runs `work` while no other set-up of the same folder runs; waits for that one to end. */
export async function alone(root, work) {
  const folder = path.join(cacheFolder(), 'locks');
  fs.mkdirSync(folder, { recursive: true });
  const file = path.join(folder, sha256(root).slice(0, 16));
  for (let told = false; !take(file); told = true) {
    if (!told) console.log(`  another set-up of ${root} is running (process ${owner(file)}); waiting for it`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  // A machine that slept may find its lock in other hands.
  const isOurs = () => owner(file) === process.pid;
  const free = () => isOurs() && fs.rmSync(file, { force: true });
  const beat = setInterval(() => isOurs() && fs.utimesSync(file, new Date(), new Date()), 2000);
  beat.unref();
  process.once('exit', free);
  try {
    return await work();
  } finally {
    process.off('exit', free);
    clearInterval(beat);
    free();
  }
}

// A killed set-up leaves its lock behind, and its process number may be in use again: a lock that no longer beats is void.
const silence = 20_000;
const owner = (file) => Number(fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : 0);

function take(file) {
  try {
    fs.writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (isHeld(file)) return false;
    return replace(file);
  }
}

function isHeld(file) {
  const pid = owner(file);
  return (!pid || alive(pid)) && ageOf(file) < silence;
}

const ageOf = (file) => Date.now() - (fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0);

/** Takes a void lock over. Of several that wait only one may: another would remove the lock that the first has just taken. */
function replace(file) {
  const guard = `${file}.replacing`;
  if (ageOf(guard) > silence) fs.rmSync(guard, { force: true });
  try {
    fs.writeFileSync(guard, '', { flag: 'wx' });
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  }
  try {
    if (!fs.existsSync(file) || isHeld(file)) return false;
    fs.writeFileSync(file, String(process.pid));
    return true;
  } finally {
    fs.rmSync(guard, { force: true });
  }
}
