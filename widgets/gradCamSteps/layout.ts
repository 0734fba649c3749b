import type { StepsData } from './data';

/** Where things stand at a width. */
export interface Layout {
  width: number;
  margin: number;
  /** Between the margins. */
  inner: number;
  /** How many tiles a row has, one for a channel. */
  columns: number;
  /** A tile has the photograph's proportions. */
  tile: { width: number; height: number };
  gap: number;
  /** Where the tiles of a row begin, each. */
  lefts: readonly number[];
  /** Where the tiles end, and a colour bar may begin. */
  tilesEnd: number;
  /** What stands beside the tiles, or below them where there is no room. */
  beside: boolean;
  aside: { x: number; width: number };
}

export const widest = 900;
const narrowest = 340;
const besideFrom = 780;
const asideWidth = 226;
const asideGap = 22;
const barRoom = 66;
const gap = 8;
const [leastTile, greatestTile] = [52, 72];
const mostColumns = 8;

export function layoutFor(available: number, { image, order }: StepsData): Layout {
  const width = Math.max(narrowest, Math.min(widest, available));
  const margin = width < 560 ? 10 : 16;
  const inner = width - 2 * margin;
  const beside = width >= besideFrom;
  const room = (beside ? inner - asideWidth - asideGap : inner) - barRoom;
  const columns = Math.max(1, Math.min(mostColumns, order.length, Math.floor((room + gap) / (leastTile + gap))));
  const side = Math.min(greatestTile, Math.floor((room - gap * (columns - 1)) / columns));
  const scale = side / Math.max(image.width, image.height);
  const tile = { width: Math.round(image.width * scale), height: Math.round(image.height * scale) };
  const lefts = Array.from({ length: columns }, (_, at) => margin + at * (side + gap));
  const aside = beside ? { x: width - margin - asideWidth, width: asideWidth } : { x: margin, width: inner };
  return { width, margin, inner, columns, tile, gap, lefts, tilesEnd: lefts[columns - 1] + tile.width, beside, aside };
}
