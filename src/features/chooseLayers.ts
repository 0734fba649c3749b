/** Of too many layers `count`, evenly spread: those that close a step: what comes before normalisation and activation looks much alike. */
export function chooseLayers<T extends { kind: string }>(layers: readonly T[], count: number): readonly T[] {
  const closing = layers.filter(({ kind }) => /activation|relu|pool|^add$|concat/i.test(kind));
  return spread(layers.length > count && closing.length >= count ? closing : layers, count);
}

/** `count` of the items, evenly spread, the first and the last among them. */
const spread = <T>(items: readonly T[], count: number): readonly T[] =>
  items.length <= count ? items : Array.from({ length: count }, (_, at) => items[Math.round((at * (items.length - 1)) / Math.max(1, count - 1))]);
