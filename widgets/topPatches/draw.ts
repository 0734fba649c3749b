import { readable } from '../../src/figure/numbers';
import { margin } from '../../src/figure/sheet';
import type { Drawn, Place, Spot, Stage } from '../../src/figure/stage';
import { accent, type Drawing, faintInk, ink, softInk } from '../../src/figure/svg';
import { shorten } from '../../src/figure/text';
import { captionLines, drawLines, styles, textLines } from '../../src/figure/textBlock';
import type { PatchesData, PatchFact, PatchRow } from './data';
import { detailHeight, drawDetail } from './detail';
import { distributionHeight, drawDistribution } from './distribution';
import { orderedRows, type PatchesState, type Spotted } from './state';
import { drawCrop, drawWhole } from './tile';
import { altOf, channelText, detailsOf, firedText, headingOf } from './words';

const widest = 1068;
const headWidth = 186;
const gap = 7;
const [smallest, largest] = [64, 112];

/** How the tiles of all rows lie. */
interface Grid {
  /** Whether the head of a row stands beside its tiles. */
  beside: boolean;
  left: number;
  columns: number;
  width: number;
  height: number;
  /** Of the lines below a tile. */
  text: number;
}

/** Draws a row of patches for each channel, the picked one large in its image, and the caption. */
export function drawPatches(stage: Stage, data: PatchesData, state: PatchesState): Drawn {
  const inner = Math.min(widest, stage.width - 2 * margin);
  const grid = gridOf(data, state, inner);
  const spots: Spot[] = [];
  let y = margin;
  for (const at of orderedRows(data, state)) {
    const { bottom, places } = drawRow(stage, data, state, at, grid, y, inner);
    spots.push(...places);
    y = bottom + 12;
  }
  const { svg } = stage;
  const picked = data.rows[state.picked.row];
  if (picked.patches.length) {
    drawDetail(stage, data, picked, state.picked.patch, y, inner);
    y += detailHeight(data, inner) + 12;
  }
  y = drawLines(svg, captionLines(inner, headingOf(data), detailsOf(data), data.notes), margin, y);
  const focus = spots.find(({ name }) => name === nameOf(state.picked));
  return { width: inner + 2 * margin, height: Math.ceil(y + margin - 4), alt: () => altOf(data), spots, focus };
}

const nameOf = ({ row, patch }: Spotted): string => `${row} ${patch}`;

function gridOf(data: PatchesData, { whole }: PatchesState, inner: number): Grid {
  const beside = inner >= 560;
  const left = beside ? margin + headWidth : margin;
  const room = margin + inner - left;
  const most = Math.max(1, ...data.rows.map(({ patches }) => patches.length));
  const fitting = Math.max(1, Math.floor((room + gap) / (smallest + gap)));
  // Two even lines rather than one full and one nearly empty.
  const columns = Math.ceil(most / Math.ceil(most / fitting));
  const width = Math.min(largest, Math.floor((room + gap) / columns) - gap);
  const first = data.rows.flatMap(({ patches }) => patches)[0];
  const [high, wide] = whole || !first ? data.size : [first.box.height, first.box.width];
  const labelled = data.rows.some(({ patches }) => patches.some(({ label }) => label !== undefined));
  return { beside, left, columns, width, height: Math.round(Math.min(2 * width, (width * high) / wide)), text: labelled ? 40 : 28 };
}

function drawRow(stage: Stage, data: PatchesData, state: PatchesState, at: number, grid: Grid, top: number, inner: number): { bottom: number; places: Spot[] } {
  const { svg } = stage;
  const row = data.rows[at];
  const head = drawHead(svg, data, row, top, grid.beside ? headWidth - 18 : inner, grid.beside);
  const tilesTop = grid.beside ? top + 4 : head + 8;
  if (!row.patches.length) {
    const text = row.kind === 'top' ? 'no patch: it is 0 wherever these images were looked at' : 'no patch: nothing below 0';
    const bottom = drawLines(svg, textLines(text, margin + inner - grid.left, styles.details), grid.left, tilesTop);
    return { bottom: Math.max(bottom, head), places: [] };
  }
  const places = row.patches.map((patch, place): Spot => {
    const tile: Place = {
      x: grid.left + (place % grid.columns) * (grid.width + gap),
      y: tilesTop + Math.floor(place / grid.columns) * (grid.height + grid.text + 4),
      width: grid.width,
      height: grid.height,
    };
    (state.whole && row.contexts ? drawWhole : drawCrop)(stage, data, row, place, tile);
    drawUnder(svg, patch, tile);
    const chosen = state.picked.row === at && state.picked.patch === place;
    const over = state.over?.row === at && state.over.patch === place;
    if (chosen || over) svg.append('rect').attr('x', tile.x - 2).attr('y', tile.y - 2).attr('width', tile.width + 4).attr('height', tile.height + 4).attr('fill', 'none').attr('stroke', accent).attr('stroke-width', chosen ? 2.5 : 1.2);
    return { ...tile, height: tile.height + grid.text, name: nameOf({ row: at, patch: place }) };
  });
  return { bottom: Math.max(head, ...places.map(({ y, height }) => y + height)), places };
}

/** The channel, how often it fired, and its values over all images; gives the y below. */
function drawHead(svg: Drawing, data: PatchesData, row: PatchRow, top: number, width: number, beside: boolean): number {
  const title = row.kind === 'top' ? channelText(row, data) : `${channelText(row, data)}: least`;
  let y = drawLines(svg, textLines(title, width, styles.title).slice(0, 2), margin, top);
  if (row.kind === 'least') return data.beforeRelu ? drawLines(svg, textLines('before the ReLU', width, styles.subtitle), margin, y) : y;
  y = drawLines(svg, textLines(firedText(row), width, styles.subtitle), margin, y) + 5;
  drawDistribution(svg, row, margin, y, beside ? width : Math.min(width, 300));
  return y + distributionHeight;
}

/** The value, the image's name without its folders, its class. */
function drawUnder(svg: Drawing, { value, image, label }: PatchFact, { x, y, width, height }: Place): void {
  const line = (text: string, size: number, fill: string, down: number): void => void svg.append('text').attr('x', x).attr('y', y + height + down).attr('font-size', size).attr('fill', fill).text(shorten(text, width, size));
  line(readable(value), 11, ink, 13);
  line(image.split('/').pop() as string, 10, softInk, 25);
  if (label !== undefined) line(label, 10, faintInk, 37);
}
