import { breaks, costsOf, type Row, rowsOf, turn } from './lines';
import { type Box, type Pair, type Point, ranked, ranksOf } from './ranks';

/** A block in its line: the middle of its picture. */
export interface Placed extends Point {
  line: number;
}

/** A part of an arrow that lies in one line; one that goes on in the next line ends at its edge. */
export interface Piece {
  line: number;
  points: Point[];
  /** Whether it begins at its block, and whether it ends at one. */
  starts: boolean;
  ends: boolean;
}

/** A layered drawing, left to right, in lines as a long sentence is. */
export interface Layered {
  /** In the order of the boxes. */
  places: Placed[];
  /** In the order of the edges. */
  arrows: Piece[][];
  lines: { width: number; top: number; bottom: number }[];
}

/**
 * Lays boxes out in ranks from left to right and breaks them into lines no wider than `width`, if it can be at the borders of the groups (first and last
 * box) and where few arrows are cut. Within a line, y counts from any origin.
 */
export function layered(boxes: readonly Box[], edges: readonly Pair[], width: number, groups: readonly Pair[] = []): Layered {
  const { middles, routes } = ranked(boxes, edges);
  const ranks = ranksOf(middles, boxes);
  const spans = groups.map(([first, last]): Pair => {
    const inside = middles.slice(first, last + 1).map(({ x }) => x);
    return [Math.min(...inside), Math.max(...inside)];
  });
  // Arrows from one box are drawn as one where they cross a break.
  const reaches = boxes.flatMap((_, box): Pair[] => {
    const ends = routes.flatMap((route, edge) => (edges[edge][0] === box ? [route[route.length - 1].x] : []));
    return ends.length ? [[middles[box].x, Math.max(...ends)]] : [];
  });
  const cuts = breaks(ranks, costsOf(ranks, reaches, spans), width);
  const rows = rowsOf(ranks, cuts, width);
  const rowOf = (x: number): number => rows.findLastIndex(({ start }) => x >= start);
  const places = middles.map(({ x, y }): Placed => {
    const line = rowOf(x);
    return { x: rows[line].moved(x), y, line };
  });
  const pieces = piecesOf(routes, edges, rows, rowOf);
  const lines = rows.map((row) => ({ width: row.width, top: Infinity, bottom: -Infinity }));
  places.forEach(({ line, y }, at) => stretch(lines[line], y - boxes[at].picture / 2, y + boxes[at].picture / 2 + boxes[at].label));
  for (const { line, points } of pieces.flat()) for (const { y } of points) stretch(lines[line], y, y);
  return { places, arrows: pieces, lines };
}

function stretch(line: { top: number; bottom: number }, top: number, bottom: number): void {
  line.top = Math.min(line.top, top);
  line.bottom = Math.max(line.bottom, bottom);
}

/** The routes in the pieces that lie in one line each. What leaves a line from one box leaves it as one, along the route that goes farthest. */
function piecesOf(routes: readonly Point[][], edges: readonly Pair[], rows: readonly Row[], rowOf: (x: number) => number): Piece[][] {
  const spans = routes.map((route): Pair => [rowOf(route[0].x), rowOf(route[route.length - 1].x)]);
  /** The routes from the box that this one comes from which enter a line, and the one that goes farthest. */
  const together = (edge: number, line: number): number[] => edges.flatMap(([from], other) => (from === edges[edge][0] && spans[other][0] < line && line <= spans[other][1] ? [other] : []));
  const farthest = (among: readonly number[]): Point[] => routes[among.reduce((best, other) => (routes[other][routes[other].length - 1].x > routes[best][routes[best].length - 1].x ? other : best))];
  return routes.map((own, edge) => {
    const [from, to] = spans[edge];
    return Array.from({ length: to - from + 1 }, (_, at): Piece => {
      const line = from + at;
      const row = rows[line];
      const route = line < to ? farthest(together(edge, line + 1)) : own;
      const points = route.filter(({ x }) => x >= row.first && x <= row.last).map(({ x, y }) => ({ x: row.moved(x), y }));
      if (line > from) {
        const lanes = together(edge, line).map((other) => laneAt(routes[other], row));
        points.unshift({ x: 0, y: (Math.min(...lanes) + Math.max(...lanes)) / 2 }, { x: turn, y: laneAt(route, row) });
      }
      if (line < to) points.push({ x: row.width, y: points[points.length - 1].y });
      return { line, points, starts: line === from, ends: line === to };
    });
  });
}

/** Where a route comes into a line. */
const laneAt = (route: readonly Point[], { first }: Row): number => (route.find(({ x }) => x >= first) as Point).y;
