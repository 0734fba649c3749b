import { live } from '../page/live';
import type { RankingData } from './data';
import { draw } from './draw';
import { type RankingState, rowAt, start } from './state';
import { keyNames, rowText } from './words';

export const wake = live<RankingData, RankingState>({
  start,
  draw,
  controls(ui, { keys }) {
    ui.select('by', { label: 'ranked by', options: keys.map((value) => ({ value, text: keyNames[value] })) });
  },
  point: ({ spot }) => ({ at: Number(spot.name.split(' ')[1]) }),
  leave: () => ({ at: undefined }),
  key(key, { at }, { rows }) {
    const last = rows.length - 1;
    if (key === 'ArrowDown') return { at: Math.min(last, (at ?? -1) + 1) };
    if (key === 'ArrowUp') return { at: Math.max(0, (at ?? rows.length) - 1) };
    if (key === 'Home') return { at: 0 };
    if (key === 'End') return { at: last };
    return key === 'Escape' && at !== undefined ? { at: undefined } : undefined;
  },
  status(state, data) {
    const row = rowAt(data, state);
    return row ? rowText(data, row) : `ranked by ${keyNames[state.by]}; point at a row for its numbers`;
  },
  help: 'arrow keys up and down go from method to method, Escape leaves them',
});
