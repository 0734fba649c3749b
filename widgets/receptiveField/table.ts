import { readable } from '../../src/figure/numbers';
import { dataTable } from '../shared/dataTable';
import type { ReceptiveData } from './data';
import { shownLayer, typicalSide } from './looking';
import { jumpText, offsetText, sizeText } from './words';

/** The fields of all layers. */
export function fieldTable(data: ReceptiveData): string {
  const { layers } = data;
  const fieldsOf = (_layer: unknown, at: number): ReturnType<typeof shownLayer>['fields'] => shownLayer(data, at).fields;
  const sideText = (side: number | undefined): string => (side === undefined ? '' : `${readable(Math.round(side))} px`);
  return dataTable(
    `the fields of ${layers.length === 1 ? 'the layer' : `all ${layers.length} layers`}`,
    [
      { head: 'layer', text: ({ name }) => name, left: true },
      { head: 'kind', text: ({ kind }) => kind, left: true },
      { head: 'cells', text: ({ map }) => `${map[0]} × ${map[1]}` },
      { head: 'size', text: (layer, at) => sizeText(fieldsOf(layer, at)) },
      { head: 'jump', text: (layer, at) => jumpText(fieldsOf(layer, at)) },
      { head: 'offset', text: (layer, at) => offsetText(fieldsOf(layer, at)) },
      { head: 'effective side', text: (layer) => sideText(typicalSide(layer)) },
    ],
    layers,
  );
}
