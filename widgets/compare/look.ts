import type { Bar } from '../../src/figure/colorbar';
import { heatmapPanel } from '../../src/figure/mapPanel';
import { latest } from '../../src/figure/memo';
import type { Range, Sign } from '../../src/figure/normalize';
import { overlayPanel } from '../../src/figure/overlayPanel';
import type { Panel } from '../../src/figure/sheet';
import type { Cell } from './cells';
import type { CompareData } from './data';
import type { CompareState } from './state';

const spanOf = (sign: Sign, top: number): Range => [sign === 'signed' && top ? -top : 0, top];

/** The values that the colours of a map span: those of all maps, or its own. */
export function rangeOf({ sign, range, tops }: CompareData, { scale }: CompareState, place: number): Range {
  if (scale === 'shared') return range ?? spanOf(sign, Math.max(...tops));
  const top = tops[place];
  return range ? [range[0] * top, range[1] * top] : spanOf(sign, top);
}

/** The one colour bar beside all maps: in their unit, or in shares of each one's own greatest value. */
export function sharedBar(data: CompareData, state: CompareState): Bar {
  const { tops, maps, sign } = data;
  const shares = data.range ?? spanOf(sign, Math.max(...tops) && 1);
  return {
    ...coloursOf(data, state),
    range: state.scale === 'shared' ? rangeOf(data, state, 0) : shares,
    unit: state.scale === 'shared' ? unitOf(data, 0) : 'share of each map’s greatest value',
    clipped: {
      high: maps.some((_, place) => isBeyond(data, state, place).high),
      low: maps.some((_, place) => isBeyond(data, state, place).low),
    },
  };
}

/** The colour bar of one map alone, in its own unit. */
export const ownBar = (data: CompareData, state: CompareState, place: number): Bar => ({
  ...coloursOf(data, state),
  range: rangeOf(data, state, place),
  unit: unitOf(data, place),
  clipped: isBeyond(data, state, place),
});

const coloursOf = ({ sign }: CompareData, { colormap }: CompareState): Pick<Bar, 'colormap' | 'centred'> => ({ colormap: colormap ?? (sign === 'signed' ? 'RdBu' : 'viridis'), centred: sign === 'signed' });

const unitOf = ({ maps, sign }: CompareData, place: number): string => (sign === 'absolute' ? `|${maps[place].unit}|` : maps[place].unit);

function isBeyond(data: CompareData, state: CompareState, place: number): { high: boolean; low: boolean } {
  const [low, high] = rangeOf(data, state, place);
  const [least, most] = data.extremes[place];
  const size = data.sign === 'absolute' ? Math.max(-least, most) : most;
  return { high: high > low && size > high, low: data.sign === 'signed' && high > low && least < low };
}

/** What a cell shows, in this state. */
export function pictureOf(data: CompareData, state: CompareState, { kind, map, place }: Cell): Pick<Panel, 'pixels' | 'look'> {
  if (kind === 'photo') return { pixels: map.image, look: 'smooth' };
  const { sign } = data;
  const { as, colormap, opacity } = state;
  const range = rangeOf(data, state, place);
  const look = { sign, colormap, range: range[1] > range[0] ? range : undefined };
  return latest(map.values, 'picture', JSON.stringify([as, look, as === 'overlay' && opacity]), () => (as === 'overlay' ? overlayPanel(map, { ...look, opacity }).panel : heatmapPanel(map, look).panel));
}
