import { Graph, layout } from '@dagrejs/dagre';

/** What a block needs: its picture with its label below it. */
export interface Box {
  width: number;
  /** Of the picture alone: arrows meet it at half its height. */
  picture: number;
  /** Of the label below. */
  label: number;
}

export interface Point {
  x: number;
  y: number;
}

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

const apart = { ranks: 14, boxes: 16, arrows: 10 };

/** Room for arrows that go on in the next line. */
const turn = 20;

/** Ranks are moved apart by as much as the longest line leaves, and by no more than this. */
const loosest = 60;

type Pair = readonly [number, number];

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
  const cuts = breaks(ranks, ranks.map(({ x }) => prices.arrow * Math.max(0, crossing(reaches, x) - 1) + prices.group * crossing(spans, x)), width);
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

/** Where the middles of the pictures come to lie in one endless line, and how arrows run between them. */
function ranked(boxes: readonly Box[], edges: readonly Pair[]): { middles: Point[]; routes: Point[][] } {
  const graph = new Graph();
  graph.setGraph({ rankdir: 'LR', ranksep: apart.ranks, nodesep: apart.boxes, edgesep: apart.arrows });
  boxes.forEach((box, at) => graph.setNode(String(at), { width: box.width, height: box.picture + box.label }));
  for (const [from, to] of edges) graph.setEdge(String(from), String(to), {});
  layout(graph);
  // Labels are of one height: the middle of a picture is as far above that of its box everywhere.
  const up = boxes[0].label / 2;
  const middles = boxes.map((_, at) => {
    const { x, y } = graph.node(String(at)) as Point;
    return { x, y: y - up };
  });
  const routes = edges.map(([from, to]) => {
    const { points } = graph.edge(String(from), String(to)) as { points: Point[] };
    // Level as far as its boxes reach: an arrow bends between the labels, not over them.
    const [leaves, comes] = [{ ...middles[from], x: middles[from].x + boxes[from].width / 2 }, { ...middles[to], x: middles[to].x - boxes[to].width / 2 }];
    return [middles[from], leaves, ...points.slice(1, -1).map(({ x, y }) => ({ x, y: y - up })), comes, middles[to]];
  });
  return { middles, routes };
}

function stretch(line: { top: number; bottom: number }, top: number, bottom: number): void {
  line.top = Math.min(line.top, top);
  line.bottom = Math.max(line.bottom, bottom);
}

interface Rank {
  x: number;
  left: number;
  right: number;
}

/** All boxes of a rank have one middle. */
function ranksOf(middles: readonly Point[], boxes: readonly Box[]): Rank[] {
  const ranks = new Map<number, Rank>();
  middles.forEach(({ x }, at) => {
    const half = boxes[at].width / 2;
    const rank = ranks.get(x);
    ranks.set(x, { x, left: Math.min(rank?.left ?? Infinity, x - half), right: Math.max(rank?.right ?? -Infinity, x + half) });
  });
  return [...ranks.values()].sort((a, b) => a.x - b.x);
}

/** What a line more costs; each arrow beside the first that a break cuts; each group that it cuts. */
const prices = { line: 1, arrow: 0.6, group: 0.7 };

/** How many of the spans a break before x cuts. */
const crossing = (spans: readonly Pair[], x: number): number => spans.filter(([start, end]) => start < x && end >= x).length;

/** The ranks that begin a new line: few lines, of about one length, broken where it costs little. */
function breaks(ranks: readonly Rank[], costs: readonly number[], width: number): number[] {
  const best: { cost: number; from: number }[] = [{ cost: 0, from: 0 }];
  for (let end = 1; end <= ranks.length; end++) {
    let chosen = { cost: Infinity, from: end - 1 };
    for (let from = end - 1; from >= 0; from--) {
      const needed = ranks[end - 1].right - ranks[from].left + (from ? turn : 0) + (end < ranks.length ? turn : 0);
      if (needed > width && from < end - 1) break;
      const slack = Math.max(0, 1 - needed / width);
      const cost = best[from].cost + prices.line + (from ? costs[from] : 0) + slack ** 2;
      if (cost < chosen.cost) chosen = { cost, from };
    }
    best.push(chosen);
  }
  const cuts: number[] = [];
  for (let end = ranks.length; best[end].from > 0; end = best[end].from) cuts.unshift(best[end].from);
  return cuts;
}

/** A line of the broken drawing. */
interface Row {
  /** Its first and its last rank, in the endless line, and where it begins: in the middle between two ranks. */
  first: number;
  last: number;
  start: number;
  width: number;
  /** From the endless line to this one. */
  moved(x: number): number;
}

function rowsOf(ranks: readonly Rank[], cuts: readonly number[], width: number): Row[] {
  const rows = [0, ...cuts].map((first, line) => ({ ranks: ranks.slice(first, cuts[line]), isFirst: line === 0, isLast: line === cuts.length }));
  const natural = rows.map((row) => row.ranks[row.ranks.length - 1].right - row.ranks[0].left + (row.isFirst ? 0 : turn) + (row.isLast ? 0 : turn));
  const extra = Math.max(0, Math.min(loosest, ...rows.map((row, line) => (row.ranks.length > 1 ? (width - natural[line]) / (row.ranks.length - 1) : Infinity))));
  return rows.map((row, line) => {
    const { [0]: first, length, [length - 1]: last } = row.ranks;
    const origin = first.left - (row.isFirst ? 0 : turn);
    return {
      start: row.isFirst ? -Infinity : (ranks[cuts[line - 1] - 1].right + first.left) / 2,
      first: first.x,
      last: last.x,
      width: natural[line] + extra * (length - 1),
      moved: (x) => x - origin + extra * rankAt(row.ranks, x),
    };
  });
}

/** How many ranks lie before x, in parts of the way between two. */
function rankAt(ranks: readonly Rank[], x: number): number {
  const after = ranks.findIndex((rank) => rank.x > x);
  if (after === 0) return 0;
  if (after < 0) return ranks.length - 1;
  return after - 1 + (x - ranks[after - 1].x) / (ranks[after].x - ranks[after - 1].x);
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
