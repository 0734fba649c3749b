import { type H5Dataset, loadH5wasm } from './h5File';

// Read in pieces, so that h5wasm's own memory, which never shrinks, stays small.
const pieceBytes = 16e6;

/** The values of a data set; `report` is told the bytes so far after each piece. */
export async function floatsOf(dataset: H5Dataset, report: (bytes: number) => Promise<void>): Promise<Float32Array> {
  const shape = dataset.shape ?? [];
  const values = new Float32Array(shape.reduce((product, length) => product * length, 1));
  if (dataset.dtype !== '<f' || !shape.length) {
    const value = dataset.value;
    values.set(typeof value === 'number' ? [value] : (value as ArrayLike<number>));
    await report(values.byteLength);
    return values;
  }
  // By h5wasm's inner function: Dataset.slice copies each piece twice, half a gigabyte of garbage for VGG16.
  const { Module } = await loadH5wasm();
  const row = values.length / shape[0];
  const rows = Math.min(shape[0], Math.max(1, Math.floor(pieceBytes / 4 / row)));
  const pointer = Module._malloc(rows * row * 4);
  if (!pointer) throw new Error(`no memory for ${Math.ceil((rows * row * 4) / 1e6)} MB of ${dataset.path}`);
  try {
    for (let from = 0; from < shape[0]; from += rows) {
      const count = Math.min(rows, shape[0] - from);
      const size = [count, ...shape.slice(1)].map(BigInt);
      const offset = shape.map((_, axis) => (axis ? 0n : BigInt(from)));
      const strides = shape.map(() => 1n);
      Module.get_dataset_data(dataset.file_id, dataset.path, size, offset, strides, BigInt(pointer));
      // The heap moves when it grows, so its view is taken anew.
      values.set(new Float32Array(Module.HEAPU8.buffer, pointer, count * row), from * row);
      await report((from + count) * row * 4);
    }
  } finally {
    Module._free(pointer);
  }
  return values;
}
