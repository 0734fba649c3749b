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
