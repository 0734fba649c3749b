import { nameOf } from '../../src/figure/caption';
import { percentage } from '../../src/figure/numbers';
import { folded, tableOf } from '../shared/dataTable';
import { type ClassRow, classRows } from './classTable';
import type { ExplorerData, ExplorerMap } from './data';
import { scanOf } from './scan';
import { changeText, columnsText, labelOf, rowsText, valueText } from './words';

/** How many windows are told from each end. */
const most = 10;

/** The numbers behind the pictures, folded away: of each map the windows that change the score most, and the classes at the first of them. */
export function tables({ maps }: ExplorerData): string {
  return maps.map((each) => folded(summary(each, maps), windowTable(each) + classesTable(each))).join('');
}

const summary = ({ map }: ExplorerMap, maps: readonly ExplorerMap[]): string => `the numbers${maps.length > 1 ? ` for ${nameOf(map.target)}` : ''}`;

function windowTable(each: ExplorerMap): string {
  const { grid, kind, score: { before, after } } = each;
  const scan = scanOf(grid);
  const ranked = [...after.keys()].filter((window) => Number.isFinite(after[window])).sort((a, b) => after[a] - after[b]);
  const shown = ranked.length <= 2 * most ? ranked : [...ranked.slice(0, most), ...ranked.slice(-most)];
  const title = shown.length < ranked.length ? `the ${most} windows where the ${kind} falls most, and the ${most} where it rises most or falls least` : 'all windows';
  return tableOf(
    [
      { head: 'window', text: (window) => String(window + 1) },
      { head: 'covered', text: (window) => `${rowsText(scan.box(window))}, ${columnsText(scan.box(window))}`, left: true },
      { head: kind, text: (window) => valueText(after[window], kind, each) },
      { head: 'change', text: (window) => changeText(before, after[window], kind, each) },
    ],
    shown,
    `${title}; ${valueText(before, kind, each)} with nothing covered`,
  );
}

function classesTable(each: ExplorerMap): string {
  const { classes, target, fall, rise } = each;
  if (!classes) return '';
  const window = fall ?? rise ?? 0;
  const { rows, below, gone } = classRows(classes, target, window);
  return tableOf<ClassRow>(
    [
      { head: 'class', text: labelOf, left: true },
      { head: 'number', text: ({ index }) => String(index) },
      { head: 'before', text: (row) => percentage(row.before) },
      { head: 'covered', text: (row) => percentage(row.after) },
      { head: 'change', text: (row) => changeText(row.before, row.after, 'probability', each) },
    ],
    [...rows, ...(below ? [below] : []), ...gone],
    `the likeliest classes with window ${window + 1} covered`,
  );
}
