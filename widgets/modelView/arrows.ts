import type { Layered, Piece } from './layered';
import type { Point } from './ranks';

/** An arrow as SVG paths: its line, and its head. */
export interface ArrowPath {
  line: string;
  head: string;
}

/** How arrows turn where a line ends. */
const corner = 6;
const headLength = 5;

/** The arrows between blocks; where a line ends they go on at the start of the next. `halves`: half the width of each block's picture. */
export function arrowPaths({ arrows, lines }: Layered, edges: readonly (readonly [number, number])[], halves: readonly number[], offsets: readonly number[]): ArrowPath[] {
  // What turns at the end of one line keeps apart; arrows from one block turn as one.
  const turns = lines.map(() => new Map<number, number>());
  return arrows.map((pieces, edge) => {
    const [from, to] = edges[edge];
    const path = { line: '', head: '' };
    pieces.forEach((piece, at) => {
      const points = trimmed(piece, halves[from], halves[to] + headLength).map(({ x, y }) => ({ x, y: y + offsets[piece.line] }));
      const end = points[points.length - 1];
      path.line += curve(points);
      if (piece.ends) path.head = `M${n(end.x + headLength)},${n(end.y)}l-6,-3.2v6.4z`;
      const next = pieces[at + 1];
      if (!next) return;
      const taken = turns[piece.line];
      const turn = taken.get(from) ?? taken.size;
      taken.set(from, turn);
      const gap = offsets[piece.line] + lines[piece.line].bottom + 8 + (turn % 3) * 4;
      path.line += carriage(end, gap, { x: corner, y: offsets[next.line] + next.points[0].y }, 3 * (turn % 4));
    });
    return path;
  });
}

/** The piece from the edge of one picture to that of the other. */
function trimmed({ points, starts, ends }: Piece, before: number, after: number): Point[] {
  const all = points.map((point) => ({ ...point }));
  all[0].x += starts ? before : corner;
  all[all.length - 1].x -= ends ? after : corner;
  return all;
}

const level = (a: Point, b: Point): boolean => Math.abs(a.y - b.y) < 0.5;

/** A line through points that leaves and reaches each one level. */
function curve(points: readonly Point[]): string {
  const bends = points.filter((point, at) => !at || at === points.length - 1 || !level(points[at - 1], point) || !level(point, points[at + 1]));
  return bends
    .map((point, at) => {
      if (!at) return `M${n(point.x)},${n(point.y)}`;
      const before = bends[at - 1];
      const middle = (before.x + point.x) / 2;
      return level(before, point) ? `H${n(point.x)}` : `C${n(middle)},${n(before.y)} ${n(middle)},${n(point.y)} ${n(point.x)},${n(point.y)}`;
    })
    .join('');
}

/** From the end of a line back to the start of the next, through the gap between them. */
function carriage(from: Point, gap: number, to: Point, aside: number): string {
  const r = corner - 1;
  const [right, left] = [from.x + corner + aside, to.x - corner - aside];
  return `M${n(from.x)},${n(from.y)}H${n(right - r)}q${r},0 ${r},${r}V${n(gap - r)}q0,${r} ${-r},${r}H${n(left + r)}q${-r},0 ${-r},${r}V${n(to.y - r)}q0,${r} ${r},${r}H${n(to.x)}`;
}

const n = (value: number): string => String(Math.round(value * 10) / 10);
