import { type Bar, barWidth, drawBar } from '../../src/figure/colorbar';
import { drawLyingScale, type Ends } from '../../src/figure/lyingScale';
import { drawPanel, margin } from '../../src/figure/sheet';
import type { Drawn, Place, Spot, Stage } from '../../src/figure/stage';
import { accent, type Drawing, faintInk, hairline, softInk } from '../../src/figure/svg';
import { captionLines, drawLines } from '../../src/figure/textBlock';
import { type GalleryData, layoutOf, shownInputs } from './data';
import { drawDetail } from './detail';
import { columnsHeight, drawNormColumns, drawNormRows } from './norms';
import { barOf, colourPixels, kernelPixels, matrixPixels } from './pictures';
import { type GalleryState, orderedFilters } from './state';
import { altOf, detailsOf, headingOf, idleText, isPointwise, numberText } from './words';

const widest = 1068;
const detailWidth = 352;
const gap = 6;
const partGap = 2;
const label = 14;

/** Draws the filters, their norms, the picked one in numbers, and the caption. */
export function drawGallery(stage: Stage, data: GalleryData, state: GalleryState): Drawn {
  const { svg } = stage;
  const inner = Math.min(widest, stage.width - 2 * margin);
  const order = orderedFilters(data, state);
  const tiles = layoutOf(data) !== 'rows';
  const beside = tiles && inner >= 720;
  const room = beside ? inner - detailWidth - 24 : inner;
  const drawn = (tiles ? drawTiles : drawMatrix)(stage, data, state, order, room);
  let y = drawn.bottom;
  if (beside) y = Math.max(y, drawDetail(stage, data, state, margin + room + 24, margin - 4, detailWidth));
  else y = drawDetail(stage, data, state, margin, y + 14, inner);
  y = drawLines(svg, captionLines(inner, headingOf(data), detailsOf(data, state), [idleText(data)].filter((note) => note !== undefined)), margin, y + 12);
  return { width: inner + 2 * margin, height: Math.ceil(y + margin - 4), alt: () => altOf(data, state), spots: drawn.spots, focus: drawn.focus };
}

interface Part {
  bottom: number;
  spots: Spot[];
  focus?: Place;
}

/** A tile for each filter (or three, one for each colour) with its number below, the norms below them. */
function drawTiles(stage: Stage, data: GalleryData, state: GalleryState, order: readonly number[], room: number): Part {
  const { svg } = stage;
  const [rows, columns] = data.size;
  const coloured = layoutOf(data) === 'colour' && state.view === 'colour';
  const parts = coloured ? [0] : shownInputs(data);
  const bar = coloured ? undefined : barOf(data, state);
  const width = room - (bar ? barWidth(bar, 120) + 12 : 0);
  const side = tileSide(order.length * parts.length, width);
  const scale = side / Math.max(rows, columns);
  const [wide, high] = [columns, rows].map((length) => Math.max(4, Math.round(length * scale)));
  const across = parts.length * (wide + partGap) - partGap;
  const perRow = Math.max(1, Math.floor((width + gap) / (across + gap)));
  const spots = order.map((filter, at): Spot => {
    const place = { x: margin + (at % perRow) * (across + gap), y: margin + Math.floor(at / perRow) * (high + label + gap), width: across, height: high };
    parts.forEach((input, part) => {
      const pixels = coloured ? colourPixels(data, state, filter) : kernelPixels(data, state, filter, input);
      drawPanel(stage, { pixels, look: 'crisp' }, { ...place, x: place.x + part * (wide + partGap), width: wide });
    });
    svg.append('text').attr('x', place.x).attr('y', place.y + high + 11).attr('font-size', 10).attr('fill', softInk).text(data.filters[filter].number);
    if (filter === state.picked || filter === state.over?.filter) drawFrame(svg, place, filter === state.picked);
    return { ...place, name: `filter ${filter}` };
  });
  const lines = Math.ceil(order.length / perRow);
  const below = margin + lines * (high + label + gap) + 4;
  if (bar) drawBar(svg, bar, margin + width + 12, margin, Math.max(80, Math.min(160, below - margin - 20)));
  const top = bar ? Math.max(below, margin + 100) : below;
  const norms = drawNormColumns(svg, data, state, order, { x: margin, y: top, width: room });
  const focus = spots.find(({ name }) => name === `filter ${state.picked}`);
  return { bottom: top + columnsHeight - 14, spots: [...spots, { ...norms, name: 'columns' }], focus };
}

/** Large where they are few. */
const tileSide = (count: number, width: number): number => Math.max(24, Math.min(72, Math.floor(Math.sqrt((width * 330) / count)) - gap));

/** A row of tiles for each filter, a column for each input channel, the norms at the right. */
function drawMatrix(stage: Stage, data: GalleryData, state: GalleryState, order: readonly number[], room: number): Part {
  const { svg } = stage;
  const [rows, columns] = data.size;
  const inputs = data.inputs.length;
  const bar = barOf(data, state);
  // Where there is little room, the tiles have all of it, and the scale and the norms stand above and below.
  const narrow = room < 600;
  const left = margin + 38;
  const [normRoom, barRoom] = narrow ? [0, 0] : [118, barWidth(bar, 160) + 14];
  const width = room - (left - margin) - normRoom - barRoom;
  const single = isPointwise(data);
  const weight = Math.max(1, Math.min(single ? 30 : 12, width / (inputs * columns)));
  const unit = weight >= 2 ? Math.floor(weight) : weight;
  // A single weight need not be square: each row is as high as its number.
  const place = { x: left, y: margin + 30, width: Math.round(unit * inputs * columns), height: Math.round(single ? order.length * 12 : unit * order.length * rows) };
  stage.raster(place, matrixPixels(data, state, order), 'crisp');
  drawGrid(svg, place, order.length, inputs, single);
  const tile = { width: place.width / inputs, height: place.height / order.length };
  drawInputNumbers(svg, data, place, tile.width);
  drawFilterNumbers(svg, data, order, place, tile.height);
  const line = order.indexOf(state.picked);
  const focus = { x: place.x, y: place.y + line * tile.height, width: place.width, height: tile.height };
  drawFrame(svg, focus, true);
  const over = state.over && order.indexOf(state.over.filter);
  if (state.over?.input !== undefined && over !== undefined && over >= 0) drawFrame(svg, { x: place.x + state.over.input * tile.width, y: place.y + over * tile.height, width: tile.width, height: tile.height }, false);
  const spots = [{ ...place, name: 'matrix' }];
  const bottom = place.y + place.height;
  if (narrow) {
    drawLyingScale(svg, bar.colormap, endsOf(bar), margin + room, margin);
    const columnsPlace = drawNormColumns(svg, data, state, order, { x: margin, y: bottom + 12, width: room });
    return { bottom: bottom + columnsHeight, spots: [...spots, { ...columnsPlace, name: 'columns' }], focus };
  }
  const norms = { x: place.x + place.width + 12, y: place.y, width: normRoom - 12, height: place.height };
  drawNormRows(svg, data, state, order, norms);
  drawBar(svg, bar, place.x + place.width + normRoom + 14, place.y, Math.max(80, Math.min(200, place.height)));
  return { bottom: Math.max(bottom, place.y + 80), spots: [...spots, { ...norms, name: 'rows' }], focus };
}

/** The values of the first and the last colour; beyond them there may be more. */
const endsOf = ({ range: [low, high], clipped }: Bar): Ends => [`${clipped?.low ? '≤ ' : ''}${numberText(low)}`, `${clipped?.high ? '≥ ' : ''}${numberText(high)}`];

/** Lines between the tiles; none between the cells of a matrix of single weights. */
function drawGrid(svg: Drawing, { x, y, width, height }: Place, rows: number, columns: number, plain: boolean): void {
  const lines = (count: number, line: (share: number) => string): string => (plain ? '' : Array.from({ length: count - 1 }, (_, at) => line((at + 1) / count)).join(''));
  const inside = lines(columns, (share) => `M${(x + share * width).toFixed(1)},${y}v${height}`) + lines(rows, (share) => `M${x},${(y + share * height).toFixed(1)}h${width}`);
  if (inside) svg.append('path').attr('d', inside).attr('fill', 'none').attr('stroke', '#fff').attr('stroke-width', 2);
  svg.append('rect').attr('x', x - 0.5).attr('y', y - 0.5).attr('width', width + 1).attr('height', height + 1).attr('fill', 'none').attr('stroke', hairline);
}

function drawInputNumbers(svg: Drawing, data: GalleryData, { x, y }: Place, step: number): void {
  const colours = data.colours && data.colours !== 'grey' ? [...data.colours.toUpperCase()] : undefined;
  const every = Math.ceil((colours ? 12 : 24) / step);
  svg.append('text').attr('x', x).attr('y', y - 18).attr('font-size', 10).attr('fill', softInk).text(colours ? 'colour' : 'input channel');
  data.inputs.forEach((input, at) => {
    if (at % every === 0) svg.append('text').attr('x', x + (at + 0.5) * step).attr('y', y - 5).attr('text-anchor', 'middle').attr('font-size', 10).attr('fill', faintInk).text(colours?.[at] ?? input);
  });
}

function drawFilterNumbers(svg: Drawing, data: GalleryData, order: readonly number[], { x, y }: Place, step: number): void {
  const every = Math.ceil(11 / step);
  svg.append('text').attr('x', x - 6).attr('y', y - 5).attr('text-anchor', 'end').attr('font-size', 10).attr('fill', softInk).text(data.kind === 'Dense' ? 'unit' : 'filter');
  order.forEach((filter, at) => {
    if (at % every === 0) svg.append('text').attr('x', x - 6).attr('y', y + (at + 0.5) * step + 3.5).attr('text-anchor', 'end').attr('font-size', 10).attr('fill', faintInk).text(data.filters[filter].number);
  });
}

/** About what is picked, thick, or pointed at. */
function drawFrame(svg: Drawing, { x, y, width, height }: Place, picked: boolean): void {
  svg.append('rect').attr('x', x - 1.5).attr('y', y - 1.5).attr('width', width + 3).attr('height', height + 3).attr('fill', 'none').attr('stroke', accent).attr('stroke-width', picked ? 2.5 : 1.2);
}
