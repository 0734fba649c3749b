import type { Spot } from '../../src/figure/stage';
import type { NetworkData } from './data';
import { type Visible, visibleOf } from './visible';

/** Where a reader is in a network, and what of it is open. */
export interface Moving {
  /** The folds that are open, by number. */
  open: readonly number[];
  /** The blocks that the pointer is at, and that were chosen by a click or a key, by their ids. */
  pointed?: string;
  held?: string;
}

type Move = Partial<Moving> | undefined;

/** The visible part of the network, and the place in it of the block that is looked at, -1 for none. */
export function seen(data: NetworkData, { open, pointed, held }: Moving): { visible: Visible; at: number } {
  const visible = visibleOf(data, new Set(open));
  const placeOf = (id: string | undefined): number => visible.blocks.findIndex((block) => block.id === id);
  const at = placeOf(pointed);
  return { visible, at: at < 0 ? placeOf(held) : at };
}

/** A pointer over a spot of the network's drawing. */
export const pointedAt = ({ name }: Spot): Move => ({ pointed: name.startsWith('frame') ? undefined : name });

/** A click on one: a folded group opens, the name of an open one folds it, a layer is held or let go. */
export function pressed({ name }: Spot, state: Moving, data: NetworkData): Move {
  const [what, number] = name.split(' ');
  if (what === 'frame') return folded(state, data, Number(number));
  if (what === 'fold') return { open: [...state.open, Number(number)], held: undefined, pointed: undefined };
  return { held: state.held === name ? undefined : name };
}

export const keysHelp = 'left and right go along the network, with Shift along the arrows (to what a block reads, to what reads it); down or Enter opens a folded group, up folds the group around; Home, End; Escape lets go';

/** What a key does; undefined for other keys. */
export function keyed(key: string, state: Moving, data: NetworkData): Move {
  const { visible, at } = seen(data, { ...state, pointed: undefined });
  const { blocks, edges, frames } = visible;
  const go = (to: number | undefined): Move => (to === undefined ? {} : { held: blocks[Math.max(0, Math.min(blocks.length - 1, to))].id, pointed: undefined });
  switch (key) {
    case 'ArrowRight':
      return go(at + 1);
    case 'ArrowLeft':
      return go(at - 1);
    case 'Shift+ArrowRight':
      return go(edges.find(([from]) => from === at)?.[1]);
    case 'Shift+ArrowLeft':
      return go(edges.find(([, to]) => to === at)?.[0]);
    case 'Home':
      return go(0);
    case 'End':
      return go(blocks.length - 1);
    case 'ArrowDown':
    case 'Enter': {
      const { fold, first } = blocks[at] ?? {};
      return fold === undefined ? {} : { open: [...state.open, fold], held: `layer ${first}`, pointed: undefined };
    }
    case 'ArrowUp': {
      const around = frames.findLast(({ first, last }) => first <= at && at <= last);
      return around ? folded(state, data, around.fold) : {};
    }
    case 'Escape':
      return { held: undefined, pointed: undefined };
    default:
      return undefined;
  }
}

/** A group closed, and what was open in it with it; it is what is looked at. */
const folded = ({ open }: Moving, { folds }: NetworkData, fold: number): Move => ({
  open: open.filter((each) => each < fold || folds[each].first > folds[fold].last),
  held: `fold ${fold}`,
  pointed: undefined,
});

/** What is open, and all groups that hold a layer. */
export const openedTo = ({ folds }: NetworkData, open: readonly number[], layer: number): number[] => [
  ...new Set([...open, ...folds.flatMap(({ first, last }, fold) => (first <= layer && layer <= last ? [fold] : []))]),
];
