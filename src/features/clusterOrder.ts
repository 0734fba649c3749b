/**
 * Items in an order that puts like ones beside each other: the leaves of a tree of average linkage (UPGMA), built by nearest-neighbour chains, each pair of branches joined
 * where their ends are nearest. `distances`: `count * count` values, symmetric.
 */
export function clusterOrder(distances: Float32Array, count: number): number[] {
  const between = Float64Array.from(distances);
  const leaves: (number[] | undefined)[] = Array.from({ length: count }, (_, at) => [at]);
  const open = new Set(leaves.keys());
  const chain: number[] = [];
  while (open.size > 1) {
    if (!chain.length) chain.push(Math.min(...open));
    const last = chain[chain.length - 1];
    const before = chain[chain.length - 2];
    const near = nearestTo(last, before, open, between, count);
    if (near !== before) {
      chain.push(near);
      continue;
    }
    chain.length -= 2;
    const [into, gone] = [Math.min(last, before), Math.max(last, before)];
    const [a, b] = [leaves[into] as number[], leaves[gone] as number[]];
    for (const other of open) {
      if (other === into || other === gone) continue;
      const mean = (a.length * between[other * count + into] + b.length * between[other * count + gone]) / (a.length + b.length);
      between[other * count + into] = between[into * count + other] = mean;
    }
    leaves[into] = joined(a, b, distances, count);
    leaves[gone] = undefined;
    open.delete(gone);
  }
  return count ? (leaves[0] as number[]) : [];
}

/** The nearest open item; of equals the one before it in the chain, so that the chain ends. */
function nearestTo(item: number, before: number | undefined, open: ReadonlySet<number>, between: Float64Array, count: number): number {
  let best = before ?? -1;
  let least = before === undefined ? Infinity : between[item * count + before];
  for (const other of open) {
    if (other === item || !(between[item * count + other] < least)) continue;
    least = between[item * count + other];
    best = other;
  }
  // What has no distance to anything joins the first there is.
  return best >= 0 ? best : ([...open].find((other) => other !== item) as number);
}

/** Two branches as one, turned so that the ends that meet are nearest. */
function joined(a: number[], b: number[], distances: Float32Array, count: number): number[] {
  const ways = [a, [...a].reverse()].flatMap((first) => [b, [...b].reverse()].map((second) => ({ first, second })));
  const gap = ({ first, second }: (typeof ways)[number]): number => distances[first[first.length - 1] * count + second[0]];
  const { first, second } = ways.reduce((best, way) => (gap(way) < gap(best) ? way : best));
  // The smaller number comes first, where the tree leaves it open.
  const list = [...first, ...second];
  return list[0] <= list[list.length - 1] ? list : list.reverse();
}
