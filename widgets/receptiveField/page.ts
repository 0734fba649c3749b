import { live } from '../page/live';
import { movedCursor } from '../shared/crossHair';
import type { ReceptiveData } from './data';
import { draw } from './draw';
import { placeOf, type ReceptiveState, start } from './looking';
import { sightText } from './words';

const clamp = (layer: number, { layers }: ReceptiveData): number => Math.max(0, Math.min(layers.length - 1, layer));

export const wake = live<ReceptiveData, ReceptiveState>({
  start,
  draw,
  controls(ui, data) {
    ui.choice('looking', { label: 'point at', options: [{ value: 'cell', text: 'a cell' }, { value: 'pixel', text: 'a pixel' }] });
    ui.toggle('heat', { label: 'gradient' });
    const known = data.layers.flatMap(({ name, effective }, value) => (effective?.length ? [{ value, text: name }] : []));
    ui.select('layer', { label: 'layers with gradients', options: ({ layer }) => (known.some(({ value }) => value === layer) ? known : [{ value: layer, text: 'choose …' }, ...known]) });
    // The name stands above the map: here it would make the bar wrap now and then.
    ui.slider('layer', { label: 'layer', min: 0, max: data.layers.length - 1, text: (at) => `${at + 1} of ${data.layers.length}` });
  },
  point({ spot, u, v, pressed }, _state, data) {
    if (spot.name === 'map') return { looking: 'cell', cursor: { u, v } };
    if (spot.name === 'photo') return { looking: 'pixel', cursor: { u, v } };
    if (spot.name === 'growth' && pressed) return { layer: clamp(Math.floor(u * data.layers.length), data) };
    return undefined;
  },
  press({ spot }) {
    const [what, at] = spot.name.split(' ');
    return what === 'layer' && at ? { layer: Number(at) } : undefined;
  },
  key(key, state, data) {
    const { layer, looking, cursor } = state;
    const { map, strongest } = data.layers[layer];
    if (key === 'PageUp' || key === 'PageDown') return { layer: clamp(layer + (key === 'PageDown' ? 1 : -1), data) };
    if (key === 'Home') return { looking: 'cell', cursor: placeOf(strongest, map) };
    if (key === 'Enter') return { looking: looking === 'cell' ? 'pixel' : 'cell' };
    const moved = movedCursor(key, cursor, looking === 'cell' ? map : [data.image.height, data.image.width]);
    return moved?.cursor && { cursor: moved.cursor };
  },
  status: (state, data) => sightText(data, state),
  help: 'arrow keys move (Shift: one cell or pixel), Page up and Page down change the layer, Enter changes between cell and pixel, Home goes to the most active cell; a press on the chart or a small map picks its layer',
  links: { cursor: { tell: ({ cursor }) => cursor, hear: (cursor) => cursor && { cursor } } },
});
