import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { commandLine, root } from '../helpers/commandLine';

const { folder, convlens, convlensWith } = commandLine('cli');
const commands = ['setup', 'notebooks', 'lab', 'bundle', 'kernel', 'doctor'];
const cli = suite('command line');

cli('says its version and its commands', () => {
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  assert.is(convlens('--version').out, version);
  const { out, status } = convlens('--help');
  assert.is(status, 0);
  for (const name of commands) assert.match(out, new RegExp(`^npx convlens ${name} `, 'm'));
  assert.ok(out.split('\n').every((line) => line.length <= 110), 'it fits a terminal');
  assert.equal([convlens().out, convlens('help').out], [out, out]);
});

cli('each command has a help of its own, and does nothing then', () => {
  for (const name of commands) {
    const { out, status, err } = convlens(name, '--help');
    assert.equal([status, err], [0, ''], name);
    assert.match(out, new RegExp(`^npx convlens ${name}`));
    assert.ok(out.split('\n').every((line) => line.length <= 120), name);
    assert.is(convlens('help', name).out, out);
    assert.is(convlens(name, 'x', '--force', '-h').out, out);
  }
});

cli('names the nearest of a mistyped command', () => {
  for (const words of [['doctr'], ['help', 'doctr']]) {
    const { status, err } = convlens(...words);
    assert.equal([status, err], [2, 'no command "doctr"; did you mean "doctor"?']);
  }
});

cli('installs a kernelspec that starts its launcher with this Node', () => {
  const { status, out } = convlens('kernel', 'install', '--prefix', 'here');
  assert.is(status, 0);
  const file = path.join(folder, 'here', 'share', 'jupyter', 'kernels', 'tslab', 'kernel.json');
  assert.match(out, path.dirname(file));
  const { argv, language, interrupt_mode } = JSON.parse(readFileSync(file, 'utf8'));
  assert.ok(existsSync(argv[0]));
  assert.ok(existsSync(argv[1]) && argv[1].endsWith(path.join('dist', 'kernel.js')));
  assert.equal([language, interrupt_mode, argv.at(-1)], ['typescript', 'signal', '{connection_file}']);
});

cli('installs for the user where Jupyter looks', () => {
  assert.is(convlensWith({ JUPYTER_DATA_DIR: path.join(folder, 'user') }, 'kernel', 'install').status, 0);
  assert.ok(existsSync(path.join(folder, 'user', 'kernels', 'tslab', 'kernel.json')));
  if (process.platform !== 'linux') return;
  assert.is(convlensWith({ JUPYTER_DATA_DIR: '', XDG_DATA_HOME: '', HOME: folder }, 'kernel', 'install').status, 0);
  assert.ok(existsSync(path.join(folder, '.local', 'share', 'jupyter', 'kernels', 'tslab', 'logo-64x64.png')));
});

cli('says in one line where it cannot write', () => {
  writeFileSync(path.join(folder, 'file'), '');
  const { status, err } = convlens('kernel', 'install', '--prefix', 'file');
  assert.equal([status, err], [1, `cannot write to ${path.join(folder, 'file', 'share', 'jupyter', 'kernels', 'tslab')} (ENOTDIR)`]);
});

cli('is not installed out of the cache of npx, and says when tslab is missing', () => {
  for (const [place, status, said] of [
    ['_npx/0123', 1, /^this convlens lies in the cache of npx, which npm empties: npm install --ignore-scripts convlens tslab in a folder of your own, then again there$/],
    ['project', 0, /^it needs tslab, which is not installed beside convlens: npm install --ignore-scripts tslab, in .*project$/],
  ] as const) {
    const own = path.join(folder, place, 'node_modules', 'convlens');
    for (const name of ['package.json', 'dist/cli.js', 'dist/kernel.js', '.jupyter']) cpSync(path.join(root, name), path.join(own, name), { recursive: true });
    const ran = spawnSync(process.execPath, [path.join(own, 'dist', 'cli.js'), 'kernel', 'install', '--prefix', path.join(folder, 'there')], { encoding: 'utf8' });
    assert.is(ran.status, status, ran.stderr);
    assert.match(ran.stderr.trim(), said);
  }
});

cli('doctor tells of a kernel whose project is gone', () => {
  const spec = path.join(folder, 'stale', 'kernels', 'zz-gone');
  mkdirSync(spec, { recursive: true });
  writeFileSync(path.join(spec, 'kernel.json'), JSON.stringify({ argv: [process.execPath, '/gone/node_modules/convlens/dist/kernel.js'], display_name: 'TypeScript', language: 'typescript' }));
  const { out } = convlensWith({ JUPYTER_PATH: path.join(folder, 'stale') }, 'doctor');
  if (/JupyterLab +not found/.test(out)) return console.log('not tried: no JupyterLab');
  assert.match(out, /✗ kernel +zz-gone \(.*\) starts \/gone\/node_modules\/convlens\/dist\/kernel\.js, which is gone \(npx convlens kernel install\)/);
});

cli('refuses what it does not know, in one line', () => {
  for (const [words, said] of [
    [['kernel', 'instal'], 'no command "kernel instal"; did you mean "install"?'],
    [['kernel', 'install', 'here'], 'too many words for convlens kernel: here; npx convlens kernel --help'],
    [['kernel', 'install', '--user', '--sys-prefix'], '--user, --sys-prefix and --prefix are three places: give one'],
    [['kernel', 'install', '--prefx', 'x'], 'convlens kernel has no option "--prefx"; did you mean "--prefix"?'],
    [['kernel', 'install', '--prefix'], '--prefix needs a value; npx convlens kernel --help'],
    [['setup', '--agin'], 'convlens setup has no option "--agin"; did you mean "--again"?'],
    [['setup', '--wheels', 'w'], '--wheels says where --jupyter takes JupyterLab from: give both'],
    [['setup', 'everything'], 'too many words for convlens setup: everything; npx convlens setup --help'],
    [['doctor', '--verbose'], 'convlens doctor has no option "--verbose"'],
    [['constructor'], 'no command "constructor"; choices: setup, notebooks, lab, bundle, kernel, doctor'],
  ] as const) {
    const { status, err, out } = convlens(...words);
    assert.equal([status, err, out], [2, said, ''], words.join(' '));
  }
});

cli.after(() => rmSync(folder, { recursive: true, force: true }));
cli.run();
