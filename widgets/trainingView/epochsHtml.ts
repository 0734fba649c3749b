import { readable } from '../../src/figure/numbers';
import { dataTable } from '../shared/dataTable';
import type { Logs } from './data';

/** What was logged after each epoch as a folded table in HTML; empty before the first. */
export function epochsHtml(logs: readonly Logs[]): string {
  if (!logs.length) return '';
  const names = [...new Set(logs.flatMap((each) => Object.keys(each)))];
  const told = names.map((name) => ({ head: name, text: (each: Logs) => (name in each ? readable(each[name]) : '') }));
  return dataTable(`all ${logs.length} epochs`, [{ head: 'epoch', text: (_each: Logs, at: number) => String(at + 1) }, ...told], logs);
}
