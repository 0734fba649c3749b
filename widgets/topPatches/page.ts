import { live } from '../page/live';
import type { PatchesData } from './data';
import { drawPatches } from './draw';
import { moved, type PatchesState, type Spotted, start } from './state';
import { firedText, patchText, seesAll } from './words';

const spotted = (name: string): Spotted => {
  const [row, patch] = name.split(' ').map(Number);
  return { row, patch };
};

export const wake = live<PatchesData, PatchesState>({
  start,
  draw: drawPatches,
  controls(ui, data) {
    if (!seesAll(data) && data.rows.some(({ contexts }) => contexts)) ui.toggle('whole', { label: 'whole images' });
    if (new Set(data.rows.map(({ channel }) => channel)).size > 1) {
      ui.select('order', { label: 'channels', options: [{ value: 'given', text: 'as asked for' }, { value: 'strongest', text: 'strongest first' }, { value: 'rarest', text: 'rarest first' }] });
    }
  },
  point: ({ spot }) => ({ over: spotted(spot.name) }),
  leave: () => ({ over: undefined }),
  press: ({ spot }) => ({ picked: spotted(spot.name) }),
  key(key, state, data) {
    const picked = moved(key, data, state);
    return picked && { picked, over: undefined };
  },
  status(state, data) {
    const { row, patch } = state.over ?? state.picked;
    return data.rows[row].patches.length ? patchText(data, data.rows[row], patch) : firedText(data.rows[row]);
  },
  help: 'left and right arrow keys go from patch to patch, up and down from channel to channel; Home and End go to the first and the last',
});
