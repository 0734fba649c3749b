import { live } from '../page/live';
import { type FeatureData, type FeatureState, momentCount, type Tile } from './data';
import { draw, start } from './draw';
import { statusText, stepText } from './words';

const clamp = (at: number, count: number): number => Math.max(0, Math.min(count - 1, at));

/** The moment that lies nearest to a place on the curve. */
function nearest(u: number, { moments }: Tile, last: number): number {
  const step = u * last;
  return moments.reduce((best, moment, at) => (Math.abs(moment.step - step) < Math.abs(moments[best].step - step) ? at : best), 0);
}

/** What a pointer or a press on a part of the drawing changes. */
function chosen(name: string, u: number, { picked }: FeatureState, data: FeatureData): Partial<FeatureState> | undefined {
  const [what, at] = name.split(' ');
  if (what === 'tile') return { picked: Number(at) };
  if (what === 'moment') return { at: Number(at) };
  return what === 'curve' ? { at: nearest(u, data.tiles[picked], Math.max(...data.tiles.map(({ steps }) => steps))) } : undefined;
}

export const wake = live<FeatureData, FeatureState>({
  start,
  draw,
  controls(ui, data) {
    ui.player('at', { label: 'steps', count: momentCount(data) + 1, speeds: [2, 4, 8], text: (_at, state) => stepText(data.tiles[state.picked], state) });
    if (data.tiles.length > 1) ui.select('picked', { label: 'picture', options: data.tiles.map(({ title }, value) => ({ value, text: title })) });
  },
  point: ({ spot, u, pressed }, state, data) => (pressed && spot.name === 'curve' ? chosen(spot.name, u, state, data) : undefined),
  press: ({ spot, u }, state, data) => chosen(spot.name, u, state, data),
  key(key, { at, picked }, data) {
    const count = momentCount(data) + 1;
    const moves: Record<string, Partial<FeatureState> | undefined> = {
      ArrowLeft: { at: clamp(at - 1, count) },
      ArrowRight: { at: clamp(at + 1, count) },
      Home: { at: 0 },
      End: { at: count - 1 },
      ArrowUp: { picked: clamp(picked - 1, data.tiles.length) },
      ArrowDown: { picked: clamp(picked + 1, data.tiles.length) },
    };
    return moves[key];
  },
  status: (state, data) => statusText(data, state),
  help: 'left and right go through the steps (Home: the noise, End: the best), up and down through the pictures; a press on a picture picks it, on the strip or the curve its step',
});
