import { nameOf } from '../../src/figure/caption';
import { live } from '../page/live';
import type { PredictionsData } from './data';
import { drawPredictions, listed, type PredictionsState, rowsShown, start } from './draw';
import type { Row } from './rows';
import { rowText } from './texts';

const findable = 8;

export const wake = live<PredictionsData, PredictionsState>({
  start,
  draw: drawPredictions,
  controls(ui, data) {
    ui.choice('measure', { label: 'bars by', options: [{ value: 'probability', text: 'probability' }, { value: 'logit', text: 'logit' }] });
    ui.choice('scale', { label: 'scale', options: [{ value: 'linear', text: 'linear' }, { value: 'log', text: 'log' }], shown: ({ measure }) => measure === 'probability' });
    ui.select('picked', { label: 'class', options: data.rows.map((row) => ({ value: row.index, text: nameOf(row) })) });
    if (data.sets.length > 1) {
      const [before, after] = data.sets.map(({ name }) => name);
      ui.select('order', { label: 'order', options: [{ value: 'before', text: `likeliest ${before}` }, { value: 'after', text: `likeliest ${after}` }, { value: 'change', text: 'largest change' }] });
    }
    if (data.rows.length > findable) ui.search('query', { label: 'find' });
    if (data.rows.length > rowsShown(data)) {
      const turned = (state: PredictionsState, by: number): number => Math.max(0, Math.min(state.from + by * rowsShown(data), listed(data, state).length - 1));
      ui.button({ label: 'classes before these', text: '‹', press: (state) => ({ from: turned(state, -1) }), enabled: ({ from }) => from > 0 });
      ui.button({ label: 'more classes', text: '›', press: (state) => ({ from: turned(state, 1) }), enabled: (state) => state.from + rowsShown(data) < listed(data, state).length });
    }
  },
  point: ({ spot }) => ({ at: Number(spot.name) }),
  leave: () => ({ at: undefined }),
  press: ({ spot }) => ({ picked: Number(spot.name), missing: undefined }),
  key(key, state, data) {
    const list = listed(data, state);
    const at = list.findIndex(({ index }) => index === (state.at ?? state.picked));
    if (key === 'Escape') return { at: undefined };
    if (key === 'Enter' || key === ' ') return list[at] && { picked: list[at].index, missing: undefined };
    const to = moved(key, at, list.length);
    return to === undefined || !list.length ? undefined : { at: list[to].index, from: pageOf(to, state.from, rowsShown(data)) };
  },
  status(state, data) {
    if (state.missing !== undefined) return `class ${state.missing} is not among the ${data.rows.length} told here: ask model.predict for more, with top`;
    const row = rowOf(data, state.at ?? state.picked);
    return row ? rowText(row, data.rows) : '';
  },
  help: 'arrow keys go from class to class, Enter picks one for the other views, Home and End go to the first and the last',
  links: {
    target: {
      tell: ({ picked }) => picked,
      hear: (index, state, data) => (rowOf(data, index) ? { picked: index, missing: undefined, from: pageOf(listed(data, state).findIndex((row) => row.index === index), state.from, rowsShown(data)) } : { missing: index }),
    },
  },
});

const rowOf = ({ rows }: PredictionsData, index: number): Row | undefined => rows.find((row) => row.index === index);

/** The row that a key goes to. */
function moved(key: string, at: number, count: number): number | undefined {
  const last = count - 1;
  const to: Record<string, number> = { ArrowDown: Math.min(last, at + 1), ArrowUp: Math.max(0, at - 1), Home: 0, End: last, PageDown: Math.min(last, at + 10), PageUp: Math.max(0, at - 10) };
  return to[key];
}

/** The first row of a page that holds that row; the page stays where it does. */
const pageOf = (at: number, from: number, rows: number): number => (at < 0 || (at >= from && at < from + rows) ? from : Math.floor(at / rows) * rows);
