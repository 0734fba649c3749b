import path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { bundle, type CellRun, noPython, type Output, python, runCells, skipAll } from '../helpers/kernel';

const live = suite('a training in a cell');
type Display = Output & { data: Record<string, string>; transient: { display_id?: string } };

let runs: CellRun[];

live.before(async () => {
  const launcher = bundle('src/kernel/launcher.ts', 'kernel.js');
  bundle('test/fixtures/training.ts', 'training.js');
  runs = await runCells(launcher, ['const { trained } = require("./training.js")', 'const view = await trained(12, { slow: 400 })', 'view'], path.dirname(launcher));
});

const displays = (run: CellRun): Display[] => run.outputs.filter(({ type }) => /display_data$/.test(type)) as Display[];

live('one picture is redrawn without a script while it runs, and ends as a widget', () => {
  const all = displays(runs[1]);
  assert.equal(all.map(({ type }) => type), ['display_data', ...all.slice(1).map(() => 'update_display_data')]);
  assert.is(new Set(all.map(({ transient }) => transient.display_id)).size, 1);
  assert.ok(all.length >= 3 && all.length <= 13, `${all.length} pictures of 12 epochs of 0.4 s`);
  for (const { data } of all.slice(0, -1)) {
    assert.match(data['text/html'], 'src="data:image/svg+xml');
    assert.not.match(data['text/html'], '<script');
    assert.match(data['text/plain'], /^training of stripes · after epoch \d+ · .*loss/);
  }
  const last = all[all.length - 1].data;
  assert.match(last['text/html'], '<script>');
  assert.match(last['text/html'], 'all 12 epochs');
  assert.match(last['text/plain'], 'after epoch 12 of 12');
  assert.ok(last['image/png'].length > 1000);
  assert.equal(runs[1].outputs.filter(({ type }) => type === 'stream'), []);
});

live('the view shows itself again in a later cell', () => {
  const [shown, ...more] = displays(runs[2]);
  assert.equal(more, []);
  assert.is(shown.transient.display_id, undefined);
  assert.match(shown.data['text/plain'], 'after epoch 12 of 12');
});

if (python()) live.run();
else skipAll('a training in a cell', noPython);
