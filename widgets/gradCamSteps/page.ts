import { live } from '../page/live';
import { movedCursor } from '../shared/crossHair';
import type { StepsData } from './data';
import { draw } from './draw';
import { layoutFor } from './layout';
import { stopAt } from './milestones';
import { shareText } from './numbers';
import { byWeight, lastStop, start, type StepsState } from './state';
import { weightAt } from './weights';
import { statusText } from './words';

// How many channels the list offers; all others are picked in the picture.
const offered = 24;

/** The channel, the stop or the width in a spot's name: `product 254`, `stop 7`, `progress 900`. */
const numberIn = (name: string): number => Number(name.split(' ')[1]);
const isTile = (name: string): boolean => /^(activation|gradient|product) \d/.test(name);

export const wake = live<StepsData, StepsState>({
  start,
  draw,
  controls(ui, data) {
    ui.player('stop', { label: 'channels added', count: data.stops.length, speeds: [3], text: (stop) => `${data.stops[stop]} of ${data.order.length}` });
    ui.select('picked', {
      label: 'channel',
      options: ({ picked }) => {
        const first = data.order.slice(0, offered);
        return [...first, ...(first.includes(picked) ? [] : [picked])].map((channel) => ({ value: channel, text: `${channel} (${shareText(data.shares[channel])})` }));
      },
    });
    ui.toggle('shared', { label: 'scale of the full map' });
  },
  point({ spot: { name }, u, v, pressed }, _state, data) {
    if (name === 'weights') return { pointed: weightAt(data, u), cursor: undefined };
    if (name.startsWith('progress')) return { pointed: undefined, cursor: undefined, ...(pressed && { stop: stopAt(data, layoutFor(numberIn(name), data), u) }) };
    return { pointed: isTile(name) ? numberIn(name) : undefined, cursor: { u, v } };
  },
  leave: () => ({ pointed: undefined, cursor: undefined }),
  press({ spot: { name }, u }, _state, data) {
    if (name === 'weights') return { picked: weightAt(data, u) };
    if (isTile(name)) return { picked: numberIn(name) };
    return name.startsWith('stop') ? { stop: numberIn(name) } : undefined;
  },
  key(key, state, data) {
    if (key === 'Escape' || key.startsWith('Shift+')) return movedCursor(key, state.cursor, data.grid);
    const stops: Record<string, number> = { ArrowUp: state.stop + 1, ArrowDown: state.stop - 1, Home: 0, End: lastStop(data) };
    if (key in stops) return { stop: Math.max(0, Math.min(lastStop(data), stops[key])) };
    const walks: Record<string, [order: readonly number[], step: number]> = { ArrowRight: [data.order, 1], ArrowLeft: [data.order, -1], PageDown: [byWeight(data), 1], PageUp: [byWeight(data), -1] };
    if (!(key in walks)) return undefined;
    const [order, step] = walks[key];
    return { picked: order[Math.max(0, Math.min(order.length - 1, order.indexOf(state.picked) + step))], pointed: undefined };
  },
  status: (state, data) => statusText(data, state),
  help: 'drag along the chart of step 5 to add channels, click a tile or a bar to pick its channel; keys: left and right arrow: the channel, in the order in which they add up; page up and down: in the order of the weights; up and down arrow, Home, End: how many channels are added; Shift with arrows: a cell; Escape takes it away',
  links: { cursor: { tell: ({ cursor }) => cursor, hear: (cursor) => ({ cursor }) } },
});

