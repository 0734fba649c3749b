import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { packageRoot } from '../packageRoot';

const exec = promisify(execFile);

/** What a program prints, or undefined when it is not there or fails. */
export async function answer(command: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<string | undefined> {
  return exec(command, args, { timeout: 60_000, env: { ...process.env, ...env } }).then(
    ({ stdout }) => stdout.trim(),
    () => undefined,
  );
}

/** The version of a package as the user's project sees it, then as convlens sees it. */
export function installed(name: string, from = [process.cwd(), packageRoot]): { version: string; folder: string } | undefined {
  for (const folder of from) {
    for (const place of createRequire(path.join(folder, 'any.js')).resolve.paths(name) ?? []) {
      const found = path.join(place, name);
      const version = versionIn(found);
      if (version) return { version, folder: found };
    }
  }
  return undefined;
}

function versionIn(folder: string): string | undefined {
  try {
    return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')).version;
  } catch {
    return undefined; // not installed there
  }
}

/** Loads a native package in a process of its own, which a broken library cannot end this one from. */
export async function probe(name: 'canvas' | 'tfjs-node'): Promise<Record<string, string | number | boolean> | Error> {
  const script = path.join(packageRoot, 'scripts', 'setup', 'probe.mjs');
  try {
    const { stdout } = await exec(process.execPath, [script, name], { timeout: 60_000, env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2' } });
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
  } catch (error) {
    const { stderr = '', message } = error as Error & { stderr?: string };
    const line = stderr.split('\n').find((text) => /^\w*Error: /.test(text));
    return new Error((line ?? message).replace(/^\w*Error: /, '').trim());
  }
}
