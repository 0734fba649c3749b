import { nameOf } from '../../src/figure/caption';
import { colormaps } from '../../src/figure/colormap';
import { percent, readable } from '../../src/figure/numbers';
import { live } from '../page/live';
import { cellOf, cursorAt } from '../shared/cells';
import { movedCursor } from '../shared/crossHair';
import type { ClassContrastData } from './data';
import { type ClassContrastState, drawClassContrast, fieldsOf, start, valueAt } from './draw';
import { contrastName, oddsText, whereText } from './texts';

const diverging = ['RdBu', 'PuOr'] as const;
const isSigned = ({ about }: ClassContrastData): boolean => about.signed;

export const wake = live<ClassContrastData, ClassContrastState>({
  start,
  draw: drawClassContrast,
  controls(ui, data) {
    const others = (taken: number) => data.classes.map((each, value) => ({ value, text: nameOf(each) })).filter(({ value }) => value !== taken);
    ui.select('a', { label: 'A', options: ({ b }) => others(b) });
    ui.button({ label: 'swap A and B', text: '⇄', press: ({ a, b }) => ({ a: b, b: a }) });
    ui.select('b', { label: 'B', options: ({ a }) => others(a) });
    ui.choice('view', { label: 'view', options: [{ value: 'overlay', text: 'overlay' }, { value: 'map', text: 'maps' }] });
    ui.choice('difference', { label: 'third map', options: [{ value: 'scores', text: 'difference of scores' }, { value: 'maps', text: 'difference of maps' }] });
    ui.slider('opacity', { label: 'opacity', min: 0, max: 1, step: 0.01, text: percent, shown: ({ view }) => view === 'overlay' });
    const undirected = (state: ClassContrastState): boolean => !fieldsOf(data, state).difference.directed;
    ui.select('colormap', { label: 'colours', options: colormaps.filter((name) => !(diverging as readonly string[]).includes(name)).map((value) => ({ value, text: value })), shown: (state) => !isSigned(data) || undirected(state) });
    ui.select('diverging', { label: 'signed colours', options: diverging.map((value) => ({ value, text: value })), shown: (state) => isSigned(data) || !undirected(state) });
  },
  point: ({ u, v }) => ({ cursor: { u, v } }),
  leave: () => ({ cursor: undefined }),
  key(key, state, data) {
    const { values, shape } = fieldsOf(data, state).difference.map;
    if (key === 'Home') return { cursor: cursorAt(values.reduce((best, value, at) => (value > values[best] ? at : best), 0), shape) };
    if (key === 'End') return { cursor: cursorAt(values.reduce((best, value, at) => (value < values[best] ? at : best), 0), shape) };
    return movedCursor(key, state.cursor, shape);
  },
  status(state, data) {
    if (state.missing !== undefined) return `there is no map of class ${state.missing} here: give it as one of the two, or raise top`;
    const { a, b, difference } = fieldsOf(data, state);
    const { map } = difference;
    if (!state.cursor) return `${contrastName(data, state.a, state.b)}: ${oddsText(data, state.a, state.b)}; ${whereText(difference)}`;
    const [row, column] = cellOf(state.cursor, map.shape);
    const [first, second, third] = [a, b, map].map((each) => readable(valueAt(each, state.cursor as { u: number; v: number })));
    const cut = data.relu && difference.way === 'scores' ? ' (before the ReLU)' : '';
    return `A ${first}, B ${second}, difference ${third}${cut} at row ${row}, column ${column}; ${map.unit}`;
  },
  help: 'arrow keys move the cross-hair (Shift: one pixel), Home goes to what speaks most for A, End to what speaks most for B, Escape takes it away',
  links: {
    target: {
      tell: ({ a }, { classes }) => classes[a].index,
      hear(index, { a, b }, { classes }) {
        const at = classes.findIndex((each) => each.index === index);
        if (at < 0) return { missing: index };
        return { a: at, b: at === b ? a : b, missing: undefined };
      },
    },
    cursor: { tell: ({ cursor }) => cursor, hear: (cursor) => ({ cursor }) },
  },
});
