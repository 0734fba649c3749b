import { readable } from '../../src/figure/numbers';
import { live } from '../page/live';
import { cellAt, cellOf } from '../shared/cells';
import type { BoardData } from './data';
import { draw } from './draw';
import { allMaps, type BoardState, enlarged, start } from './state';
import { measureNames, momentOf, statusOf } from './words';

const measures = ['absRank', 'rank', 'ssim'] as const;

export const wake = live<BoardData, BoardState>({
  start,
  draw,
  tallest: 1200,
  controls(ui, data) {
    if (data.rows.length > 1) ui.select('row', { label: 'method', options: data.rows.map(({ name }, value) => ({ value, text: name })) });
    ui.player('at', { label: 'step', count: ({ row }) => allMaps(data.rows[row]).length, speeds: [2], text: (_, state) => momentOf(data, enlarged(data, state).map) });
    ui.select('measure', { label: 'likeness', options: measures.map((value) => ({ value, text: measureNames[value] })) });
  },
  point({ spot, u, v, pressed }, _state, data) {
    if (spot.name === 'chart') return pressed ? { at: Math.round(u * data.stages.length) } : { cursor: undefined };
    return { cursor: { u, v } };
  },
  leave: () => ({ cursor: undefined }),
  press({ spot, u }, _state, data) {
    if (spot.name === 'chart') return { at: Math.round(u * data.stages.length) };
    const [of, row, at] = spot.name.split(' ');
    return of === 'map' ? { row: Number(row), at: Number(at) } : undefined;
  },
  key(key, state, data) {
    const last = allMaps(data.rows[state.row]).length - 1;
    const { at } = enlarged(data, state);
    if (key === 'ArrowRight') return { at: Math.min(last, at + 1) };
    if (key === 'ArrowLeft') return { at: Math.max(0, at - 1) };
    if (key === 'ArrowDown') return { row: Math.min(data.rows.length - 1, state.row + 1) };
    if (key === 'ArrowUp') return { row: Math.max(0, state.row - 1) };
    if (key === 'Home') return { at: 0 };
    if (key === 'End') return { at: data.rows[state.row].maps.length - 1 };
    return key === 'Escape' && state.cursor ? { cursor: undefined } : undefined;
  },
  status(state, data) {
    const told = statusOf(data, state);
    if (!state.cursor) return told;
    const { row, map } = enlarged(data, state);
    const [first] = row.maps;
    const [y, x] = cellOf(state.cursor, map.shape);
    return `row ${y}, column ${x}: ${readable(first.values[cellAt(state.cursor, first.shape)])} in the original, ${readable(map.values[cellAt(state.cursor, map.shape)])} here (${row.unit}) · ${told}`;
  },
  help: 'arrow keys left and right go from step to step, up and down from method to method; a click on a map enlarges it',
  links: { cursor: { tell: ({ cursor }) => cursor, hear: (cursor) => ({ cursor }) } },
});
