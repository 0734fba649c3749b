import type { Bar } from '../../src/figure/colorbar';
import type { Colormap } from '../../src/figure/colormap';
import { remembered } from '../../src/figure/memo';
import { type Range, valueRange } from '../../src/figure/normalize';

/** What colours stand for. */
export interface Colours {
  colormap: Colormap;
  range: Range;
}

/** One scale for maps that are compared: about 0 where any value is negative. */
export function coloursOf(maps: readonly Float32Array[]): Colours {
  const ranges = maps.map((map) => remembered(map, 'ranges', () => ({ negative: map.some((value) => value < 0), signed: valueRange(map, 'signed'), positive: valueRange(map, 'positive') })));
  const signed = ranges.some(({ negative }) => negative);
  const top = Math.max(...ranges.map((each) => (signed ? each.signed : each.positive)[1]));
  return { colormap: signed ? 'RdBu' : 'viridis', range: signed ? [-top, top] : [0, top] };
}

/** A scale about 0 for numbers of both signs. */
export function symmetrical(values: readonly number[]): Colours {
  const top = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return { colormap: 'RdBu', range: [-top, top] };
}

/** Whether values lie beyond a scale. */
const clippedBy = (maps: readonly Float32Array[], [low, high]: Range): { low: boolean; high: boolean } => ({
  low: low < 0 && maps.some((map) => remembered(map, `below ${low}`, () => map.some((value) => value < low))),
  high: maps.some((map) => remembered(map, `above ${high}`, () => map.some((value) => value > high))),
});

/** The bar that tells what the colours of maps mean. */
export const barOf = (unit: string, { colormap, range }: Colours, maps: readonly Float32Array[]): Bar => ({ unit, colormap, range, centred: range[0] < 0, clipped: clippedBy(maps, range) });

/** How much room a bar takes with its numbers. */
export const barRoom = 74;

/** Of what is pointed at in maps: no colour scale here has it. */
export const frameInk = '#d81b60';
