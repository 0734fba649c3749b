import ts from 'typescript';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { spelledOut } from '../../src/kernel/shorthands';

const spelled = (source: string) => spelledOut(source, ts as never);

test('shorthands are spelled out, and nothing else', () => {
  assert.is(spelled('f({ a, b: c, ...d, e() {} })').text, 'f({ a: a, b: c, ...d, e() {} })');
  assert.is(spelled('const { a, b } = c;').text, 'const { a, b } = c;');
  assert.is(spelled('({ a = 1, b } = c)').text, '({ a: a = 1, b: b } = c)');
  assert.is(spelled("import { a } from 'b';\nexport { a };").text, "import { a } from 'b';\nexport { a };");
  assert.is(spelled('`${f({ a })}` // { b }').text, '`${f({ a: a })}` // { b }');
});

test('a column is that of the cell as it was written', () => {
  const source = '\nf({ ab, c });\ng({ d }); h';
  const { text, column } = spelled(source);
  const before = source.split('\n');
  for (const [at, line] of text.split('\n').entries()) {
    for (const mark of [');', ' h']) if (line.includes(mark)) assert.is(column(at + 1, line.indexOf(mark) + 1), before[at].indexOf(mark) + 1, line);
  }
  assert.is(column(2, 5), 5);
});

test('half a cell is left to tslab', () => assert.is(spelled('f({ a, ').text, 'f({ a: a, '));

test.run();
