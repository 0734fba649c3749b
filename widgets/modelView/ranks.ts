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

export type Pair = readonly [number, number];

const apart = { ranks: 14, boxes: 16, arrows: 10 };

/** Where the middles of the pictures come to lie in one endless line, and how arrows run between them. */
export function ranked(boxes: readonly Box[], edges: readonly Pair[]): { middles: Point[]; routes: Point[][] } {
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

/** Boxes one above the other. */
export interface Rank {
  x: number;
  left: number;
  right: number;
}

/** All boxes of a rank have one middle. */
export function ranksOf(middles: readonly Point[], boxes: readonly Box[]): Rank[] {
  const ranks = new Map<number, Rank>();
  middles.forEach(({ x }, at) => {
    const half = boxes[at].width / 2;
    const rank = ranks.get(x);
    ranks.set(x, { x, left: Math.min(rank?.left ?? Infinity, x - half), right: Math.max(rank?.right ?? -Infinity, x + half) });
  });
  return [...ranks.values()].sort((a, b) => a.x - b.x);
}
