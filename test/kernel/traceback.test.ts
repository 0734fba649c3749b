import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type CellText, lineInCell } from '../../src/kernel/cellLines';
import { failureOf, failureOfTypes } from '../../src/kernel/failure';
import { scriptName, tracebackOf } from '../../src/kernel/traceback';

// As tslab compiles it: comments, types and blank lines are gone, names of the cell's own become exports, one line becomes two.
const cell: CellText = {
  source: ['// the options', 'interface Options { patch: number }', '', 'const run = (o: Options): void => {', '  for (const side of [o.patch]) check(side);', '};', 'run({ patch: 5 });'].join('\n'),
  output: ['"use strict";', 'Object.defineProperty(exports, "__esModule", { value: true });', 'const run = (o) => {', '    for (const side of [o.patch])', '        check(side);', '};', 'exports.run = run;', 'exports.tsLastExpr = run({ patch: 5 });'].join('\n'),
};

const failing = (frames: string[], message = 'no'): Error => Object.assign(new RangeError(message), { stack: [`RangeError: ${message}`, ...frames].join('\n') });

test('a line of the JavaScript is found in the cell', () => {
  assert.equal(lineInCell(cell, 3), { line: 4, text: 'const run = (o: Options): void => {' });
  assert.equal(lineInCell(cell, 5), { line: 5, text: 'for (const side of [o.patch]) check(side);' });
  assert.equal(lineInCell(cell, 8), { line: 7, text: 'run({ patch: 5 });' });
});

test('a line that tslab added has no place in the cell', () => {
  assert.is(lineInCell(cell, 2), undefined);
  assert.is(lineInCell(cell, 99), undefined);
});

test('a traceback has the frames in cells with their code, and none of the kernel', () => {
  const error = failing([
    `    at run (${scriptName(3)}:5:9)`,
    `    at ${scriptName(3)}:8:1`,
    `    at ${scriptName(3)}:9:3`,
    '    at Script.runInThisContext (node:vm:137:12)',
    '    at Object.execute (/home/me/node_modules/tslab/dist/executor.js:160:38)',
  ]);
  assert.equal(tracebackOf(error, new Map([[3, cell]])), [
    'RangeError: no',
    '    at run (cell [3], line 5)',
    '        for (const side of [o.patch]) check(side);',
    '    at cell [3], line 7',
    '        run({ patch: 5 });',
  ]);
});

test('of the frames inside a library the first is kept, and a cause is told', () => {
  const error = failing(['    at a (/x/node_modules/lib/a.js:1:1)', '    at b (/x/node_modules/lib/b.js:1:1)', '    at mine (/x/mine.js:1:1)']);
  error.cause = failing([], 'why');
  assert.equal(tracebackOf(error, new Map()), ['RangeError: no', '    at a (/x/node_modules/lib/a.js:1:1)', '    at mine (/x/mine.js:1:1)', 'caused by RangeError: why']);
});

test('what is thrown need not be an error', () => {
  assert.equal(failureOf({ code: 7 }, new Map()), { ename: 'Thrown', evalue: '{ code: 7 }', traceback: ['Thrown: { code: 7 }'] });
});

test('a type error shows its place, also in a file beside the notebook', () => {
  const diagnostics = [
    { file: '', line: 2, column: 3, message: 'Cannot find name "x".' },
    { file: './helper.ts ', line: 9, column: 1, message: 'Type expected.' },
  ];
  assert.equal(failureOfTypes(diagnostics, 'const a = 1;\n  x'), {
    ename: 'TypeScript error',
    evalue: '2:3 - Cannot find name "x".\n./helper.ts 9:1 - Type expected.',
    traceback: ['TypeScript error: 2:3 - Cannot find name "x".', '      x', '      ^', 'TypeScript error: ./helper.ts 9:1 - Type expected.'],
  });
});

test.run();
