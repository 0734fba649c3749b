import { percentage } from '../../src/figure/numbers';
import { live } from '../page/live';
import { pickText } from '../shared/pickText';
import { classRows } from './classTable';
import type { ExplorerData } from './data';
import { drawExplorer, type ExplorerState, shownAt, start } from './draw';
import { scanOf, type Step } from './scan';
import { columnsText, countText, effectText, labelOf, rowsText, windowText } from './words';

const steps: Record<string, Step | undefined> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'rowStart',
  End: 'rowEnd',
  PageUp: 'pageUp',
  PageDown: 'pageDown',
  'Shift+Home': 'first',
  'Shift+End': 'last',
};

/** The window at a place of the picture, 0 to 1 from its left and its top. */
function at(u: number, v: number, state: ExplorerState, { maps }: ExplorerData): Partial<ExplorerState> {
  const { grid } = maps[state.at];
  const { window, exact } = scanOf(grid).nearest(u * grid.width, v * grid.height);
  return { window, missed: exact ? undefined : window };
}

export const wake = live<ExplorerData, ExplorerState>({
  start,
  draw: drawExplorer,
  controls(ui, data) {
    const { maps } = data;
    if (maps.length > 1) ui.select('at', { label: 'shown', options: maps.map((each, value) => ({ value, text: pickText(each.map, maps.map(({ map }) => map)) })) });
    const count = (state: ExplorerState): number => scanOf(maps[state.at].grid).length;
    ui.player('window', { label: 'scan', count, speeds: [2, 8, 24], text: (window, state) => countText(window, count(state)) });
    for (const name of ['fall', 'rise'] as const) {
      ui.button({
        label: `largest ${name}`,
        enabled: (state) => maps[state.at][name] !== undefined,
        press: (state) => ({ window: maps[state.at][name] }),
      });
    }
    ui.toggle('covered', { label: 'covered' });
  },
  point: ({ u, v }, state, data) => at(u, v, state, data),
  key(key, state, data) {
    const step = steps[key];
    const { each, window } = shownAt(data, state);
    return step && { window: scanOf(each.grid).step(window, step) };
  },
  status(state, data) {
    const { each, window, box } = shownAt(data, state);
    const place = `${windowText(each, window)}, ${rowsText(box)}, ${columnsText(box)}${state.missed === window ? ', the nearest that was scored' : ''}`;
    const likeliest = each.classes && classRows(each.classes, each.target, window).rows[0];
    return `${place}: ${effectText(each, window)}${likeliest ? `; likeliest: ${labelOf(likeliest)} ${percentage(likeliest.after)}` : ''}`;
  },
  help: 'arrow keys move the window, Home and End to the ends of its row, Page Up and Page Down by a quarter of the rows, Shift+Home and Shift+End to the first and the last one',
  links: {
    target: {
      tell: (state, { maps }) => maps[state.at].map.target.index,
      hear(index, _state, { maps }) {
        const found = maps.findIndex(({ map }) => map.target.index === index);
        return found < 0 ? undefined : { at: found };
      },
    },
    cursor: {
      tell(state, data) {
        const { each: { grid }, box } = shownAt(data, state);
        return { u: (box.left + box.right) / 2 / grid.width, v: (box.top + box.bottom) / 2 / grid.height };
      },
      hear: (cursor, state, data) => cursor && at(cursor.u, cursor.v, state, data),
    },
  },
});
