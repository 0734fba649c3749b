import { hint, oneOf, shown } from '../../src/check';
import type { NetworkData } from './data';

/** Which groups of a network are open at first: `'auto'` (all of a small network, few of a large one), `'all'`, `'none'`, or their names. */
export type OpenGroups = 'auto' | 'all' | 'none' | readonly string[];

/** The folds that are open, by number; a group that is named opens with those around it. */
export function openFolds(network: NetworkData, open: OpenGroups = 'auto'): number[] {
  const { folds } = network;
  if (!Array.isArray(open)) {
    const how = oneOf('open', open, ['auto', 'all', 'none']);
    return how === 'auto' ? openAtFirst(network) : how === 'all' ? [...folds.keys()] : [];
  }
  const wanted = new Set<number>();
  for (const name of open) {
    const fold = folds.findIndex((each) => each.name === name);
    if (fold < 0) throw new RangeError(`open names no group ${shown(name)}${hint(String(name), folds.map((each) => each.name))}`);
    for (let at = fold; at >= 0; at = folds[at].within) wanted.add(at);
  }
  return [...wanted].sort((a, b) => a - b);
}

/** A network of so few layers is shown whole. */
const small = 16;
/** With fewer blocks than this there is nothing to see yet, with more than that there is too much. */
const [few, many] = [6, 24];

/** The folds that are open at first: all of a small network; else as few as let the reader see more than one big block. */
function openAtFirst({ layers, folds }: NetworkData): number[] {
  if (layers.length <= small) return [...folds.keys()];
  const open = new Set<number>();
  const partsOf = (fold: number): { folds: number[]; count: number } => {
    const { first, last } = folds[fold] ?? { first: 0, last: layers.length - 1 };
    const inner = folds.flatMap(({ within }, at) => (within === fold ? [at] : []));
    return { folds: inner, count: last - first + 1 - inner.reduce((total, at) => total + folds[at].last - folds[at].first, 0) };
  };
  let { folds: closed, count } = partsOf(-1);
  while (count < few && closed.length) {
    const [largest] = [...closed].sort((a, b) => folds[b].last - folds[b].first - (folds[a].last - folds[a].first));
    const inside = partsOf(largest);
    if (count - 1 + inside.count > many) break;
    open.add(largest);
    count += inside.count - 1;
    closed = [...closed.filter((fold) => fold !== largest), ...inside.folds];
  }
  return [...open].sort((a, b) => a - b);
}
