import { execFileSync } from 'node:child_process';
import util from 'node:util';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { bundle } from './helpers/kernel';
import { display, figure } from './fixtures/showing';

test('outside a kernel a figure prints as its text', () => {
  assert.is(util.inspect(figure('Grad-CAM, tabby, 0.46')), 'Grad-CAM, tabby, 0.46');
});

test('outside a kernel display(value) gives the printable text', () => {
  assert.is(display(figure('one')), 'one');
  assert.is(display([figure('one'), figure('two')]), 'one\ntwo');
});

test('display of something that is no picture says so', () => {
  assert.throws(() => display(7 as never), 'display shows a figure, a map or another result, or a list of them, got 7');
});

test('in plain Node importing, printing and show() write text, once', () => {
  const showing = bundle('test/fixtures/showing.ts', 'showing.js');
  const program = `const cl = require(${JSON.stringify(showing)}); cl.figure('shown').show(); console.log(cl.figure('logged')); console.log([cl.figure('listed')])`;
  assert.is(execFileSync(process.execPath, ['-e', program], { encoding: 'utf8' }), 'shown\nlogged\n[ listed ]\n');
});

test.run();
