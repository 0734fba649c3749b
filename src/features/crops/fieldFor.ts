import type { Classifier } from '../../model/classifier';
import type { FoundLayer } from '../../model/layers';
import type { AxisField, ReceptiveField } from '../../model/receptive/field';
import { receptiveFields } from '../../model/receptive/receptiveField';

/** Where the cells of a layer look. A layer without a grid has one cell, which sees the whole image. */
export function fieldFor({ graph, inputShape }: Pick<Classifier, 'graph' | 'inputShape'>, { name, kind, value, shape }: FoundLayer): ReceptiveField {
  const [height, width] = inputShape;
  const everything = (size: number): AxisField => ({ size, jump: null, offset: 0, spans: [{ start: 0, end: size }] });
  return (
    receptiveFields(graph, inputShape).find((field) => field.layer === name) ?? { layer: name, kind, value, map: [1, 1, shape.at(-1) ?? 1], rows: everything(height), columns: everything(width) }
  );
}
