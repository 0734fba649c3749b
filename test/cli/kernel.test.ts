import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const root = path.resolve(__dirname, '..', '..');
const folder = mkdtempSync(path.join(os.tmpdir(), 'convlens-cli-'));
const convlens = (...words: string[]) => spawnSync(process.execPath, [path.join(root, 'dist', 'cli.js'), ...words], { encoding: 'utf8', cwd: folder, env: { ...process.env, JUPYTER_DATA_DIR: path.join(folder, 'user') } });

const cli = suite('command line');

cli('says its version and its commands', () => {
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  assert.is(convlens('--version').stdout.trim(), version);
  assert.match(convlens('--help').stdout, /convlens doctor/);
  assert.match(convlens().stdout, /convlens setup/);
});

cli('names the nearest of a mistyped command', () => {
  const { status, stderr } = convlens('doctr');
  assert.is(status, 2);
  assert.is(stderr.trim(), 'no command "doctr"; did you mean "doctor"?');
});

cli('installs a kernelspec that starts its launcher with this Node', () => {
  const { status, stdout } = convlens('kernel', 'install', '--prefix', 'here');
  assert.is(status, 0);
  const file = path.join(folder, 'here', 'share', 'jupyter', 'kernels', 'tslab', 'kernel.json');
  assert.match(stdout, path.dirname(file));
  const { argv, language, interrupt_mode } = JSON.parse(readFileSync(file, 'utf8'));
  assert.ok(existsSync(argv[0]));
  assert.ok(existsSync(argv[1]) && argv[1].endsWith(path.join('dist', 'kernel.js')));
  assert.equal([language, interrupt_mode, argv.at(-1)], ['typescript', 'signal', '{connection_file}']);
});

cli('installs for the user where Jupyter looks', () => {
  assert.is(convlens('kernel', 'install').status, 0);
  assert.ok(existsSync(path.join(folder, 'user', 'kernels', 'tslab', 'kernel.json')));
});

cli('refuses what it does not know, in one line', () => {
  for (const [words, said] of [
    [['kernel', 'instal'], /no command "kernel instal"; did you mean "install"\?/],
    [['kernel', 'install', '--user', '--sys-prefix'], /give one/],
    [['kernel', 'install', '--prefx', 'x'], /--prefx/],
    [['setup', '--agin'], /--agin/],
  ] as const) {
    const { status, stderr } = convlens(...words);
    assert.is.not(status, 0, words.join(' '));
    assert.match(stderr, said);
  }
});

cli.after(() => rmSync(folder, { recursive: true, force: true }));
cli.run();
