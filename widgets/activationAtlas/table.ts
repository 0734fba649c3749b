import { readable } from '../../src/figure/numbers';
import { dataTable } from '../shared/dataTable';
import type { AtlasData, ShownCell } from './data';

const most = 100;
const told = 5;

/** The cells of the coarsest raster in numbers, those with the most members first. */
export function cellTable({ levels: [{ cells }], classes }: AtlasData): string {
  const rows = [...cells].sort((a, b) => b.count - a.count).slice(0, most);
  const summary = `the ${rows.length < cells.length ? `${rows.length} largest of ${cells.length}` : rows.length} cells in numbers`;
  return dataTable<ShownCell>(
    summary,
    [
      { head: 'row', text: ({ row }) => String(row) },
      { head: 'column', text: ({ column }) => String(column) },
      { head: 'activations', text: ({ count }) => String(count) },
      { head: 'images', text: ({ images }) => String(images) },
      { head: 'mean attribution', left: true, text: ({ values }) => values.slice(0, told).map(([at, value]) => `${classes[at].label} ${readable(value)}`).join(', ') },
    ],
    rows,
  );
}
