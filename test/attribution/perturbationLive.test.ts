import path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { bundle, type CellRun, noPython, type Output, python, runCells, skipAll } from '../helpers/kernel';

const live = suite('perturbations in a cell');
type Display = Output & { data: Record<string, string>; transient: { display_id?: string } };

let runs: CellRun[];

live.before(async () => {
  const launcher = bundle('src/kernel/launcher.ts', 'kernel.js');
  bundle('test/fixtures/perturbing.ts', 'perturbing.js');
  const cells = ['const { occlude } = require("./perturbing.js")', 'await occlude({})', 'await occlude({ live: false, budgetMs: 1500 })', 'await occlude({ onProgress: null, patch: 8, stride: 8 })'];
  runs = await runCells(launcher, cells, path.dirname(launcher));
});

const displays = (run: CellRun): Display[] => run.outputs.filter(({ type }) => /display_data$/.test(type)) as Display[];
/** The bar and its updates, and the pictures. */
const parted = (run: CellRun): { bar: Display[]; pictures: Display[] } => {
  const all = displays(run);
  return { bar: all.filter(({ transient }) => transient.display_id), pictures: all.filter(({ transient }) => !transient.display_id) };
};

live('the estimate comes first, then the map so far under the bar, and in the end one quiet line and the map', () => {
  const { bar, pictures } = parted(runs[1]);
  assert.equal(new Set(bar.map(({ transient }) => transient.display_id)).size, 1);
  assert.match(bar[0].data['text/plain'], /^occlusion: 225 windows, about [\d.]+ s$/);
  const drawn = bar.filter(({ data }) => data['text/html'].includes('src="data:image/svg+xml'));
  assert.ok(drawn.length >= 2, `${drawn.length} with the map so far`);
  for (const { data } of drawn) {
    assert.match(data['text/html'], '<progress');
    assert.match(data['text/html'], /after%20\d+%20of%20225%20windows|after \d+ of 225 windows/);
  }
  assert.is(new Set(drawn.map(({ data }) => data['text/html'])).size > 1, true, 'it is redrawn');
  const last = bar[bar.length - 1].data;
  assert.match(last['text/plain'], /^occlusion: 225 windows in [\d.]+ s$/);
  assert.not.match(last['text/html'], '<img');
  assert.is(pictures.length, 1);
  assert.match(pictures[0].data['text/plain'], /^Occlusion · dawdle · .*225\swindows$/);
  assert.equal(runs[1].outputs.filter(({ type }) => type === 'stream'), []);
});

live('live: false shows the bar alone; the budget is told', () => {
  const { bar, pictures } = parted(runs[2]);
  assert.match(bar[0].data['text/plain'], /^occlusion: 225 windows; about \d+ of them in the [\d.]+ s that the budget leaves$/);
  assert.ok(bar.every(({ data }) => !data['text/html'].includes('<img')));
  assert.match(bar[bar.length - 1].data['text/plain'], /^occlusion: \d+ windows in [\d.]+ s$/);
  assert.match(pictures[0].data['text/html'], /stopped by the budget after \d+ of 225 windows/);
});

live('without progress there is the map alone', () => {
  const { bar, pictures } = parted(runs[3]);
  assert.equal([bar.length, pictures.length], [0, 1]);
});

if (python()) live.run();
else skipAll('perturbations in a cell', noPython);
