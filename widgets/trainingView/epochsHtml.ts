import { escapeXml } from '../../src/escapeXml';
import { readable } from '../../src/figure/numbers';
import type { Logs } from './data';

/** What was logged after each epoch as a folded table in HTML; empty before the first. */
export function epochsHtml(logs: readonly Logs[]): string {
  if (!logs.length) return '';
  const names = [...new Set(logs.flatMap((each) => Object.keys(each)))];
  const row = (tag: 'td' | 'th', cells: readonly string[]): string => `<tr>${cells.map((cell) => `<${tag} style="text-align:right;padding:1px 10px">${escapeXml(cell)}</${tag}>`).join('')}</tr>`;
  const body = logs.map((each, at) => row('td', [String(at + 1), ...names.map((name) => (name in each ? readable(each[name]) : ''))]));
  return `<details><summary>all ${logs.length} epochs</summary><div style="max-height:340px;overflow:auto"><table style="font-size:12px;border-collapse:collapse"><thead>${row('th', ['epoch', ...names])}</thead><tbody>${body.join('')}</tbody></table></div></details>`;
}
