import { spawnSync } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { DoctorReport, missing, note, ok } from '../src/doctor/report';

test('a report is well unless something that a notebook needs is missing', () => {
  assert.ok(new DoctorReport([ok('a', 'fine'), note('b', 'slow')]).ok);
  assert.not.ok(new DoctorReport([ok('a', 'fine'), missing('b', 'gone')]).ok);
});

test('a report is a line for each finding, in columns', () => {
  assert.is(new DoctorReport([ok('a', 'fine'), note('long', 'slow'), missing('b', 'gone')]).toString(), '✓ a     fine\n! long  slow\n✗ b     gone');
});

test('npx convlens doctor tells of an empty cache, what to do about it, and fails', () => {
  const cli = path.resolve(__dirname, '..', 'dist', 'cli.js');
  const { status, stdout } = spawnSync(process.execPath, [cli, 'doctor'], { encoding: 'utf8', env: { ...process.env, CONVLENS_CACHE: path.join(os.tmpdir(), 'convlens-no-such-folder') } });
  assert.is(status, 1);
  assert.match(stdout, /✗ default model .*npx convlens setup/);
  assert.match(stdout, /✗ photographs .*npx convlens setup/);
  for (const about of ['convlens', 'machine', 'backend', 'canvas', 'tslab', 'kernel', 'cache']) assert.match(stdout, new RegExp(`^[✓!✗] ${about} `, 'm'));
});

test.run();
