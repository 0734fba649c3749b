import { barWidth, drawBar, type Bar } from '../../src/figure/colorbar';
import { drawPanel } from '../../src/figure/sheet';
import type { Place, Spot, Stage } from '../../src/figure/stage';
import { softInk } from '../../src/figure/svg';
import { shorten } from '../../src/figure/text';
import { drawLines, heightOf, styles, textLines } from '../../src/figure/textBlock';
import { cellAt } from '../shared/cells';
import { drawValueMark } from '../shared/crossHair';
import type { BrowserData } from './data';
import { drawFrame, placeOfCells } from './frames';
import { drawPhotos, nameHeight } from './photos';
import { type BrowserState, type Cells, chosenChannel, cursorCell, holds, layerAt, type Pane, panesOf, pixelsOf, windowOf } from './state';
import { drawValues } from './valueCells';
import { cellStatus, channelTitle, factsOf } from './words';

const gap = 10;
const photoSide = 104;
const largest = 420;
// With two photographs below it a single map is no larger than this.
const abovePhotos = 290;
// As wide as the bars of most layers: the map keeps its size when the layer or the scale changes.
const usualBar = 78;
const tallestBar = 300;
const shortestBar = 60;
const paneTitle = 15;

/** The chosen channel large, of one image or of both, with its numbers, a colour bar, the photographs, and the values in the cells where they fit. */
export function drawMaps(stage: Stage, data: BrowserData, state: BrowserState, left: number, top: number, width: number, wide: boolean): { bottom: number; spots: Spot[] } {
  const { svg } = stage;
  const layer = layerAt(data, state);
  const channel = chosenChannel(data, state);
  const panes = panesOf(data, state, channel);
  const part = windowOf(data, state);
  const bar = barOf(data, state, panes[0]);
  const head = [...textLines(channelTitle(layer, channel), width, styles.title), ...factsOf(data, state, channel).flatMap((facts) => textLines(facts, width, styles.subtitle))];
  const start = drawLines(svg, head, left, top) + 6;

  // The one photograph of a single image stands beside the bar, two stand below the maps.
  const beside = wide && data.photos.length === 1;
  const barRoom = gap + Math.max(usualBar, barWidth(bar, shortestBar));
  const places = placesOf(panes, part, left, start, width - barRoom - (beside ? photoSide + gap : 0), wide, data.photos.length > 1);
  panes.forEach((pane, at) => {
    const { x, y, width: own } = places[at];
    if (panes.length > 1) svg.append('text').attr('x', x).attr('y', y - 4).attr('font-size', 11).attr('fill', softInk).text(shorten(pane.name, own, 11));
    drawPanel(stage, { pixels: pixelsOf(pane, layer, part), look: 'crisp' }, places[at]);
  });
  drawValues(svg, panes, places, layer, part);
  const cell = cursorCell(layer, state);
  if (cell && holds(part, cell)) for (const place of places) drawFrame(svg, placeOfCells(place, part, cell), 'cursor');

  const [first, last] = [places[0], places[places.length - 1]];
  const barPlace = { x: last.x + last.width + gap, y: first.y, width: 0, height: Math.max(shortestBar, Math.min(first.height, tallestBar)) };
  drawBar(svg, bar, barPlace.x, barPlace.y, barPlace.height);
  if (state.cursor) drawValueMark(svg, barPlace, bar.range, panes[0].values[cellAt(state.cursor, [layer.height, layer.width])]);

  const told = state.cursor ? textLines(cellStatus(data, state, state.cursor), width, styles.subtitle) : [];
  const end = last.y + last.height + 2;
  drawLines(svg, told, left, end);
  // Room for these lines is always kept, so that nothing jumps when they come.
  const below = Math.max(end + Math.max(heightOf(told), data.photos.length * styles.subtitle.line), barPlace.y + barPlace.height);
  const photos = beside ? drawPhotos(stage, data, state, barPlace.x + barRoom, first.y, photoSide) : drawPhotos(stage, data, state, left, below + 4, Math.min(photoSide, (width - gap) / 2));
  const spots = [...places.map((place, at) => ({ name: `map ${at}`, ...place })), ...photos];
  return { bottom: Math.max(below, ...photos.map((photo) => photo.y + photo.height + nameHeight)), spots };
}

/** Where the maps lie: two side by side, or one below the other where it is narrow. Cells are whole pixels where that costs little, so that all look the same. */
function placesOf(panes: readonly Pane[], { rows, columns }: Cells, left: number, top: number, room: number, wide: boolean, photosBelow: boolean): Place[] {
  const pair = panes.length > 1;
  const limit = wide && photosBelow && !pair ? abovePhotos : largest;
  const across = pair && wide ? (room - gap) / 2 : room;
  const side = Math.min(across / columns, limit / columns, limit / rows, 96);
  const cell = side >= 4 ? Math.floor(side) : side;
  const [width, height] = [cell * columns, cell * rows];
  const title = pair ? paneTitle : 0;
  return panes.map((_, at) => ({ x: left + (wide ? at * (width + gap) : 0), y: top + title + (wide ? 0 : at * (height + gap + title)), width, height }));
}

const barOf = ({ photos }: BrowserData, { view }: BrowserState, { colormap, range, signed, values }: Pane): Bar => ({
  colormap,
  range,
  unit: view === 'difference' && photos.length > 1 ? 'difference' : 'output',
  centred: signed,
  clipped: { low: values.some((value) => value < range[0]), high: values.some((value) => value > range[1]) },
});
