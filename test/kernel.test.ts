import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { bundle, type Cell, type CellRun, noPython, type Output, printed, python, runCells, runNotebook, skipAll } from './helpers/kernel';

const kernel = suite('the kernel');
const root = path.resolve(__dirname, '..');
const stockTslab = path.join(root, 'node_modules', 'tslab', 'bin', 'tslab');
const importing = 'const cl = require("./showing.js")';
let launcher: string;

kernel.before(() => {
  launcher = bundle('src/kernel/launcher.ts', 'kernel.js');
  bundle('test/fixtures/showing.ts', 'showing.js');
});

const inOurs = (cells: Cell[]): Promise<CellRun[]> => runCells(launcher, cells);
const inStock = (cells: Cell[]): Promise<CellRun[]> => runCells(stockTslab, cells, path.dirname(launcher));
const types = (run: CellRun): string[] => run.outputs.map((output) => output.type);
const pictures = (run: CellRun): string[] => run.outputs.filter((output) => output.type === 'display_data').map((output) => (output.data as Record<string, string>)['text/plain']);
const numbered = (count: number): string => Array.from({ length: count }, (_, index) => `line ${index}\n`).join('');

kernel('20,000 printed lines all arrive, and the cell ends', async () => {
  const [run] = await inOurs(['for (let i = 0; i < 20000; i++) console.log("line " + i)']);
  assert.is(printed(run), numbered(20000));
  assert.is(run.reply.status, 'ok');
});

kernel('errors arrive as errors, once, with their name, message and the reader\'s own frames', async () => {
  const [thrown, typed, text, own, late] = await inOurs([
    'function inner(a: any) { return a.b.c }\n\ntype Unused = { gone: number };\ninner({})',
    'const whole = 1;\nwhole.foo()',
    'throw "oops"',
    'class ShapeError extends Error { name = "ShapeError" }\nawait Promise.reject(new ShapeError("224 expected"))',
    'Promise.reject(new RangeError("stride 0"))',
  ]);
  const error = (run: CellRun): Output => {
    assert.equal(types(run), ['error']);
    assert.is(run.reply.status, 'error');
    assert.is(run.reply.ename, run.outputs[0].ename);
    return run.outputs[0];
  };
  assert.is(error(thrown).ename, 'TypeError');
  assert.is(error(thrown).evalue, "Cannot read properties of undefined (reading 'c')");
  assert.equal(error(thrown).traceback, [
    "TypeError: Cannot read properties of undefined (reading 'c')",
    '    at inner (cell [1], line 1)',
    '        function inner(a: any) { return a.b.c }',
    '    at cell [1], line 4',
    '        inner({})',
  ]);
  assert.is(error(typed).evalue, "2:7 - Property 'foo' does not exist on type '1'.");
  assert.equal((error(typed).traceback as string[]).slice(1), ['    whole.foo()', '          ^']);
  assert.is(error(text).evalue, 'oops');
  assert.equal([error(own).ename, error(own).evalue], ['ShapeError', '224 expected']);
  assert.equal([error(late).ename, error(late).evalue], ['RangeError', 'stride 0']);
});

kernel('a shorthand finds the variables of earlier cells, and errors behind one keep their place', async () => {
  const [, found, shadowed, typed] = await inOurs([
    'const patch = 32, stride = 16; const later = async (x: object) => JSON.stringify(x);',
    'console.log(await later({ patch, stride, of: { patch } }))',
    'const own = (patch: number) => ({ patch, stride }); let { patch: side, ...rest } = own(8); ({ side } = { side: side + 1 }); console.log(side, rest)',
    'own(1);\nlater({ patch, stride }); patch.foo()',
  ]);
  assert.is(printed(found), '{"patch":32,"stride":16,"of":{"patch":32}}\n');
  assert.is(printed(shadowed), '9 { stride: 16 }\n');
  assert.is(typed.reply.evalue, "2:33 - Property 'foo' does not exist on type '32'.");
});

kernel('nbclient gets execution counts, and a failed cell by its name', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'convlens-notebook-'));
  const file = path.join(folder, 'failing.ipynb');
  const code = ['1 + 1', 'throw new RangeError("patch 300 is larger than the image")', '"never run"'];
  const cells = code.map((source, index) => ({ cell_type: 'code', id: `cell${index}`, metadata: {}, outputs: [], execution_count: null, source }));
  writeFileSync(file, JSON.stringify({ cells, metadata: { kernelspec: { name: 'tslab', display_name: 'TypeScript', language: 'typescript' } }, nbformat: 4, nbformat_minor: 5 }));
  try {
    const run = await runNotebook(launcher, file, path.dirname(launcher));
    assert.equal(run.cells.map((cell) => cell.execution_count), [1, 2, null]);
    assert.equal([run.error?.ename, run.error?.evalue], ['RangeError', 'patch 300 is larger than the image']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

kernel('a figure as the last value is one output with html, png and text, and nothing printed', async () => {
  const [, last, awaited, promised, array, logged] = await inOurs([
    importing,
    'cl.figure("last")',
    'await Promise.resolve(cl.figure("awaited"))',
    'new Promise((resolve) => setTimeout(() => resolve(cl.figure("promised")), 50))',
    '[cl.figure("first"), cl.figure("second")]',
    'console.log(cl.figure("logged"))',
  ]);
  for (const [run, caption] of [[last, 'last'], [awaited, 'awaited'], [promised, 'promised'], [logged, 'logged']] as const) {
    assert.equal(types(run), ['display_data']);
    const { data, metadata } = run.outputs[0] as unknown as { data: Record<string, string>; metadata: Record<string, object> };
    assert.equal(Object.keys(data), ['text/html', 'image/png', 'text/plain']);
    assert.match(data['text/html'], /<img [^>]*alt="a blue circle beside a red square"/);
    assert.is(Buffer.from(data['image/png'], 'base64').subarray(1, 4).toString(), 'PNG');
    assert.equal(metadata['image/png'], { width: 240, height: 120 });
    assert.is(data['text/plain'], caption);
  }
  assert.equal(types(array), ['display_data', 'display_data']);
});

kernel('display shows in the middle of a cell, and printed text stays', async () => {
  const [, run] = await inOurs([importing, 'cl.display(cl.figure("now")); console.log(""); console.log("beside", cl.figure("logged")); ({ named: cl.figure("named") })']);
  assert.equal(pictures(run), ['now', 'logged', 'named']);
  assert.is(printed(run), '\nbeside logged\n{ named: named }\n');
});

const working = 'await cl.longWork("occlusion", { total: 4000, unit: "windows" }, async (job) => { let i = 0; while (i < 4000 && !job.signal.aborted) { await new Promise((r) => setTimeout(r, 5)); await job.advance(++i); if (i === 200) console.log("under way") } return i })';

kernel('interrupt stops long work, which keeps what it has; the kernel lives', async () => {
  const [, stopped, next, waiting, spinning, last] = await inOurs([
    importing,
    { code: working, interruptAt: 'under way' },
    '"alive"',
    { code: 'setTimeout(() => console.log("waiting"), 100); await new Promise((r) => setTimeout(r, 20000))', interruptAt: 'waiting' },
    { code: 'console.log("spinning"); while (true) {}', interruptAt: 'spinning' },
    '"still alive"',
  ]);
  assert.is(stopped.reply.status, 'ok');
  assert.ok(stopped.secondsAfterInterrupt! < 2, `${stopped.secondsAfterInterrupt} s`);
  assert.match(printed(stopped), /^under way\n2\d\d\n$/);
  assert.match(JSON.stringify(stopped.outputs), /occlusion: stopped after 2\d\d of 4,000 windows/);
  assert.is(printed(next), 'alive\n');
  for (const run of [waiting, spinning]) assert.is(run.reply.ename, 'Interrupted');
  assert.is(printed(last), 'still alive\n');
});

kernel('where there are no signals (Windows), an interrupt message stops what waits', async () => {
  const cells = [importing, { code: working, interruptAt: 'under way' }, '"alive"'];
  const [, stopped, next] = await runCells(launcher, cells, path.dirname(launcher), 'message');
  assert.ok(stopped.secondsAfterInterrupt! < 2, `${stopped.secondsAfterInterrupt} s`);
  assert.match(printed(stopped), /^under way\n2\d\d\n$/);
  assert.is(printed(next), 'alive\n');
});

kernel('interrupt stops an occlusion, whose map so far is shown', async () => {
  const occlude = 'setTimeout(() => console.log("under way"), 1000); await cl.occlusion(model, await cl.loadImage("cat"), { patch: 16, stride: 3 })';
  const [, stopped, next] = await runCells(
    path.join(root, 'dist', 'kernel.js'),
    ['import * as cl from "convlens"; const model = await cl.loadModel()', { code: occlude, interruptAt: 'under way' }, '"alive"'],
    path.join(root, 'notebooks'),
  );
  assert.is(stopped.reply.status, 'ok');
  assert.ok(stopped.secondsAfterInterrupt! < 2, `${stopped.secondsAfterInterrupt} s`);
  assert.match(JSON.stringify(stopped.outputs), /occlusion: stopped after \d+ of [\d,]+ windows/);
  assert.ok(pictures(stopped).some((text) => /^Occlusion/.test(text)), 'the map so far');
  assert.is(printed(next), 'alive\n');
});

kernel('progress is one display that is updated, and ends as a quiet line; short work shows nothing', async () => {
  const walk = (steps: number): string =>
    `await cl.longWork("walk", { total: ${steps}, unit: "steps" }, async (job) => { for (let i = 1; i <= ${steps}; i++) { await new Promise((r) => setTimeout(r, 10)); await job.advance(i) } })`;
  const [, long, short] = await inOurs([importing, walk(100), walk(10)]);
  const [first, ...updates] = long.outputs as (Output & { data: Record<string, string>; transient: { display_id: string } })[];
  assert.is(first.type, 'display_data');
  assert.match(first.data['text/html'], '<progress');
  for (const update of updates) {
    assert.is(update.type, 'update_display_data');
    assert.is(update.transient.display_id, first.transient.display_id);
  }
  // A second, or more where other tests keep the machine busy; ten updates in each at most, and the last one.
  const [, seconds] = /^walk: 100 steps in ([\d.]+) s$/.exec(updates[updates.length - 1].data['text/plain']) ?? [];
  assert.ok(Number(seconds) >= 1 && Number(seconds) < 20, `in ${seconds} s`);
  assert.ok(updates.length >= 2 && updates.length <= 10 * Number(seconds) + 3, `${updates.length} updates in ${seconds} s`);
  assert.not.match(updates[updates.length - 1].data['text/html'], '<progress');
  assert.equal(short.outputs, []);
});

kernel('output of work that outlives its cell still goes to that cell\'s bar', async () => {
  const background = 'cl.longWork("background", {}, async (job) => { for (let i = 1; i <= 90; i++) { await new Promise((r) => setTimeout(r, 10)); await job.advance(i) } }); "started"';
  const [, started, next] = await inOurs([importing, background, 'await new Promise((r) => setTimeout(r, 1200)); "next"']);
  assert.is(printed(started), 'started\n');
  assert.ok(next.outputs.some((output) => output.type === 'stray'), 'the bar belongs to the other cell');
  assert.equal(types(next).filter((type) => type !== 'stray'), ['stream']);
});

kernel('importing the package mends what it can of a stock tslab kernel', async () => {
  const [, lines, figure, array] = await inStock([importing, 'for (let i = 0; i < 1000; i++) console.log("line " + i)', 'cl.figure("one")', '[cl.figure("a"), cl.figure("b")]']);
  assert.is(printed(lines), numbered(1000));
  assert.equal(types(figure), ['display_data']);
  assert.equal(types(array), ['display_data', 'display_data']);
});

if (python()) kernel.run();
else skipAll('the kernel', noPython);
