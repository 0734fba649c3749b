import { convolve } from '../../src/features/arithmetic/convolution';
import { pool } from '../../src/features/arithmetic/pool';
import { dataTable } from '../shared/dataTable';
import type { StepperData } from './data';
import { channelName } from './names';
import { placeName } from './steps';
import { workingOf } from './working';

/** The numbers of the first cell with all their digits. */
export function workTable(data: StepperData): string {
  const rows = [...tapRows(data), ...workingOf(data, data.first).lines.map(({ label, formula = '', value }) => [label, formula, digits(value)])];
  const columns = [0, 1, 2].map((at) => ({ head: '', text: (row: readonly string[]) => row[at], left: at < 2 }));
  return dataTable(`the numbers of ${placeName(data, data.first)}`, columns, rows);
}

function tapRows(data: StepperData): string[][] {
  const work = data.layer.arithmetic;
  const place = (row: number, column: number, padding: boolean): string => `row ${row}, column ${column}${padding ? ' (padding)' : ''}`;
  if (work.kind === 'convolution') {
    return convolve(work, data.first).parts.flatMap(({ channel, taps }) =>
      taps.map(({ row, column, padding, value, weight, product }) => [`${channelName(data, channel)}, ${place(row, column, padding)}`, `${digits(value)} × ${digits(weight)}`, digits(product)]),
    );
  }
  if (work.kind === 'pool') return pool(work, data.first).taps.map(({ row, column, padding, value }) => [place(row, column, padding), '', value === undefined ? '' : digits(value)]);
  if (work.kind === 'dense') return work.units[data.first].terms.map(({ input, value, weight }) => [channelName(data, input, 'input'), `${digits(value)} × ${digits(weight)}`, digits(value * weight)]);
  if (work.kind === 'softmax') return work.rows.map(({ logit, result }, at) => [placeName(data, at), `logit ${digits(logit)}`, digits(result)]);
  return [];
}

const digits = (value: number): string => String(Number(value.toPrecision(7))).replace('-', '−');
