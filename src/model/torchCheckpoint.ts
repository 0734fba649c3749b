import { readPickle, type PickleRules } from './pickle';

/** A tensor as PyTorch keeps it: a window on a storage, with its own strides. */
export interface TorchTensor {
  shape: number[];
  strides: number[];
  offset: number;
  storage: Storage;
}

interface Storage {
  key: string;
  kind: keyof typeof bytesOf;
  count: number;
  values?: Float32Array;
}

const bytesOf = { FloatStorage: 4, LongStorage: 8 } as const;
// The number PyTorch writes first in the format it used before 1.6 (since then: a zip archive).
const magic = 0x1950a86a20f9469cfc6cn;

/**
 * Reads a legacy PyTorch checkpoint (five pickles, then the raw storages) and gives its tensors by name.
 * Nothing in it is run: a checkpoint that needs any name but a tensor's and an OrderedDict's is refused.
 */
export function readTorchCheckpoint(bytes: Buffer): Map<string, TorchTensor> {
  if (bytes.toString('latin1', 0, 2) === 'PK') throw new Error('a zipped PyTorch checkpoint (1.6 or newer) is not read; save it with _use_new_zipfile_serialization=False');
  const storages = new Map<string, Storage>();
  const rules = rulesFor(storages);
  let at = 0;
  const next = (): unknown => {
    const { value, end } = readPickle(bytes, at, rules);
    at = end;
    return value;
  };
  if (next() !== magic) throw new Error('not a legacy PyTorch checkpoint');
  next(); // protocol version
  const system = next();
  if (system instanceof Map && system.get('little_endian') === false) throw new Error('the checkpoint was written on a big-endian machine, which is not read');
  const state = next();
  const keys = next();
  if (!(state instanceof Map) || !Array.isArray(keys)) throw new Error('the checkpoint holds no dictionary of tensors');
  for (const key of keys) at = readStorage(bytes, at, storages.get(key as string));
  return new Map([...state].filter((entry): entry is [string, TorchTensor] => isTensor(entry[1])));
}

const isTensor = (value: unknown): value is TorchTensor => typeof value === 'object' && value !== null && 'storage' in value && 'strides' in value;

const rulesFor = (storages: Map<string, Storage>): PickleRules => ({
  names: {
    'collections.OrderedDict': () => new Map(),
    'torch.FloatStorage': () => 'FloatStorage',
    'torch.LongStorage': () => 'LongStorage',
    'torch._utils._rebuild_tensor_v2': (storage, offset, shape, strides) => ({ storage, offset, shape, strides }),
  },
  persistent(id) {
    const [tag, kind, key, , count] = id as [string, { text: string }, string, string, number];
    const name = String(kind?.text).replace('torch.', '');
    if (tag !== 'storage' || !(name in bytesOf)) throw new Error(`the checkpoint holds ${String(kind?.text ?? tag)}, which is not read`);
    const known = storages.get(key) ?? { key, kind: name as Storage['kind'], count };
    storages.set(key, known);
    return known;
  },
});

/** Takes one storage from `at` and gives where the next begins. Only float storages are kept. */
function readStorage(bytes: Buffer, at: number, storage: Storage | undefined): number {
  if (at + 8 > bytes.length) throw new Error(`the checkpoint is cut short: it ends at byte ${bytes.length}, before all its tensors`);
  const count = Number(bytes.readBigInt64LE(at));
  if (!storage || storage.count !== count) throw new Error(`the checkpoint is damaged: a storage of ${count} values at byte ${at} is not the one announced`);
  const from = at + 8;
  const end = from + count * bytesOf[storage.kind];
  if (end > bytes.length) throw new Error(`the checkpoint is cut short: ${bytes.length} bytes, at least ${end} expected`);
  if (storage.kind === 'FloatStorage') {
    // Copied, because a storage may begin at any byte and a Float32Array may not.
    const aligned = new Uint8Array(end - from);
    aligned.set(bytes.subarray(from, end));
    storage.values = new Float32Array(aligned.buffer);
  }
  return end;
}

/** The tensor's values with its axes in another order, packed. `[2, 3, 1, 0]` takes a convolution's OIHW to TensorFlow's HWIO. */
export function permuted(tensor: TorchTensor, order: readonly number[]): { shape: number[]; values: Float32Array } {
  const source = tensor.storage.values;
  if (!source) throw new Error(`a tensor of ${tensor.storage.kind} is not read`);
  const shape = order.map((axis) => tensor.shape[axis]);
  const strides = order.map((axis) => tensor.strides[axis]);
  const size = shape.reduce((product, length) => product * length, 1);
  if (isPacked(shape, strides)) return { shape, values: source.subarray(tensor.offset, tensor.offset + size) };
  const values = new Float32Array(size);
  const position = shape.map(() => 0);
  for (let i = 0, from = tensor.offset; i < size; i++) {
    values[i] = source[from];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis];
      if (++position[axis] < shape[axis]) break;
      from -= strides[axis] * shape[axis];
      position[axis] = 0;
    }
  }
  return { shape, values };
}

function isPacked(shape: number[], strides: number[]): boolean {
  let expected = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1 && strides[axis] !== expected) return false;
    expected *= shape[axis];
  }
  return true;
}
