import { readable } from '../../src/figure/numbers';
import type { Spot, Stage } from '../../src/figure/stage';
import { accent, hairline, ink, softInk, type Drawing } from '../../src/figure/svg';
import { roomFor } from '../../src/figure/text';
import { drawLines, styles, textLines } from '../../src/figure/textBlock';
import type { BrowserData, BrowserLayer } from './data';
import { drawFrame, placeOfCells } from './frames';
import type { ChannelOrder } from './keep';
import { type BrowserState, chosenChannel, isDead, layerAt, panesOf, pixelsOf, tilesOf, wholeOf, windowOf } from './state';
import { tilesTitle } from './words';

const gap = 6;
// Between the maps of two images of one channel.
const pairGap = 2;
const labelHeight = 15;

/** How tiles are laid out: side of a map, maps to a tile, tiles to a row. */
export interface TileGrid {
  side: number;
  maps: number;
  columns: number;
  width: number;
}

/** Of a grid with sides of `side` what fits into `width`, in about as many columns as rows; `fill`: makes the tiles as wide as there is room. */
export function tileGrid(data: BrowserData, state: BrowserState, width: number, fill: boolean): TileGrid {
  const maps = data.photos.length > 1 && state.view === 'both' ? 2 : 1;
  const count = tilesOf(layerAt(data, state), state).length;
  const wanted = Math.max(24, Math.round((data.size ?? usualSide(count)) * (maps > 1 ? 0.6 : 1)));
  const tileWidth = (side: number): number => maps * side + (maps - 1) * pairGap;
  const most = Math.max(1, Math.floor((width + gap) / (tileWidth(wanted) + gap)));
  const columns = fill ? evenColumns(count, most) : Math.min(most, Math.ceil(Math.sqrt(count)));
  const room = Math.floor(((width + gap) / columns - gap - (maps - 1) * pairGap) / maps);
  const side = fill && count >= most ? room : Math.min(room, wanted);
  return { side, maps, columns, width: columns * (tileWidth(side) + gap) - gap };
}

/** As many tiles as usual get a side of 76, fewer are larger. */
const usualSide = (count: number): number => Math.min(150, Math.max(76, Math.floor(310 / Math.ceil(Math.sqrt(count)))));

/** Up to `most` columns, a few less where that leaves fewer places of the last row empty. */
function evenColumns(count: number, most: number): number {
  const empty = (columns: number): number => Math.ceil(count / columns) * columns - count;
  let best = Math.min(most, count);
  for (let columns = best - 1; columns >= 0.7 * most; columns--) if (empty(columns) < empty(best)) best = columns;
  return best;
}

/** The channels of a layer as small maps, each with its number. Gives the y below, and a spot for each. */
export function drawTiles(stage: Stage, data: BrowserData, state: BrowserState, grid: TileGrid, left: number, top: number): { bottom: number; spots: Spot[] } {
  const { svg } = stage;
  const layer = layerAt(data, state);
  const tiles = tilesOf(layer, state);
  const tileWidth = grid.maps * grid.side + (grid.maps - 1) * pairGap;
  const [title, subtitle] = tilesTitle(data, state);
  const start = drawLines(svg, [...textLines(title, grid.width, styles.title), ...textLines(subtitle, grid.width, styles.subtitle)], left, top) + 6;
  const height = Math.round(Math.max(8, Math.min(2 * grid.side, (grid.side * layer.height) / layer.width)));
  const spots = tiles.map((channel, tile) => {
    const x = left + (tile % grid.columns) * (tileWidth + gap);
    const y = start + Math.floor(tile / grid.columns) * (height + labelHeight + gap);
    panesOf(data, state, channel).forEach((pane, at) => {
      const place = { x: x + at * (grid.side + pairGap), y, width: grid.side, height };
      stage.raster(place, pixelsOf(pane, layer), 'crisp');
      if (isDead(layer, channel, grid.maps > 1 ? at : imageOf(state))) drawCross(svg, place);
    });
    drawLabel(svg, data, state, channel, x, y + height + 11, tileWidth);
    return { name: `tile ${tile}`, x, y, width: tileWidth, height: height + labelHeight };
  });
  const frames = spots.map(({ x, y, width }) => `M${x},${y}h${width}v${height}h${-width}z`).join('');
  svg.append('path').attr('d', frames).attr('fill', 'none').attr('stroke', hairline).attr('stroke-width', 0.75);
  drawChosen(svg, data, state, spots, grid.side, height);
  const bottom = Math.max(...spots.map(({ y }) => y)) + height + labelHeight;
  return { bottom, spots };
}

/** Of which image a single map is; none for the difference. */
const imageOf = ({ view }: BrowserState): number | undefined => (view === 'second' ? 1 : view === 'difference' ? undefined : 0);

/** A map that is 0 everywhere: crossed out, dark on light, so that it is seen on any colour. */
function drawCross(svg: Drawing, { x, y, width, height }: { x: number; y: number; width: number; height: number }): void {
  const cross = `M${x},${y}l${width},${height}M${x + width},${y}l${-width},${height}`;
  for (const [stroke, thick] of [['#fff', 2.5], ['#555', 1]] as const) svg.append('path').attr('class', 'dead').attr('d', cross).attr('stroke', stroke).attr('stroke-width', thick);
}

const statistics: Partial<Record<ChannelOrder, (layer: BrowserLayer, channel: number) => number>> = {
  mean: ({ images }, channel) => images[0].mean[channel],
  max: ({ images }, channel) => images[0].max[channel],
  variance: ({ images }, channel) => images[0].variance[channel],
};

/** The channel's number, and where there is room what it was sorted by. */
function drawLabel(svg: Drawing, data: BrowserData, state: BrowserState, channel: number, x: number, y: number, width: number): void {
  const layer = layerAt(data, state);
  const number = String(layer.channels[channel]);
  svg.append('text').attr('x', x).attr('y', y).attr('font-size', 10).attr('fill', ink).text(number);
  const sorted = statistics[state.order]?.(layer, channel);
  const told = isDead(layer, channel) ? 'all 0' : sorted === undefined ? '' : readable(Number(sorted.toPrecision(2)));
  if (!told || roomFor(number, 10) + roomFor(told, 10) + 4 > width) return;
  svg.append('text').attr('x', x + width).attr('y', y).attr('text-anchor', 'end').attr('font-size', 10).attr('fill', softInk).text(told);
}

/** Frames about the tile that is shown large and the one that is pointed at; in the former, the part whose values are shown. */
function drawChosen(svg: Drawing, data: BrowserData, state: BrowserState, spots: readonly Spot[], side: number, height: number): void {
  const layer = layerAt(data, state);
  const chosen = spots[Math.min(state.tile, spots.length - 1)];
  const frame = ({ x, y, width }: Spot, thick: number): void => void svg.append('rect').attr('x', x - 1.5).attr('y', y - 1.5).attr('width', width + 3).attr('height', height + 3).attr('fill', 'none').attr('stroke', accent).attr('stroke-width', thick);
  if (state.overTile !== undefined && spots[state.overTile] && spots[state.overTile] !== chosen) frame(spots[state.overTile], 1);
  frame(chosen, 2.5);
  const part = windowOf(data, state);
  if (part.rows === layer.height && part.columns === layer.width) return;
  panesOf(data, state, chosenChannel(data, state)).forEach((_, at) => {
    drawFrame(svg, placeOfCells({ x: chosen.x + at * (side + pairGap), y: chosen.y, width: side, height }, wholeOf(layer), part), 'part');
  });
}
