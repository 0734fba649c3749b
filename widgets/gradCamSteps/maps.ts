import { colorize } from '../../src/figure/colorize';
import type { Colormap } from '../../src/figure/colormap';
import { normalize, type Range, type Sign } from '../../src/figure/normalize';
import { overlayPanel } from '../../src/figure/overlayPanel';
import type { Bar } from '../../src/figure/colorbar';
import type { Pixels } from '../../src/image/canvas';
import type { StepsData } from './data';
import { enlarge } from './enlarge';
import { rankOf } from './state';
import { rectified } from './trail';

/** What a map's values are. */
export type Kind = 'activation' | 'gradient' | 'product' | 'sum' | 'map';

/** The values of a channel on the drawn grid; undefined where they were not sent. */
export function channelMap(data: StepsData, kind: 'activation' | 'gradient' | 'product', channel: number): Float32Array | undefined {
  const rank = rankOf(data, channel);
  const cells = data.grid[0] * data.grid[1];
  if (rank >= data.detailed) return undefined;
  const own = (values: Float32Array): Float32Array => values.subarray(rank * cells, (rank + 1) * cells);
  if (kind === 'gradient') return data.even ? new Float32Array(cells).fill(data.weights[channel]) : own(data.gradients);
  const activation = own(data.activations);
  return kind === 'activation' ? activation : activation.map((value) => value * data.weights[channel]);
}

/** The running sum at a stop, and what the ReLU makes of it. */
export function sumAt({ sums, grid: [rows, columns] }: StepsData, stop: number): Float32Array {
  return sums.subarray(stop * rows * columns, (stop + 1) * rows * columns);
}
export function mapAt(data: StepsData, stop: number): Float32Array {
  const cells = data.grid[0] * data.grid[1];
  return data.maps.length ? data.maps.subarray(stop * cells, (stop + 1) * cells) : rectified(sumAt(data, stop));
}

/** The values that the colours of each kind span, the same at every stop and for every channel. */
export function rangeOf(data: StepsData, kind: Kind): Range {
  return remembered(data, `range ${kind}`, () => {
    const last = data.stops.length - 1;
    if (kind === 'map') return [0, greatest(mapAt(data, last))];
    if (kind === 'activation') return data.activations.some((value) => value < 0) ? symmetric(greatest(data.activations)) : [0, greatest(data.activations)];
    if (kind === 'gradient') return symmetric(data.even ? greatest(data.weights) : greatest(data.gradients));
    if (kind === 'sum') return symmetric(greatest(data.sums));
    return symmetric(Math.max(...data.order.slice(0, data.detailed).map((channel) => greatest(channelMap(data, 'product', channel) as Float32Array))));
  });
}

const symmetric = (top: number): Range => [-top, top];

function greatest(values: ArrayLike<number>): number {
  let most = 0;
  for (let at = 0; at < values.length; at++) most = Math.max(most, Math.abs(values[at]) || 0);
  return most;
}

const units: Record<Kind, string> = { activation: 'A', gradient: '∂y/∂A', product: 'α A', sum: 'Σ α A', map: 'L' };

export function barOf(data: StepsData, kind: Kind): Bar {
  const range = rangeOf(data, kind);
  const signed = range[0] < 0 || (kind !== 'map' && kind !== 'activation');
  const colormap: Colormap = signed ? 'RdBu' : 'viridis';
  const beyond = kind === 'map' && data.stops.some((_, stop) => greatest(mapAt(data, stop)) > range[1]);
  return { colormap, range, unit: units[kind], centred: signed, clipped: { high: beyond } };
}

/** A map in the colours of its kind, a pixel to a cell. `key` tells it from others of the kind. */
export function picture(data: StepsData, kind: Kind, key: number, values: Float32Array): Pixels {
  return remembered(data, `${kind} ${key}`, () => {
    const { colormap, range, centred } = barOf(data, kind);
    const sign: Sign = centred ? 'signed' : 'positive';
    return colorize(normalize(values, range, sign), data.grid[1], data.grid[0], colormap);
  });
}

/** The map of a stop over the photograph, on the scale of the final one. */
export function overlayAt(data: StepsData, stop: number): Pixels {
  return remembered(data, `overlay ${stop}`, () => {
    const { image, model, target, score } = data;
    const values = enlarge(mapAt(data, stop), data.grid, [image.height, image.width]);
    const shown = { method: 'Grad-CAM', values, shape: [image.height, image.width] as [number, number], grain: 'coarse' as const, signed: false, unit: '', model, target, score, image, options: {} };
    const [low, high] = rangeOf(data, 'map');
    return overlayPanel(shown, high > low ? { range: [low, high] } : {}).panel.pixels;
  });
}

/** What was worked out for these data before: a picture that is drawn again at each move of a pointer is the same object. */
function remembered<T>(data: StepsData, key: string, make: () => T): T {
  let known = memories.get(data);
  if (!known) memories.set(data, (known = new Map()));
  if (!known.has(key)) known.set(key, make());
  return known.get(key) as T;
}
const memories = new WeakMap<StepsData, Map<string, unknown>>();
