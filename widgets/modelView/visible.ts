import type { NetworkData } from './data';

/** What is drawn as one block: a layer, a folded group of layers, or the network's input, whose `first` is -1. */
export interface Block {
  /** "input", "layer 12" or "fold 3". */
  id: string;
  first: number;
  last: number;
  /** The number of the fold, for a folded group. */
  fold?: number;
}

/** The blocks of a partly opened network in the order in which they run, and which reads which. */
export interface Visible {
  blocks: Block[];
  /** The places of blocks: the one that is read, and the one that reads it. */
  edges: [from: number, to: number][];
  /** The open folds that are seen, the outer before the inner. */
  frames: Frame[];
}

/** An open fold, and the places of its blocks. */
export interface Frame {
  fold: number;
  first: number;
  last: number;
}

export function visibleOf({ layers, folds }: NetworkData, open: ReadonlySet<number>): Visible {
  const blocks: Block[] = [{ id: 'input', first: -1, last: -1 }];
  const place: number[] = [];
  for (let at = 0; at < layers.length; at = blocks[blocks.length - 1].last + 1) {
    // Outer folds come first: the outermost closed one hides what is in it.
    const closed = folds.findIndex(({ first, last }, fold) => first <= at && at <= last && !open.has(fold));
    const block = closed < 0 ? { id: `layer ${at}`, first: at, last: at } : { id: `fold ${closed}`, first: at, last: folds[closed].last, fold: closed };
    for (let layer = at; layer <= block.last; layer++) place[layer] = blocks.length;
    blocks.push(block);
  }
  const edges = new Map<string, [number, number]>();
  layers.forEach(({ inputs }, layer) => {
    for (const input of inputs) {
      const edge: [number, number] = [input < 0 ? 0 : place[input], place[layer]];
      if (edge[0] !== edge[1]) edges.set(edge.join(), edge);
    }
  });
  const isSeen = (fold: number): boolean => fold < 0 || (open.has(fold) && isSeen(folds[fold].within));
  const frames = folds.flatMap(({ first, last }, fold) => (isSeen(fold) ? [{ fold, first: place[first], last: place[last] }] : []));
  return { blocks, edges: [...edges.values()], frames };
}

/** All blocks that a block depends on, by place, itself left out. */
export function ancestorsOf({ edges }: Visible, place: number): Set<number> {
  const found = new Set<number>();
  const visit = (at: number): void => {
    for (const [from, to] of edges) {
      if (to !== at || found.has(from)) continue;
      found.add(from);
      visit(from);
    }
  };
  visit(place);
  return found;
}
