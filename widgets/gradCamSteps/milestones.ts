import { scaleLinear } from 'd3-scale';
import type { StepsData } from './data';
import type { Layout } from './layout';
import { nearestStop } from './state';

/** The stops that have a tile: from one channel to all, evenly on a logarithmic scale. */
export function milestones(data: StepsData, columns: number): number[] {
  const all = data.order.length;
  const wanted = Array.from({ length: columns }, (_, at) => (columns === 1 ? all : all ** (at / (columns - 1))));
  return [...new Set(wanted.map((count) => nearestStop(data, count)))].filter((stop) => data.stops[stop] > 0);
}

/** Where a count stands under the tiles: from the middle of one to the middle of the next on a logarithmic scale; 0 at the left end. */
export function placeOfCount(data: StepsData, { lefts, tile, margin, columns }: Layout): (count: number) => number {
  const stops = milestones(data, columns);
  const scale = scaleLinear([0.5, ...stops.map((stop) => data.stops[stop])].map(Math.log2), [margin, ...stops.map((_, at) => lefts[at] + tile.width / 2)]).clamp(true);
  return (count) => scale(Math.log2(Math.max(0.5, count)));
}

/** The stop that stands nearest to a share of the width of the tiles. */
export function stopAt(data: StepsData, layout: Layout, u: number): number {
  const across = placeOfCount(data, layout);
  const x = layout.margin + u * (layout.tilesEnd - layout.margin);
  const distance = (stop: number): number => Math.abs(across(data.stops[stop]) - x);
  return data.stops.reduce((best, _, stop) => (distance(stop) < distance(best) ? stop : best), 0);
}
