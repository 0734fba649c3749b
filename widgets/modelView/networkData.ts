import { type LayerGroup, groupsOf } from '../../src/model/layerGroups';
import type { LayerTable } from '../../src/model/layers';
import type { FoldData, NetworkData } from './data';

/** A model's layers, and how they fold, as plain data. */
export function networkData({ rows, inputShape }: LayerTable): NetworkData {
  const place = new Map(rows.map(({ name }, at) => [name, at]));
  const layers = rows.map(({ name, kind, activation, kernel, strides, padding, dilation, outputShape, params, multiplyAdds = null, inputs }) => ({
    name, kind, activation, kernel, strides, padding, dilation, params, shape: outputShape.slice(1), work: multiplyAdds, inputs: inputs.map((input) => place.get(input) ?? -1),
  }));
  return { inputShape: inputShape.slice(1), layers, folds: folded(groupsOf(rows)) };
}

function folded(groups: readonly LayerGroup[], within = -1, folds: FoldData[] = []): FoldData[] {
  for (const { name, first, last, parts } of groups) {
    const own = folds.push({ name, first, last, within }) - 1;
    folded(parts, own, folds);
  }
  return folds;
}

/** A network of so few layers is shown whole. */
const small = 16;
/** With fewer blocks than this there is nothing to see yet, with more than that there is too much. */
const [few, many] = [6, 24];

/** The folds that are open at first: all of a small network; else as few as let the reader see more than one big block. */
export function openAtFirst({ layers, folds }: NetworkData): number[] {
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
