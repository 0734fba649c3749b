import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readPickle } from '../../src/model/pickle';
import { permuted, readTorchCheckpoint, type TorchTensor } from '../../src/model/torchCheckpoint';

const nothing = { names: {}, persistent: () => null };
const read = (text: string): unknown => readPickle(Buffer.from(text, 'latin1'), 0, nothing).value;

test('plain data comes as Map, array, number, text, null and boolean', () => {
  // {'a': [1, 258, None, True]}
  assert.equal(read('\x80\x02}q\x00X\x01\x00\x00\x00aq\x01]q\x02(K\x01M\x02\x01N\x88es.'), new Map([['a', [1, 258, null, true]]]));
});

test('a name that is not allowed is refused by name and never looked up', () => {
  // os.system('echo')
  const evil = '\x80\x02cos\nsystem\nX\x04\x00\x00\x00echo\x85R.';
  assert.throws(() => read(evil), /^the pickle asks for "os\.system", which is not run/);
  assert.throws(() => read('\x80\x02cbuiltins\neval\n.'), /"builtins\.eval"/);
  assert.throws(() => read('\x80\x02cObject\nconstructor\n.'), /"Object\.constructor"/);
});

test('instructions beyond plain data are refused', () => {
  for (const code of ['i', 'o', '\x81', '\x92', '\x93', 'I', 'P']) assert.throws(() => read(`\x80\x02${code}x\ny\n.`), /instruction 0x|asks for/);
});

test('a damaged pickle is one clear line', () => {
  assert.throws(() => read('\x80\x02X\xff\x00\x00\x00a'), /cut short at byte 8/);
  assert.throws(() => read('\x80\x02u.'), /no mark/);
  assert.throws(() => read('\x80\x02h\x05.'), /never stored/);
  assert.throws(() => read('\x80\x02'), /cut short/);
});

test('what is no legacy checkpoint is said', () => {
  assert.throws(() => readTorchCheckpoint(Buffer.from('PK\x03\x04rest', 'latin1')), /zipped PyTorch checkpoint/);
  assert.throws(() => readTorchCheckpoint(Buffer.from('\x80\x02K\x01.', 'latin1')), /not a legacy PyTorch checkpoint/);
});

test('permuted follows strides and offset', () => {
  const storage = { key: '0', kind: 'FloatStorage' as const, count: 7, values: new Float32Array([9, 1, 2, 3, 4, 5, 6]) };
  const rows: TorchTensor = { shape: [2, 3], strides: [3, 1], offset: 1, storage };
  assert.equal(permuted(rows, [0, 1]), { shape: [2, 3], values: new Float32Array([1, 2, 3, 4, 5, 6]) });
  assert.equal(permuted(rows, [1, 0]), { shape: [3, 2], values: new Float32Array([1, 4, 2, 5, 3, 6]) });
  const columns: TorchTensor = { shape: [2, 3], strides: [1, 2], offset: 1, storage };
  assert.equal(permuted(columns, [0, 1]).values, new Float32Array([1, 3, 5, 2, 4, 6]));
});

test.run();
