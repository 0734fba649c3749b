import { escapeXml } from '../../src/escapeXml';
import { nameOf } from '../../src/figure/caption';
import { percentage } from '../../src/figure/numbers';
import { type ClassRow, classRows } from './classTable';
import type { ExplorerData, ExplorerMap } from './data';
import { scanOf } from './scan';
import { changeText, columnsText, labelOf, rowsText, valueText } from './words';

/** How many windows are told from each end. */
const most = 10;

type Cell = string | number;

/** The numbers behind the pictures, folded away: of each map the windows that change the score most, and the classes at the first of them. */
export function tables({ maps }: ExplorerData): string {
  return maps.map((each) => `<details style="font-size:13px"><summary>${escapeXml(summary(each, maps))}</summary>${windowTable(each)}${classesTable(each)}</details>`).join('');
}

const summary = ({ map }: ExplorerMap, maps: readonly ExplorerMap[]): string => `the numbers${maps.length > 1 ? ` for ${nameOf(map.target)}` : ''}`;

function windowTable(each: ExplorerMap): string {
  const { grid, kind, score: { before, after } } = each;
  const scan = scanOf(grid);
  const ranked = [...after.keys()].filter((window) => Number.isFinite(after[window])).sort((a, b) => after[a] - after[b]);
  const shown = ranked.length <= 2 * most ? ranked : [...ranked.slice(0, most), ...ranked.slice(-most)];
  const rows = shown.map((window): Cell[] => [window + 1, `${rowsText(scan.box(window))}, ${columnsText(scan.box(window))}`, valueText(after[window], kind, each), changeText(before, after[window], kind, each)]);
  const title = shown.length < ranked.length ? `the ${most} windows where the ${kind} falls most, and the ${most} where it rises most or falls least` : 'all windows';
  return table(`${title}; ${valueText(before, kind, each)} with nothing covered`, [['window', 'right'], ['covered', 'left'], [kind, 'right'], ['change', 'right']], rows);
}

function classesTable(each: ExplorerMap): string {
  const { classes, target, fall, rise } = each;
  if (!classes) return '';
  const window = fall ?? rise ?? 0;
  const { rows, below, gone } = classRows(classes, target, window);
  const cells = ({ before, after, ...row }: ClassRow): Cell[] => [labelOf(row), row.index, percentage(before), percentage(after), changeText(before, after, 'probability', each)];
  return table(`the likeliest classes with window ${window + 1} covered`, [['class', 'left'], ['number', 'right'], ['before', 'right'], ['covered', 'right'], ['change', 'right']], [...rows, ...(below ? [below] : []), ...gone].map(cells));
}

type Column = readonly [name: string, align: 'left' | 'right'];

/** Text takes the page's colour: it must read in a dark notebook too. */
function table(caption: string, columns: readonly Column[], rows: readonly Cell[][]): string {
  const line = (tag: 'td' | 'th', texts: readonly Cell[]): string => {
    const cells = texts.map((text, at) => `<${tag} style="text-align:${columns[at][1]};padding:1px 10px;overflow-wrap:anywhere">${escapeXml(String(text))}</${tag}>`);
    return `<tr>${cells.join('')}</tr>`;
  };
  const head = line('th', columns.map(([name]) => name));
  return `<table style="font-size:12px;border-collapse:collapse;margin:6px 0"><caption style="text-align:left">${escapeXml(caption)}</caption><thead>${head}</thead><tbody>${rows.map((cells) => line('td', cells)).join('')}</tbody></table>`;
}
