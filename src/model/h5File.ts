/** h5wasm, loaded at the first `.h5`: it is WebAssembly, 4 MB. */
export const loadH5wasm = () => import('h5wasm/node');
type H5 = Awaited<ReturnType<typeof loadH5wasm>>;
export type H5File = InstanceType<H5['File']>;
export type H5Group = InstanceType<H5['Group']>;
export type H5Dataset = InstanceType<H5['Dataset']>;

/** Opens an HDF5 file for reading, and closes it afterwards whatever happens. h5wasm reads from the disk as it goes; the file is never in memory whole. */
export async function withH5<T>(file: string, read: (root: H5File) => Promise<T>): Promise<T> {
  const h5 = await loadH5wasm();
  const module = await h5.ready;
  // Errors come as exceptions; without this they are printed in twenty lines and the call goes on.
  module.activate_throwing_error_handler();
  let root: H5File;
  try {
    root = new h5.File(file, 'r');
  } catch (error) {
    throw new Error(`${file} ${openFault(String((error as Error).message))}`, { cause: error });
  }
  try {
    return await read(root);
  } catch (error) {
    if (!/^HDF5-DIAG/.test(String((error as Error).message))) throw error;
    throw new Error(`${file} is damaged, or still being written: HDF5 cannot read ${/object: '([^']+)'/.exec((error as Error).message)?.[1] ?? 'a part of it'}`, { cause: error });
  } finally {
    root.close();
  }
}

function openFault(message: string): string {
  const cut = /truncated file: eof = (\d+),.*stored_eof = (\d+)/.exec(message);
  if (cut) return `is cut short: ${cut[1]} bytes, ${cut[2]} expected`;
  if (/signature not found/.test(message)) return 'is not an HDF5 file';
  return `cannot be read as HDF5 (${/error message = '([^']+)'/.exec(message)?.[1] ?? 'damaged'})`;
}

export const isGroup = (entity: unknown): entity is H5Group => (entity as { type?: string } | null)?.type === 'Group';
export const isDataset = (entity: unknown): entity is H5Dataset => (entity as { type?: string } | null)?.type === 'Dataset';

/** A member of a group, or undefined; a missing name is an exception for h5wasm. */
export function member(group: H5Group, name: string): unknown {
  let at: unknown = group;
  for (const step of name.split('/')) {
    if (!isGroup(at) || !at.keys().includes(step)) return undefined;
    at = at.get(step);
  }
  return at;
}

/** A text attribute, or undefined. */
export function text(group: H5Group, name: string): string | undefined {
  const value = group.attrs[name]?.value;
  return value === undefined || value === null ? undefined : decoded(value);
}

/** A list of texts; Keras cuts long ones into `name0`, `name1`, ... Undefined when there is none. */
export function texts(group: H5Group, name: string): string[] | undefined {
  const { attrs } = group;
  const keys = name in attrs ? [name] : Array.from({ length: Object.keys(attrs).length }, (_, i) => `${name}${i}`).filter((key) => key in attrs);
  if (!keys.length) return undefined;
  return keys.flatMap((key) => {
    const value = attrs[key].value;
    return Array.isArray(value) ? value.map(decoded) : ArrayBuffer.isView(value) ? [] : [decoded(value)];
  });
}

const decoded = (value: unknown): string => (value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : String(value));
