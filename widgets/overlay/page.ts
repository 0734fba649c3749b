import { colormaps } from '../../src/figure/colormap';
import { heatText } from '../../src/figure/altText';
import { percent, readable } from '../../src/figure/numbers';
import { singleChannel } from '../../src/figure/shown';
import { signOf } from '../../src/figure/mapPanel';
import { live } from '../page/live';
import { cellAt, cellOf, cursorAt, rankOf } from '../shared/cells';
import { movedCursor } from '../shared/crossHair';
import { pickText } from '../shared/pickText';
import type { OverlayData, OverlayView } from './data';
import { drawOverlay, mapAt, type OverlayState, start } from './draw';

const isOver = ({ view }: OverlayState): boolean => view === 'overlay' || view === 'swipe';
const isSigned = (state: OverlayState, data: OverlayData): boolean => signOf(singleChannel(mapAt(data, state)), state) === 'signed';
const diverging = ['RdBu', 'PuOr'];

/** A mask has no colours of its own; a map with three channels shows those, where it is not laid over the photograph. */
const hasScale = (state: OverlayState, data: OverlayData): boolean => isOver(state) || (state.view !== 'mask' && mapAt(data, state).shape[2] !== 3);

export const wake = live<OverlayData, OverlayState>({
  start,
  draw: drawOverlay,
  controls(ui, data) {
    const texts: Record<OverlayView, string> = { overlay: 'overlay', side: 'side by side', swipe: 'swipe', mask: 'what mattered', map: 'map' };
    ui.choice('view', { label: 'view', options: (Object.keys(texts) as OverlayView[]).map((value) => ({ value, text: texts[value] })) });
    if (data.maps.length > 1) {
      ui.select('at', { label: 'shown', options: data.maps.map((map, value) => ({ value, text: pickText(map, data.maps) })) });
      ui.toggle('shared', { label: 'one scale for all' });
    }
    ui.slider('opacity', { label: 'opacity', min: 0, max: 1, step: 0.01, text: percent, shown: isOver });
    ui.slider('keep', { label: 'strongest', min: 0.01, max: 1, step: 0.01, text: (value) => (value === 1 ? 'all' : percent(value)), shown: isOver });
    ui.slider('maskKeep', { label: 'visible', also: { cut: undefined }, min: 0.01, max: 1, step: 0.01, text: (value, { cut }) => (cut === undefined ? percent(value) : `from ${readable(cut)}`), shown: ({ view }) => view === 'mask' });
    ui.select('rest', { label: 'the rest', options: [{ value: 'dark', text: 'dark' }, { value: 'blur', text: 'blurred' }, { value: 'grey', text: 'grey' }], shown: ({ view }) => view === 'mask' });
    ui.slider('split', { label: 'divider', min: 0, max: 1, step: 0.01, text: percent, shown: ({ view }) => view === 'swipe' });
    ui.select('colormap', {
      label: 'colours',
      options: (state) => colormaps.filter((name) => name === state.colormap || diverging.includes(name) === isSigned(state, data)).map((value) => ({ value, text: value })),
      current: (state) => state.colormap ?? (isSigned(state, data) ? 'RdBu' : 'viridis'),
      shown: (state) => hasScale(state, data),
    });
  },
  point({ u, v, pressed }, { view }) {
    return view === 'swipe' && pressed ? { split: u, cursor: { u, v } } : { cursor: { u, v } };
  },
  leave: () => ({ cursor: undefined }),
  key(key, state, data) {
    const { values, shape } = singleChannel(mapAt(data, state));
    if (key !== 'Home') return movedCursor(key, state.cursor, shape);
    return { cursor: cursorAt(values.reduce((best, value, at) => (value > values[best] ? at : best), 0), shape) };
  },
  status(state, data) {
    const map = singleChannel(mapAt(data, state));
    if (state.missing !== undefined) return `there is no map of class ${state.missing} here: give overlay the maps of several targets`;
    if (!state.cursor) return heatText(map.values, [map.shape[0], map.shape[1]], signOf(map, state));
    const [row, column] = cellOf(state.cursor, map.shape);
    const value = map.values[cellAt(state.cursor, map.shape)];
    return `${readable(value)} ${map.unit} at row ${row}, column ${column}: more than ${percent(rankOf(value, map.values))} of the map`;
  },
  help: 'arrow keys move the cross-hair (Shift: one pixel), Home goes to the hottest place, Escape takes it away',
  links: {
    target: {
      tell: (state, data) => mapAt(data, state).target.index,
      hear(index, _state, { maps }) {
        const at = maps.findIndex(({ target }) => target.index === index);
        return at < 0 ? { missing: index } : { at, missing: undefined };
      },
    },
    cursor: { tell: ({ cursor }) => cursor, hear: (cursor) => ({ cursor }) },
  },
});
