import type { Pair, Rank } from './ranks';

/** Room for arrows that go on in the next line. */
export const turn = 20;

/** Ranks are moved apart by as much as the longest line leaves, and by no more than this. */
const loosest = 60;

/** What a line more costs; each arrow beside the first that a break cuts; each group that it cuts. */
const prices = { line: 1, arrow: 0.6, group: 0.7 };

/** What breaks before each of the ranks cost: by the arrows (where they begin, and how far they reach) and the groups that they cut. */
export const costsOf = (ranks: readonly Rank[], arrows: readonly Pair[], groups: readonly Pair[]): number[] =>
  ranks.map(({ x }) => prices.arrow * Math.max(0, crossing(arrows, x) - 1) + prices.group * crossing(groups, x));

/** How many of the spans a break before x cuts. */
const crossing = (spans: readonly Pair[], x: number): number => spans.filter(([start, end]) => start < x && end >= x).length;

/** The ranks that begin a new line: few lines, of about one length, broken where it costs little. */
export function breaks(ranks: readonly Rank[], costs: readonly number[], width: number): number[] {
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
export interface Row {
  /** Its first and its last rank, in the endless line, and where it begins: in the middle between two ranks. */
  first: number;
  last: number;
  start: number;
  width: number;
  /** From the endless line to this one. */
  moved(x: number): number;
}

export function rowsOf(ranks: readonly Rank[], cuts: readonly number[], width: number): Row[] {
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
