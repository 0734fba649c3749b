import type { Range } from '../../src/figure/normalize';
import type { Place } from '../../src/figure/stage';
import { ink, type Drawing } from '../../src/figure/svg';

/** A place of the image: from its left and from its top, 0 to 1. */
export interface Cursor {
  u: number;
  v: number;
}

const hole = 7;

/** Lines across a picture that cross at the cursor, open in the middle; dark on light, so that they are seen on any picture. */
export function drawCrossHair(svg: Drawing, { x, y, width, height }: Place, { u, v }: Cursor): void {
  const [cx, cy] = [x + u * width, y + v * height];
  const across = `M${x},${cy}H${Math.max(x, cx - hole)}M${Math.min(x + width, cx + hole)},${cy}H${x + width}`;
  const down = `M${cx},${y}V${Math.max(y, cy - hole)}M${cx},${Math.min(y + height, cy + hole)}V${y + height}`;
  for (const [stroke, thick] of [['#fff', 3], ['#000', 1]] as const) svg.append('path').attr('d', across + down).attr('fill', 'none').attr('stroke', stroke).attr('stroke-width', thick).attr('stroke-opacity', 0.85);
}

/** A mark on an upright colour bar, at a value. */
export function drawValueMark(svg: Drawing, { x, y, height }: Place, [low, high]: Range, value: number): void {
  if (!(high > low) || !Number.isFinite(value)) return;
  const at = y + height * (1 - Math.min(1, Math.max(0, (value - low) / (high - low))));
  svg.append('path').attr('d', `M${x},${at}l-7,-5v10z`).attr('fill', ink);
}

/** Where a key moves the cursor; undefined for other keys. `cells`: the grid of the map, `[rows, columns]`. */
export function movedCursor(key: string, cursor: Cursor | undefined, cells: readonly number[]): { cursor: Cursor | undefined } | undefined {
  if (key === 'Escape') return cursor && { cursor: undefined };
  const fine = key.startsWith('Shift+');
  const direction = directions[key.replace('Shift+', '')];
  if (!direction) return undefined;
  const { u, v } = cursor ?? { u: 0.5, v: 0.5 };
  const [down, across] = [stepOf(cells[0], fine), stepOf(cells[1], fine)];
  const middle = (share: number, step: number): number => Math.min(1 - step / 2, Math.max(step / 2, (Math.floor(share / step) + 0.5) * step));
  return { cursor: { u: middle(u + direction[0] * across, across), v: middle(v + direction[1] * down, down) } };
}

const directions: Record<string, readonly [number, number] | undefined> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** One cell of a coarse grid, a 28th of a fine one; with Shift one cell of any. */
const stepOf = (cells: number, fine: boolean): number => 1 / (fine ? cells : Math.min(cells, 28));
