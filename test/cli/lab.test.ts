import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readNotebook, sourceOf } from '../../src/cli/notebooks/ipynb';
import { cli, commandLine, root } from '../helpers/commandLine';
import { noPython, python, skipAll } from '../helpers/kernel';
import { runLab } from '../helpers/runningLab';

const { folder, convlens } = commandLine('lab');
const at = (...parts: string[]): string => path.join(folder, ...parts);
const lab = suite('npx convlens lab');

lab('refuses what it does not know, in one line', () => {
  writeFileSync(at('file'), '');
  for (const [words, status, said] of [
    [['course'], 1, 'no folder course; npx convlens notebooks course makes it, with the course'],
    [['my course'], 1, 'no folder my course; npx convlens notebooks "my course" makes it, with the course'],
    [['file'], 1, 'file is a file: name its folder'],
    [['--port', '0'], 2, '--port must be a whole number from 1 to 65535, got "0"'],
    [['--port', 'http'], 2, '--port must be a whole number from 1 to 65535, got "http"'],
    [['--no-browsr'], 2, 'convlens lab has no option "--no-browsr"; did you mean "--no-browser"?'],
    [['a', 'b'], 2, 'too many words for convlens lab: b; npx convlens lab --help'],
  ] as const) {
    const ran = convlens('lab', ...words);
    assert.equal([ran.err, ran.status, ran.out], [said, status, ''], words.join(' '));
  }
  assert.not.ok(existsSync(at('node_modules')));
});

lab('starts on loopback, in a folder outside the project, and runs a notebook of the students', async () => {
  convlens('notebooks', 'course', '--student', '--only', '00,07');
  const code = readNotebook(readFileSync(at('course', '07-grad-cam.ipynb'), 'utf8')).cells.filter(({ cell_type }) => cell_type === 'code').map(sourceOf);
  const running = await runLab(cli, ['course'], { cwd: folder });
  try {
    assert.match(running.url, /^http:\/\/127\.0\.0\.1:\d+\/lab\/tree\/00-start-here\.ipynb\?token=[\da-f]{48}$/);
    assert.match(running.printed(), new RegExp(`^\\S+course lies outside the project: its node_modules links to ${root}, so that cells find it$`, 'm'));
    assert.is((await fetch(running.url.replace(/token=.*/, 'token=guessed'), { redirect: 'manual' })).status, 302, 'without its token there is no way in');
    assert.is((await fetch(running.url)).status, 200);
    const listed = (await (await fetch(running.url.replace(/lab\/tree.*\?/, 'api/contents?'))).json()) as { content: { name: string }[] };
    assert.equal(listed.content.map(({ name }) => name).sort(), ['00-start-here.ipynb', '07-grad-cam.ipynb']);
    const outcomes = await running.run('07-grad-cam.ipynb', code);
    const failed = outcomes.find(({ status }) => status !== 'ok');
    assert.is(failed, undefined, failed && `${code[outcomes.indexOf(failed)]}\n${failed.text}`);
    assert.is(outcomes.length, code.length);
    assert.ok(outcomes.filter(({ text }) => text.includes('image/png')).length >= 5, 'pictures are shown');
    // TypeScript knows the types, too, although convlens lies elsewhere.
    const [typed] = await running.run('00-start-here.ipynb', ["import * as cl from 'convlens';\nconst wrong: number = await cl.loadImage('scene:cat');"]);
    assert.match(typed.text, /Type 'Image' is not assignable to type 'number'/);
  } finally {
    assert.is(await running.stop(), 0);
  }
  assert.is(realpathSync(at('course', 'node_modules', 'convlens')), realpathSync(root));
  await fetch(running.url).then(() => assert.unreachable('it still answers'), () => undefined);
});

lab('a link whose project has moved is made anew; another port can be named, unless it is taken', async () => {
  rmSync(at('course', 'node_modules', 'convlens'));
  symlinkSync(at('gone'), at('course', 'node_modules', 'convlens'));
  const taken = net.createServer();
  const port = await new Promise<number>((resolve) => taken.listen(0, '127.0.0.1', () => resolve((taken.address() as net.AddressInfo).port)));
  assert.is(convlens('lab', 'course', '--port', String(port)).err, `port ${port} is in use: give another, or none for a free one`);
  await new Promise((resolve) => taken.close(resolve));
  const running = await runLab(cli, ['course', '--port', String(port), '--', '--ServerApp.shutdown_no_activity_timeout=600'], { cwd: folder });
  assert.is(new URL(running.url).port, String(port));
  assert.is(await running.stop(), 0);
  assert.is(realpathSync(at('course', 'node_modules', 'convlens')), realpathSync(root));
  assert.ok(lstatSync(at('course', 'node_modules', 'convlens')).isSymbolicLink());
});

lab('takes the command jupyter-lab where no Python has it, and asks for it where there is none', async () => {
  const { findJupyter } = await import(pathToFileURL(path.join(root, 'scripts', 'jupyter', 'find.mjs')).href);
  const { PATH, VIRTUAL_ENV, CONDA_PREFIX } = process.env;
  delete process.env.VIRTUAL_ENV;
  delete process.env.CONDA_PREFIX;
  try {
    process.env.PATH = at('empty');
    assert.is(findJupyter([]), null);
    mkdirSync(at('bin'));
    writeFileSync(at('bin', 'jupyter-lab'), `#!${process.execPath}\nconsole.log('4.6.6')\n`);
    chmodSync(at('bin', 'jupyter-lab'), 0o755);
    process.env.PATH = at('bin');
    assert.equal(findJupyter([]), { command: 'jupyter-lab', args: [] });
    const { command, args } = findJupyter([at('empty'), root]);
    assert.match(command, /\.venv/);
    assert.equal(args, ['-m', 'jupyterlab']);
  } finally {
    Object.assign(process.env, { PATH, ...(VIRTUAL_ENV && { VIRTUAL_ENV }), ...(CONDA_PREFIX && { CONDA_PREFIX }) });
  }
});

lab.after(() => rmSync(folder, { recursive: true, force: true }));
if (python()) lab.run();
else skipAll('npx convlens lab', noPython);
