import type { Bar } from '../../src/figure/colorbar';
import { colorize } from '../../src/figure/colorize';
import { remembered } from '../../src/figure/memo';
import { normalize, type Range } from '../../src/figure/normalize';
import { overlayPanel } from '../../src/figure/overlayPanel';
import { resizeMap } from '../../src/image/resizeMap';
import type { Pixels } from '../../src/image/canvas';
import type { StepsData } from './data';
import { endingRange, type Kind, mapAt, rangeOf } from './maps';
import { notationFor } from './numbers';
import type { StepsState } from './state';

/** Places on the colour scale, 0 to 1, and whose colours they are. */
export function coloursOf(values: Float32Array, kind: Kind, range: Range): { positions: Float32Array; colormap: Bar['colormap'] } {
  const signed = isSigned(kind, range);
  return { positions: normalize(values, range, signed ? 'signed' : 'positive'), colormap: signed ? 'RdBu' : 'viridis' };
}

const isSigned = (kind: Kind, [low]: Range): boolean => low < 0 || !['activation', 'map'].includes(kind);

/** A map as pixels, one to a cell. `key` tells it from others of its kind. */
export function picture(data: StepsData, kind: Kind, key: number, values: Float32Array, range = rangeOf(data, kind)): Pixels {
  return remembered(data.sums, `${kind} ${key} ${range[1]}`, () => {
    const { positions, colormap } = coloursOf(values, kind, range);
    return colorize(positions, data.grid[1], data.grid[0], colormap);
  });
}

/** The map of a stop over the photograph. */
export function overlayAt(data: StepsData, at: Pick<StepsState, 'stop' | 'shared'>): Pixels {
  const range = endingRange(data, 'map', at);
  return remembered(data.sums, `overlay ${at.stop} ${range[1]}`, () => {
    const { image, model, target, score } = data;
    const values = resizeMap(mapAt(data, at.stop), data.grid, [image.height, image.width]);
    const shown = { method: 'Grad-CAM', values, shape: [image.height, image.width] as [number, number], grain: 'coarse' as const, signed: false, unit: '', model, target, score, image, options: {} };
    return overlayPanel(shown, range[1] > 0 ? { range } : {}).panel.pixels;
  });
}

/** The colour bar of a kind; its numbers are multiples of the power that stands with `unitOf`. */
export function barOf(data: StepsData, kind: Kind, range = rangeOf(data, kind)): Bar {
  const { factor } = notationFor(range[1]);
  const signed = isSigned(kind, range);
  return { colormap: signed ? 'RdBu' : 'viridis', range: [range[0] * factor, range[1] * factor], unit: '', centred: signed };
}

/** What the numbers of a colour bar are: `α A × 10⁻²`. */
export const unitOf = (data: StepsData, kind: Kind, range = rangeOf(data, kind)): string => units[kind] + notationFor(range[1]).power;

const units: Record<Kind, string> = { activation: 'A', gradient: '∂y/∂A', product: 'α A', sum: 'Σ α A', map: 'L' };
