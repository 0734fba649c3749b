import { convolve } from '../../src/features/arithmetic/convolution';
import { pool } from '../../src/features/arithmetic/pool';
import { escapeXml } from '../../src/escapeXml';
import type { StepperData } from './data';
import { channelName } from './names';
import { placeName } from './steps';
import { workingOf } from './working';

/** The numbers of the first cell with all their digits. Text takes the page's colour: it must read in a dark notebook too. */
export function workTable(data: StepperData): string {
  const rows = [...tapRows(data), ...workingOf(data, data.first).lines.map(({ label, formula = '', value }) => [label, formula, digits(value)])];
  const cell = (text: string): string => `<td style="padding:1px 10px">${escapeXml(text)}</td>`;
  const body = rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('');
  return `<details><summary>${escapeXml(`the numbers of ${placeName(data, data.first)}`)}</summary><div style="max-height:340px;overflow:auto"><table style="font-size:12px;border-collapse:collapse"><tbody>${body}</tbody></table></div></details>`;
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
