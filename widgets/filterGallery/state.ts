import type { FilterOrder } from '../../src/features/filters/result';
import type { GalleryData } from './data';

/** A weight that is pointed at, by places. */
export interface WeightSpot {
  filter: number;
  input?: number;
  tap?: number;
}

export interface GalleryState {
  /** Which filter is shown large, by its place in the data. */
  picked: number;
  over?: WeightSpot;
  order: FilterOrder;
  /** One scale for all filters, or each its own. */
  scale: 'all' | 'own';
  /** Of filters in colour: as they are, or a signed tile for each colour. */
  view: 'colour' | 'channels';
  norm: 'l1' | 'l2';
}

export const start = ({ order, filters, similar }: GalleryData): GalleryState => {
  const state: GalleryState = { picked: 0, order, scale: 'all', view: 'colour', norm: 'l2' };
  return filters.length ? { ...state, picked: orderedFilters({ filters, similar, order }, state)[0] } : state;
};

/** The places of the filters in the order asked for; `given`: as they came. */
export function orderedFilters({ filters, similar, order: given }: Pick<GalleryData, 'filters' | 'similar' | 'order'>, { order, norm }: GalleryState): number[] {
  const places = filters.map((_, at) => at);
  if (order === given && (order !== 'norm' || norm === 'l2')) return places;
  if (order === 'similarity') return similar;
  const measure = (at: number): number => (order === 'norm' ? -filters[at][norm] : filters[at].number);
  return places.sort((a, b) => measure(a) - measure(b) || filters[a].number - filters[b].number);
}

const leap = 8;

/** The filter that a key leads to; undefined for other keys. */
export function moved(key: string, data: GalleryData, state: GalleryState): number | undefined {
  const order = orderedFilters(data, state);
  const at = order.indexOf(state.picked);
  const last = order.length - 1;
  const steps: Record<string, number> = { ArrowLeft: at - 1, ArrowUp: at - 1, ArrowRight: at + 1, ArrowDown: at + 1, PageUp: at - leap, PageDown: at + leap, Home: 0, End: last };
  return key in steps ? order[Math.max(0, Math.min(last, steps[key]))] : undefined;
}
