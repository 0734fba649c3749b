import fs from 'node:fs';
import path from 'node:path';
import type { LogLine } from './runPhase';

/** Writes how the training went: `training.json`. */
export async function writeRecord(name: string, folder: string, log: readonly LogLine[], bytes: number): Promise<void> {
  fs.writeFileSync(path.join(folder, 'training.json'), `${JSON.stringify({ name, bytes, log }, null, 1)}\n`);
}
