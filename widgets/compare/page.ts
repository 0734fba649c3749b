import { colormaps } from '../../src/figure/colormap';
import { percent } from '../../src/figure/numbers';
import { live } from '../page/live';
import { movedCursor } from '../shared/crossHair';
import { allCells, aloneIn, type Cell, tableOf } from './cells';
import type { CompareData } from './data';
import { drawCompare } from './draw';
import { type CompareState, start } from './state';
import { statusOf } from './words';

const diverging = ['RdBu', 'PuOr'];

/** The maps and random maps of a state; photographs are not stepped to. */
const mapCells = (data: CompareData, state: CompareState): Cell[] => allCells(tableOf(data, state)).filter(({ kind }) => kind !== 'photo');
const nowhere: Partial<CompareState> = { cursor: undefined, chosen: undefined, pair: undefined };
const isAlone = (data: CompareData, state: CompareState): boolean => aloneIn(tableOf(data, state), state) !== undefined;

export const wake = live<CompareData, CompareState>({
  start,
  draw: drawCompare,
  controls(ui, data) {
    ui.choice('as', { label: 'drawn as', options: [{ value: 'overlay', text: 'overlay' }, { value: 'heatmap', text: 'heatmap' }] });
    ui.choice('scale', { label: 'scale', options: [{ value: 'shared', text: 'one scale' }, { value: 'relative', text: 'own scales' }] });
    ui.slider('opacity', { label: 'opacity', min: 0, max: 1, step: 0.01, text: percent, shown: ({ as }) => as === 'overlay' });
    const colours = colormaps.filter((name) => name === data.colormap || diverging.includes(name) === (data.sign === 'signed'));
    ui.select('colormap', { label: 'colours', options: colours.map((value) => ({ value, text: value })), current: ({ colormap }) => colormap ?? (data.sign === 'signed' ? 'RdBu' : 'viridis') });
    ui.select('random', { label: 'random map', options: [{ value: -1, text: 'none' }, ...data.columns.map(({ title }, value) => ({ value, text: `like ${title}` }))] });
    ui.button({ label: 'another random map', text: ({ seed }) => `another (seed ${seed})`, press: ({ seed }) => ({ seed: seed + data.rows.length }), shown: ({ random }) => random >= 0 });
    ui.select('enlarged', {
      label: 'shown',
      options: (state) => [{ value: undefined, text: 'all maps' }, ...mapCells(data, state).map(({ key, title }) => ({ value: key, text: title }))],
      current: (state) => (isAlone(data, state) ? state.enlarged : undefined),
    });
  },
  point({ spot, u, v }, state, data) {
    if (isAlone(data, state)) return { cursor: { u, v } };
    const [of, a, b] = spot.name.split(' ');
    if (of === 'rows' || of === 'columns') return { pair: { of, a: Number(a), b: Number(b) }, cursor: undefined, chosen: undefined };
    return { cursor: { u, v }, chosen: spot.name, pair: undefined };
  },
  leave: () => nowhere,
  press({ spot }, state, data) {
    if (isAlone(data, state)) return together(data, state);
    return /^(rows|columns) /.test(spot.name) ? undefined : { enlarged: spot.name };
  },
  key(key, state, data) {
    if (isAlone(data, state) && (key === 'Escape' || key === 'Enter')) return together(data, state);
    if (key === 'Escape') return state.cursor || state.chosen ? nowhere : undefined;
    if (key === 'Enter') return { enlarged: state.chosen ?? mapCells(data, state)[0].key };
    if (key === 'PageDown' || key === 'PageUp') return stepped(data, state, key === 'PageDown' ? 1 : -1);
    const cells = mapCells(data, state);
    const { map } = cells.find((cell) => cell.key === (state.enlarged ?? state.chosen)) ?? cells[0];
    const moved = movedCursor(key, state.cursor, map.shape);
    return moved && { ...moved, chosen: state.chosen ?? cells[0].key, pair: undefined };
  },
  status: (state, data) => statusOf(data, state, tableOf(data, state)),
  help: 'arrow keys move the cross-hair (Shift: one pixel), Page Up and Page Down go from map to map, Enter shows one alone, Escape goes back',
  links: {
    target: {
      tell: targetOf,
      hear(target, state, data) {
        const found = mapCells(data, state).find(({ map }) => map.target.index === target);
        return found && { target, ...(isAlone(data, state) ? { enlarged: found.key } : { chosen: found.key }) };
      },
    },
    cursor: { tell: ({ cursor }) => cursor, hear: (cursor) => ({ cursor }) },
  },
});

/** The class that is picked: of the map that is shown alone, or else the one that was picked last. */
function targetOf(state: CompareState, data: CompareData): number {
  const table = tableOf(data, state);
  return aloneIn(table, state)?.map.target.index ?? state.target ?? allCells(table)[0].map.target.index;
}

/** All maps again; the class stays. */
const together = (data: CompareData, state: CompareState): Partial<CompareState> => ({ enlarged: undefined, target: targetOf(state, data) });

/** To the next map, or the one before. */
function stepped(data: CompareData, state: CompareState, by: number): Partial<CompareState> {
  const keys = mapCells(data, state).map(({ key }) => key);
  const at = keys.indexOf(state.enlarged ?? state.chosen ?? '');
  const key = keys[(at + by + keys.length + (at < 0 && by < 0 ? 1 : 0)) % keys.length];
  return isAlone(data, state) ? { enlarged: key, chosen: key } : { chosen: key, pair: undefined };
}
