import { faintInk } from '../../src/figure/svg';
import type { Piece } from './formula';
import { drawInNumbers } from './inNumbers';
import { barOf, channelMap, picture, type Kind } from './maps';
import { drawLabel, drawMap, drawRowBar, drawTitle, type Easel } from './paint';
import { rankOf } from './state';

/** A step that every channel takes by itself: a tile for each of the first channels, and the picked one in numbers. */
export interface ChannelRow {
  kind: Extract<Kind, 'activation' | 'gradient' | 'product'>;
  title: string;
  formula?: readonly Piece[];
  /** What stands above the tiles, and below. */
  over?(channel: number): string;
  under?(channel: number): { text: string; pale?: boolean };
  /** What stands above the picked channel's numbers. */
  aside(channel: number): string;
  /** Whether a line parts the row from what is above it. Default true. */
  rule?: boolean;
}

const labelLine = 14;

/** Draws the row from `y` down, and gives the y below. */
export function drawChannelRow(easel: Easel, { kind, title, formula = [], over, under, aside, rule }: ChannelRow, y: number): number {
  const { data, state, layout } = easel;
  const { tile, lefts, beside } = layout;
  const top = drawTitle(easel, title, formula, y, { rule });
  const mapTop = top + (over ? labelLine : 0);
  for (const [at, channel] of shownChannels(easel).entries()) {
    const place = { x: lefts[at], y: mapTop, ...tile };
    const centre = place.x + tile.width / 2;
    const values = channelMap(data, kind, channel);
    const chosen = channel === state.picked;
    drawMap(easel, `${kind} ${channel}`, place, values && picture(data, kind, channel, values), { chosen });
    if (over) drawLabel(easel, over(channel), centre, mapTop - 4, { bold: chosen });
    const below = under?.(channel);
    if (below) drawLabel(easel, below.text, centre, mapTop + tile.height + 12, { bold: chosen, fill: below.pale ? faintInk : undefined });
  }
  drawRowBar(easel, barOf(data, kind), mapTop, tile.height);
  const tilesBottom = mapTop + tile.height + (under ? labelLine : 0) + 4;
  const numbersTop = beside ? top : tilesBottom + 2;
  const numbersBottom = drawInNumbers(easel, kind, aside(state.picked), numbersTop);
  return Math.max(tilesBottom, numbersBottom) + 8;
}

/** The first channels of the order; the last place is the picked one's, where it is not among them. */
export function shownChannels({ data, state, layout: { columns } }: Easel): number[] {
  const first = data.order.slice(0, columns);
  if (rankOf(data, state.picked) >= columns) first[columns - 1] = state.picked;
  return first;
}
