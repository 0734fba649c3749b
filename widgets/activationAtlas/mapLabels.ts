import type { Drawing } from '../../src/figure/svg';
import type { Place } from '../../src/figure/stage';
import { roomFor, shorten } from '../../src/figure/text';
import { type AtlasData, evidence } from './data';
import type { Placed } from './placing';

const size = 11;
const longest = 110;
const most = 16;

/** A filter leaves no names on icons that are fainter than this. */
const seen = 0.35;

/** Names the classes on the map: each at the cells that speak for it most, where there is room; white in a dark outline, to be read on any icon. */
export function drawMapLabels(svg: Drawing, { classes }: AtlasData, icons: readonly Placed[], place: Place): void {
  const taken: Place[] = [];
  const named = new Map<string, Placed[]>();
  const inView = icons.filter(({ x, y, strength }) => strength > seen && x >= 0 && x < 1 && y >= 0 && y < 1);
  for (const icon of [...inView].sort((a, b) => weight(b) - weight(a))) {
    if (taken.length >= most) return;
    const [top] = icon.cell.values;
    if (!top || !(top[1] > 0)) continue;
    const { label } = classes[top[0]];
    // One name for an area: the next of the same name stands well apart.
    if (named.get(label)?.some((other) => Math.hypot(other.x - icon.x, other.y - icon.y) < 0.3)) continue;
    const text = shorten(label, longest, size, true);
    const width = roomFor(text, size, true);
    const left = Math.max(2, Math.min(place.width - width - 2, icon.x * place.width - width / 2));
    const bottom = Math.max(size + 4, Math.min(place.height - 5, (icon.y + icon.half) * place.height - 3));
    const box = { x: left - 3, y: bottom - size - 3, width: width + 6, height: size + 8 };
    if (taken.some((other) => touch(other, box))) continue;
    taken.push(box);
    named.set(label, [...(named.get(label) ?? []), icon]);
    svg
      .append('text')
      .attr('x', place.x + left)
      .attr('y', place.y + bottom)
      .attr('font-size', size)
      .attr('font-weight', 600)
      .attr('fill', '#fff')
      .attr('stroke', '#0d1117')
      .attr('stroke-width', 3)
      .attr('stroke-linejoin', 'round')
      .attr('paint-order', 'stroke')
      .text(text);
  }
}

/** Faint icons say nothing. */
const weight = ({ cell, strength }: Placed): number => evidence(cell) * strength ** 2;

const touch = (a: Place, b: Place): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
