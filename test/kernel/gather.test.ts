import { setImmediate } from 'node:timers/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { gather } from '../../src/kernel/gather';

test('the first lines go out at once, many come in few messages, and none is lost or out of order', async () => {
  const messages: [string, string][] = [];
  const { write, flush } = gather((name, text) => messages.push([name, text]));
  write('stdout', 'first\n');
  assert.equal(messages, [['stdout', 'first\n']]);
  for (let line = 0; line < 20_000; line++) write('stdout', `${line}\n`);
  write('stderr', 'warning\n');
  write('stdout', 'last\n');
  flush();
  assert.ok(messages.length < 300, `${messages.length} messages`);
  assert.is(messages.map(([, text]) => text).join(''), `first\n${Array.from({ length: 20_000 }, (_, line) => `${line}\n`).join('')}warning\nlast\n`);
  assert.equal(messages.filter(([name]) => name === 'stderr'), [['stderr', 'warning\n']]);
  const before = messages.length;
  write('stdout', 'late\n');
  await setImmediate();
  await setImmediate();
  assert.equal(messages.slice(before), [['stdout', 'late\n']]);
});

test.run();
