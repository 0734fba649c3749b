import { faintInk, softInk } from '../../src/figure/svg';
import { wrap } from '../../src/figure/text';
import type { Piece } from './formula';
import { drawInNumbers } from './inNumbers';
import { channelMap, type ChannelKind } from './maps';
import { drawLabel, drawMap, drawRowBar, drawTitle, type Easel } from './paint';
import { picture } from './pictures';
import { barRoom } from './layout';
import { rankOf } from './state';

/** A step that every channel takes by itself: a tile for each of the first channels, and the picked one in numbers. */
export interface ChannelRow {
  kind: ChannelKind;
  /** Without one the row belongs to what is above it. */
  title?: string;
  formula?: readonly Piece[];
  /** What stands above each tile, or below it. */
  over?(channel: number): string;
  under?(channel: number): { text: string; pale?: boolean };
  /** What the labels are, below the tiles. */
  remark: string;
  /** What stands above the picked channel's numbers. */
  aside: string;
}

const labelLine = 14;
const remarkSize = 11;

/** Draws the row from `y` down, and gives the y below. */
export function drawChannelRow(easel: Easel, { kind, title, formula = [], over, under, remark, aside }: ChannelRow, y: number): number {
  const { data, state, layout } = easel;
  const { tile, lefts, beside, margin, chartEnd } = layout;
  const top = title ? drawTitle(easel, title, formula, y) : y;
  const mapTop = top + (over ? labelLine : 2);
  const mapBottom = mapTop + tile.height;
  for (const [at, channel] of shownChannels(easel).entries()) {
    const values = channelMap(data, kind, channel);
    const chosen = channel === state.picked;
    const centre = lefts[at] + tile.width / 2;
    drawMap(easel, `${kind} ${channel}`, { x: lefts[at], y: mapTop, ...tile }, values && picture(data, kind, channel, values), { chosen });
    if (over) drawLabel(easel, over(channel), centre, mapTop - 4, { bold: chosen });
    const below = under?.(channel);
    if (below) drawLabel(easel, below.text, centre, mapBottom + 12, { bold: chosen, fill: below.pale ? faintInk : undefined });
  }
  drawRowBar(easel, kind, mapTop, tile.height, over ? mapTop - 4 : mapBottom + 12);
  let bottom = mapBottom + (under ? labelLine : 2);
  for (const text of wrap(remark, beside ? chartEnd - margin + barRoom - 6 : layout.inner, remarkSize)) {
    bottom += 15;
    drawLabel(easel, text, margin, bottom, { anchor: 'start', size: remarkSize, fill: softInk });
  }
  const numbersBottom = drawInNumbers(easel, kind, aside, beside ? top : bottom + 9);
  return Math.max(bottom, numbersBottom) + 12;
}

/** The first channels of the order; the last place is the picked one's, where it is not among them. */
function shownChannels({ data, state, layout: { columns } }: Easel): number[] {
  const first = data.order.slice(0, columns);
  if (rankOf(data, state.picked) >= columns) first[columns - 1] = state.picked;
  return first;
}
