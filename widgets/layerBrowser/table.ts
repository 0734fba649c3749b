import { percent, readable } from '../../src/figure/numbers';
import { dataTable, type TableColumn } from '../shared/dataTable';
import type { BrowserData, BrowserLayer } from './data';
import { measureText } from './strip';
import { nameOf, shapeOf } from './words';

/** The numbers behind the picture, a line for each layer, in HTML without scripts. */
export function browserTable(data: BrowserData): string {
  const measure = (value: number | null, name: 'texture' | 'layout'): string => (value === null ? '' : measureText(data, name, value));
  const perImage = (layer: BrowserLayer, text: (at: BrowserLayer['images'][number]) => string): string => layer.images.map(text).join(' | ');
  const columns: TableColumn<BrowserLayer>[] = [
    { head: 'layer', text: ({ name }) => name, left: true },
    { head: 'kind', text: ({ kind }) => kind, left: true },
    { head: 'output', text: shapeOf, left: true },
    { head: 'dead', text: (layer) => perImage(layer, ({ dead }) => String(dead)) },
    { head: 'zeros', text: (layer) => perImage(layer, ({ whole }) => percent(whole.zeros)) },
    { head: 'mean', text: (layer) => perImage(layer, ({ whole }) => readable(Number(whole.mean.toPrecision(3)))) },
    { head: 'greatest', text: (layer) => perImage(layer, ({ whole }) => readable(Number(whole.max.toPrecision(3)))) },
    { head: 'texture', text: ({ texture }) => measure(texture, 'texture') },
    { head: 'layout', text: ({ layout }) => measure(layout, 'layout') },
  ];
  const names = data.photos.length > 1 ? `: ${data.photos.map((_, at) => nameOf(data, at)).join(' | ')}` : '';
  return dataTable(`numbers of ${data.layers.length} layers${names}`, columns, data.layers);
}
