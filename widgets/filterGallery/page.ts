import { live } from '../page/live';
import type { Point } from '../page/pointing';
import { type GalleryData, layoutOf, shownInputs } from './data';
import { drawGallery } from './draw';
import { type GalleryState, moved, orderedFilters, start, type WeightSpot } from './state';
import { filterText, spotText } from './words';

/** The filter, and in a matrix the weight, that a pointer is at. */
function spotAt({ spot: { name }, u, v }: Point, state: GalleryState, data: GalleryData): WeightSpot {
  const order = orderedFilters(data, state);
  const along = (share: number, count: number): number => Math.min(count - 1, Math.floor(share * count));
  const single = /^filter (\d+)$/.exec(name);
  const [rows, columns] = data.size;
  const tap = (down: number, across: number): number => along(down, rows) * columns + along(across, columns);
  if (single) {
    // A tile in colour has three weights to a place.
    if (layoutOf(data) === 'colour' && state.view === 'colour') return { filter: Number(single[1]) };
    const parts = shownInputs(data);
    return { filter: Number(single[1]), input: parts[along(u, parts.length)], tap: tap(v, (u * parts.length) % 1) };
  }
  if (name === 'columns') return { filter: order[along(u, order.length)] };
  const filter = order[along(v, order.length)];
  if (name === 'rows') return { filter };
  const [down, across] = [(v * order.length) % 1, (u * data.inputs.length) % 1];
  return { filter, input: along(u, data.inputs.length), tap: tap(down, across) };
}

export const wake = live<GalleryData, GalleryState>({
  start,
  draw: drawGallery,
  controls(ui, data) {
    ui.select('picked', { label: 'filter', options: (state) => orderedFilters(data, state).map((value) => ({ value, text: filterText(data, value) })) });
    ui.select('order', { label: 'order', options: [{ value: 'number', text: 'by number' }, { value: 'norm', text: 'by norm' }, { value: 'similarity', text: 'like ones together' }] });
    ui.choice('scale', { label: 'scale', options: [{ value: 'all', text: 'one scale' }, { value: 'own', text: 'each its own' }] });
    ui.choice('norm', { label: 'norm', options: [{ value: 'l2', text: 'L2' }, { value: 'l1', text: 'L1' }] });
    if (layoutOf(data) === 'colour') ui.choice('view', { label: 'view', options: [{ value: 'colour', text: 'colour' }, { value: 'channels', text: 'by channel' }] });
  },
  point: (at, state, data) => ({ over: spotAt(at, state, data) }),
  leave: () => ({ over: undefined }),
  press: (at, state, data) => ({ picked: spotAt(at, state, data).filter }),
  key(key, state, data) {
    const picked = moved(key, data, state);
    return picked === undefined ? undefined : { picked, over: undefined };
  },
  status: (state, data) => spotText(data, state.over ?? { filter: state.picked }),
  help: 'arrow keys go from filter to filter in the order shown, Page Up and Page Down by eight, Home and End to the first and the last',
});
