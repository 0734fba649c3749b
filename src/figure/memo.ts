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

/** The same for a key that changes from frame to frame, as an opacity: of each kind only what was made last is kept. */
export function latest<T>(values: object, kind: string, key: string, make: () => T): T {
  const last = remembered<{ key?: string; made?: T }>(values, kind, () => ({}));
  if (last.key !== key) Object.assign(last, { key, made: make() });
  return last.made as T;
}
