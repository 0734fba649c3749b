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
  const free = () => fs.rmSync(file, { force: true });
  const beat = setInterval(() => fs.utimesSync(file, new Date(), new Date()), 2000);
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
    const pid = owner(file);
    const age = Date.now() - (fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0);
    if ((!pid || alive(pid)) && age < silence) return false;
    fs.rmSync(file, { force: true });
    return take(file);
  }
}
