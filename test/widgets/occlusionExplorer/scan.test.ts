import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Scan, type Step } from '../../../widgets/occlusionExplorer/scan';

// 10 rows, 12 columns, a patch of 4 x 6 moved by 3 and 4: the last row of windows is cropped, the last column fits... nearly.
const grid = { height: 10, width: 12, patch: [4, 6] as const, tops: [0, 3, 6], lefts: [0, 4, 8] };
// Stopped: the first row whole, of the second nothing, of the last one window.
const part = { ...grid, scored: Uint8Array.from([1, 1, 1, 0, 0, 0, 0, 1, 0]) };
const steps = (scan: Scan, window: number): Record<Step, number> => {
  const names: Step[] = ['left', 'right', 'up', 'down', 'rowStart', 'rowEnd', 'pageUp', 'pageDown', 'first', 'last'];
  return Object.fromEntries(names.map((name) => [name, scan.step(window, name)])) as Record<Step, number>;
};

test('windows go row by row, the last of each direction cropped', () => {
  const scan = new Scan(grid);
  assert.is(scan.length, 9);
  assert.equal([scan.box(0), scan.box(5), scan.box(7)], [{ top: 0, left: 0, bottom: 4, right: 6 }, { top: 3, left: 8, bottom: 7, right: 12 }, { top: 6, left: 4, bottom: 10, right: 10 }]);
});

test('steps stop at the edges', () => {
  const scan = new Scan(grid);
  assert.equal(steps(scan, 4), { left: 3, right: 5, up: 1, down: 7, rowStart: 3, rowEnd: 5, pageUp: 1, pageDown: 7, first: 0, last: 8 });
  assert.equal(steps(scan, 0), { left: 0, right: 1, up: 0, down: 3, rowStart: 0, rowEnd: 2, pageUp: 0, pageDown: 3, first: 0, last: 8 });
  assert.equal(steps(scan, 8), { left: 7, right: 8, up: 5, down: 8, rowStart: 6, rowEnd: 8, pageUp: 5, pageDown: 8, first: 0, last: 8 });
  const tall = new Scan({ ...grid, height: 100, tops: Array.from({ length: 16 }, (_, i) => i * 3) });
  assert.equal([tall.step(1, 'pageDown'), tall.step(13, 'pageUp'), tall.step(46, 'pageDown')], [13, 1, 46]);
});

test('a point finds the window whose middle is nearest', () => {
  const scan = new Scan(grid);
  // Middles are at rows 2, 5, 8 and columns 3, 7, 11.
  for (const [x, y, window] of [[0, 0, 0], [4.9, 3.4, 0], [5.1, 3.4, 1], [5.1, 3.6, 4], [11.9, 9.9, 8]]) assert.equal(scan.nearest(x, y), { window, exact: true }, `${x}, ${y}`);
});

test('where some windows are missing the nearest one is taken, and told', () => {
  const scan = new Scan(part);
  assert.is(scan.length, 4);
  assert.equal(scan.box(3), { top: 6, left: 4, bottom: 10, right: 10 });
  assert.equal(scan.nearest(3, 2), { window: 0, exact: true });
  assert.equal(scan.nearest(3, 5), { window: 0, exact: false });
  assert.equal(scan.nearest(11, 8), { window: 3, exact: false });
  assert.equal(steps(scan, 2), { left: 1, right: 2, up: 2, down: 3, rowStart: 0, rowEnd: 2, pageUp: 2, pageDown: 3, first: 0, last: 3 });
  assert.equal(steps(scan, 3), { left: 3, right: 3, up: 1, down: 3, rowStart: 3, rowEnd: 3, pageUp: 1, pageDown: 3, first: 0, last: 3 });
});

test.run();
