/**
 * A value that all copies of the package in one process share: a CommonJS and an ES copy may both be loaded, and the library and
 * the kernel are bundled apart.
 */
export function globalSlot<T>(name: string): { get(): T | undefined; set(value: T): void } {
  const key = Symbol.for(`convlens.${name}`);
  const slots = globalThis as { [key: symbol]: unknown };
  return {
    get: () => slots[key] as T | undefined,
    set: (value) => {
      slots[key] = value;
    },
  };
}
