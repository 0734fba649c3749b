/** On in a page, which asks anew in every frame and changes no values; off in Node, where a user may. */
export const memory = { on: false };

const known = new WeakMap<object, Map<string, unknown>>();

/** What `make` gave for these values (or another part of the data) and this key before, or gives now. */
export function remembered<T>(values: object, key: string, make: () => T): T {
  if (!memory.on) return make();
  const own = known.get(values) ?? new Map<string, unknown>();
  known.set(values, own);
  if (!own.has(key)) own.set(key, make());
  return own.get(key) as T;
}
