import { minus } from '../../src/figure/numbers';
import type { Estimate } from '../../src/metrics/benchmark/intervals';
import type { RankingData, RankingKey, RankingRow } from './data';
import { ordered, start } from './state';

export const keyNames: Record<RankingKey, string> = { pointing: 'pointing game', energy: 'energy inside', iou: 'IoU', deletion: 'deletion AUC', others: 'two classes', seconds: 'time of a map' };

const share = (value: number): string => `${minus((value * 100).toFixed(value > 0.9995 ? 0 : 1))}\u00a0%`;

/** Milliseconds, or seconds from one on. */
export const timeText = (seconds: number): string => (seconds >= 1 ? `${seconds.toFixed(1)}\u00a0s` : `${(seconds * 1000).toFixed(seconds < 0.01 ? 1 : 0)}\u00a0ms`);

/** The number of a column. */
export const numberText = (key: RankingKey, value: number): string => (key === 'seconds' ? timeText(value) : key === 'iou' || key === 'deletion' ? minus(value.toFixed(2)) : share(value));

const withInterval = (key: RankingKey, { value, low, high }: Estimate): string => `${numberText(key, value)} (${numberText(key, low)} to ${numberText(key, high)})`;

/** All of a row, in words and numbers. */
export function rowText({ keys }: RankingData, row: RankingRow): string {
  const told = keys.map((key) => {
    if (key === 'seconds') return row.kind === 'null' ? '' : `${timeText(row.seconds)} a map`;
    if (key === 'others') return row.others ? `with two classes ${share(row.others.own.value)} point at their own thing and ${share(row.others.other.value)} at the other` : '';
    const estimate = row[key];
    return estimate ? `${keyNames[key]} ${withInterval(key, estimate)}` : '';
  });
  return [`${row.name}: ${told.filter(Boolean).join('; ')}`, `${row.maps} maps${row.empty ? `, ${row.empty} without positive evidence` : ''}`].join('; ');
}

export function altOf(data: RankingData): string {
  const { methods, nulls } = ordered(data, start(data));
  const key = data.keys[0];
  const told = (rows: readonly RankingRow[]): string => rows.map((row) => `${row.name} ${numberText(key, (key === 'seconds' || key === 'others' ? undefined : row[key])?.value ?? NaN)}`).join(', ');
  return `${data.heading}. By ${keyNames[key]}, the best first: ${told(methods)}. Without the network: ${told(nulls)}.`;
}
