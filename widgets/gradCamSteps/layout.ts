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
  /** Where the tiles of a row begin, each. */
  lefts: readonly number[];
  /** Where the tiles end, and a colour bar may begin; and where they would end if there were as many as fit. */
  tilesEnd: number;
  chartEnd: number;
  /** What stands beside the tiles, or below them where there is no room. */
  beside: boolean;
  aside: { x: number; width: number };
}

export const widest = 900;
const narrowest = 340;
const besideFrom = 780;
const asideWidth = 226;
const asideGap = 22;
/** For a colour bar and its numbers. */
export const barRoom = 66;
const [leastGap, greatestGap] = [8, 40];
const [leastTile, greatestTile] = [52, 84];
const mostColumns = 8;

export function layoutFor(available: number, { image, order }: StepsData): Layout {
  const width = Math.max(narrowest, Math.min(widest, available));
  const margin = width < 560 ? 10 : 16;
  const inner = width - 2 * margin;
  const beside = width >= besideFrom;
  const room = (beside ? inner - asideWidth - asideGap : inner) - barRoom;
  const columns = Math.max(1, Math.min(mostColumns, order.length, Math.floor((room + leastGap) / (leastTile + leastGap))));
  const side = Math.min(greatestTile, Math.floor((room - leastGap * (columns - 1)) / columns));
  // Few tiles stand further apart.
  const gap = columns > 1 ? Math.min(greatestGap, (room - side * columns) / (columns - 1)) : 0;
  const scale = side / Math.max(image.width, image.height);
  const tile = { width: Math.round(image.width * scale), height: Math.round(image.height * scale) };
  const lefts = Array.from({ length: columns }, (_, at) => Math.round(margin + at * (side + gap)));
  const aside = beside ? { x: width - margin - asideWidth, width: asideWidth } : { x: margin, width: inner };
  return { width, margin, inner, columns, tile, lefts, tilesEnd: lefts[columns - 1] + tile.width, chartEnd: margin + room, beside, aside };
}
