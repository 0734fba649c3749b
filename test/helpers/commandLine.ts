import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export const root = path.resolve(__dirname, '..', '..');
export const cli = path.join(root, 'dist', 'cli.js');

/** What `npx convlens` in a folder of its own does with some words. */
export function commandLine(name: string): { folder: string; convlens(...words: string[]): Ran; convlensWith(env: NodeJS.ProcessEnv, ...words: string[]): Ran } {
  const folder = mkdtempSync(path.join(os.tmpdir(), `convlens-${name}-`));
  const convlensWith = (env: NodeJS.ProcessEnv, ...words: string[]): Ran => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...words], { encoding: 'utf8', cwd: folder, env: { ...process.env, ...env } });
    return { status, out: stdout.trim(), err: stderr.trim() };
  };
  return { folder, convlensWith, convlens: (...words) => convlensWith({}, ...words) };
}

export interface Ran {
  /** The exit code. */
  status: number | null;
  out: string;
  err: string;
}
