import type { Estimate } from '../../src/metrics/benchmark/intervals';
import { dataTable } from '../shared/dataTable';
import type { RankingData } from './data';
import { keyNames, numberText, timeText } from './words';

/** All numbers behind the chart. */
export function rankingTable({ keys, rows }: RankingData): string {
  const columns = keys.map((key) => ({
    head: keyNames[key],
    text: (row: RankingData['rows'][number]): string => {
      if (key === 'seconds') return row.kind === 'null' ? '' : timeText(row.seconds);
      if (key === 'others') return row.others ? `${numberText(key, row.others.own.value)}, ${numberText(key, row.others.other.value)}` : '';
      const estimate: Estimate | undefined = row[key];
      return estimate ? `${numberText(key, estimate.value)} (${numberText(key, estimate.low)} to ${numberText(key, estimate.high)})` : '';
    },
  }));
  return dataTable('the methods in numbers', [{ head: 'method', text: ({ name }) => name, left: true }, ...columns, { head: 'maps', text: ({ maps }) => String(maps) }, { head: 'empty', text: ({ empty }) => String(empty) }], rows);
}
