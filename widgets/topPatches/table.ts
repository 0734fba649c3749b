import { percent, readable } from '../../src/figure/numbers';
import { dataTable } from '../shared/dataTable';
import type { PatchesData, PatchFact, PatchRow } from './data';
import { channelText } from './words';

/** Every patch with its numbers, and how each channel fared over all images. */
export function patchesTable(data: PatchesData): string {
  const patches = data.rows.flatMap((row) => row.patches.map((patch, at) => ({ row, patch, at })));
  type Line = { row: PatchRow; patch: PatchFact; at: number };
  const list = dataTable<Line>(
    'all patches',
    [
      { head: 'channel', text: ({ row }) => channelText(row, data), left: true },
      { head: 'rank', text: ({ row, at }) => `${row.kind === 'least' ? 'least ' : ''}${at + 1}` },
      { head: 'value', text: ({ patch }) => readable(patch.value) },
      { head: 'image', text: ({ patch }) => patch.image, left: true },
      { head: 'label', text: ({ patch }) => patch.label ?? '', left: true },
      { head: 'row, column', text: ({ patch }) => patch.cell.join(', ') },
    ],
    patches,
  );
  const spread = dataTable<PatchRow>(
    'the greatest value in each image, by channel',
    [
      { head: 'channel', text: (row) => channelText(row, data), left: true },
      { head: 'images above 0', text: ({ fired }) => percent(fired) },
      ...['least', 'lower quartile', 'median', 'upper quartile', 'greatest'].map((head, at) => ({ head, text: ({ histogram }: PatchRow) => readable(histogram.quartiles[at]) })),
    ],
    data.rows.filter(({ kind }) => kind === 'top'),
  );
  return list + spread;
}
