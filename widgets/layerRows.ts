import type { LayerRow } from '../src/model/layers';
import { dataTable, type TableColumn } from './shared/dataTable';

const count = (value: number): string => value.toLocaleString('en');

/** `7 × 7 × 512`, without the batch. */
export const sizeOf = (shape: readonly (number | null)[]): string => shape.slice(1).map((side) => side ?? '?').join(' × ');

const columns: readonly TableColumn<LayerRow>[] = [
  { head: '', text: (_row, at) => String(at) },
  { head: 'layer', text: ({ name }) => name, left: true },
  { head: 'kind', text: ({ kind, activation }) => (activation ? `${kind}, ${activation}` : kind), left: true },
  { head: 'kernel, strides', text: ({ kernel, strides = [] }) => (kernel ? [kernel, ...(strides.some((stride) => stride > 1) ? [strides] : [])].map((each) => each.join(' × ')).join(', ') : ''), left: true },
  { head: 'output', text: ({ outputShape }) => sizeOf(outputShape), left: true },
  { head: 'parameters', text: ({ params }) => (params ? count(params) : '') },
  { head: 'multiply-adds', text: ({ multiplyAdds }) => (multiplyAdds === undefined ? 'not counted' : multiplyAdds ? count(multiplyAdds) : '') },
  { head: 'Grad-CAM', text: ({ gradCam }) => (gradCam ? '✓' : '') },
];

/** A table of layers in HTML, to be folded and scrolled. */
export const layerRowsHtml = (rows: readonly LayerRow[], open: boolean): string => dataTable(`all ${rows.length} layers`, columns, rows, { open });
