import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { run, SetupError } from './run.mjs';

const probe = path.join(path.dirname(fileURLToPath(import.meta.url)), 'probe.mjs');
export const machine = `${process.platform}-${process.arch}`;

/** Loads a native package in a process of its own: { ok, why }. */
export const loads = (name, log) => run(process.execPath, [probe, name], { log, limit: 60, env: { TF_CPP_MIN_LOG_LEVEL: '2' } });

export async function mustLoad(name, log) {
  const loaded = await loads(name, log);
  if (!loaded.ok) throw new SetupError(loaded.why, { tried: `loading ${name}, after building it`, log, todo: 'send the log to the project: npx convlens doctor says the rest' });
}

/** Whether a host answers at all within a few seconds; where a proxy is set, only the download itself can tell. */
export async function reachable(url) {
  if (process.env.HTTPS_PROXY || process.env.https_proxy) return true;
  try {
    await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(5000) });
    return true;
  } catch {
    return false;
  }
}
