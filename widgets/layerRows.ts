import { escapeXml } from '../src/escapeXml';
import type { LayerRow } from '../src/model/layers';

interface Column {
  title: string;
  align: 'left' | 'right' | 'center';
  text(row: LayerRow, at: number): string;
}

const count = (value: number): string => value.toLocaleString('en');

/** `7 × 7 × 512`, without the batch. */
export const sizeOf = (shape: readonly (number | null)[]): string => shape.slice(1).map((side) => side ?? '?').join(' × ');

const columns: readonly Column[] = [
  { title: '', align: 'right', text: (_row, at) => String(at) },
  { title: 'layer', align: 'left', text: ({ name }) => name },
  { title: 'kind', align: 'left', text: ({ kind, activation }) => (activation ? `${kind}, ${activation}` : kind) },
  { title: 'kernel, strides', align: 'left', text: ({ kernel, strides = [] }) => (kernel ? [kernel, ...(strides.some((stride) => stride > 1) ? [strides] : [])].map((each) => each.join(' × ')).join(', ') : '') },
  { title: 'output', align: 'left', text: ({ outputShape }) => sizeOf(outputShape) },
  { title: 'parameters', align: 'right', text: ({ params }) => (params ? count(params) : '') },
  { title: 'multiply-adds', align: 'right', text: ({ multiplyAdds }) => (multiplyAdds === undefined ? 'not counted' : multiplyAdds ? count(multiplyAdds) : '') },
  { title: 'Grad-CAM', align: 'center', text: ({ gradCam }) => (gradCam ? '✓' : '') },
];

/** A table of layers in HTML, to be folded and scrolled. Text takes the page's colour: it must read in a dark notebook too. */
export function layerRowsHtml(rows: readonly LayerRow[], open: boolean): string {
  const cell = (tag: 'td' | 'th', text: string, align: string): string => `<${tag} style="text-align:${align};padding:1px 10px">${escapeXml(text)}</${tag}>`;
  const line = (tag: 'td' | 'th', text: (column: Column) => string): string => `<tr>${columns.map((column) => cell(tag, text(column), column.align)).join('')}</tr>`;
  const body = rows.map((row, at) => line('td', (column) => column.text(row, at))).join('');
  return `<details${open ? ' open' : ''}><summary>all ${rows.length} layers</summary><div style="max-height:340px;overflow:auto"><table style="font-size:12px;border-collapse:collapse"><thead>${line('th', ({ title }) => title)}</thead><tbody>${body}</tbody></table></div></details>`;
}
