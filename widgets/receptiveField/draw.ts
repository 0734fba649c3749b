import { massShare } from '../../src/features/effective/massBox';
import { joinParts } from '../../src/figure/caption';
import { type Bar, drawBar } from '../../src/figure/colorbar';
import { percent } from '../../src/figure/numbers';
import { drawPanel, margin } from '../../src/figure/sheet';
import type { Drawn, Place, Stage } from '../../src/figure/stage';
import { type Drawing, ink, softInk } from '../../src/figure/svg';
import { roomFor, shorten } from '../../src/figure/text';
import { captionLines, drawLines } from '../../src/figure/textBlock';
import type { EffectiveCell, ReceptiveData } from './data';
import { drawFacts } from './facts';
import { drawGrowth, effectiveInk, growthHeight, theoreticalInk } from './growth';
import { keyPlaces, type ReceptiveState, type Sight, sightOf } from './looking';
import { markMap, markPhoto } from './marks';
import { heatColors, heatRange, outputPicture, seenPhoto } from './pictures';
import { drawSeenBy, seenByHeight } from './seenBy';
import { channelText, sightText, sizeText } from './words';

export { start } from './looking';

const widest = 868;
const largest = 336;
const barGap = 12;
const barRoom = 76;
const columnGap = 22;
const head = 36;

/** Draws the image as a cell sees it beside the layer's map, the numbers, the growth over all layers, and which cells see a pixel. */
export function draw(stage: Stage, data: ReceptiveData, state: ReceptiveState): Drawn {
  const { svg } = stage;
  const inner = Math.min(widest, stage.width - 2 * margin);
  const sight = sightOf(data, state);
  const { photo, map, room } = layoutOf(data, inner);
  drawPhoto(stage, data, state, sight, photo, room);
  drawMap(stage, sight, state, map, room);

  let y = drawFacts(svg, sight, state, margin, map.y + map.height + 12, inner) + 22;
  y = drawLegend(svg, margin, y, inner);
  const growth = drawGrowth(svg, data, state.layer, margin, y, inner);
  y += growthHeight + 24;
  drawTitle(svg, `the cells that see pixel (${sight.pixel.join(', ')})`, undefined, margin, y, inner);
  const seen = drawSeenBy(stage, data, state.layer, sight.pixel, margin, y + 10, inner);
  y += 10 + seenByHeight(data, inner) + 12;
  y = drawLines(svg, captionLines(inner, headingOf(data), detailsOf(data), data.note ? [data.note] : []), margin, y);
  return {
    width: inner + 2 * margin,
    height: Math.ceil(y + margin - 4),
    alt: `${headingOf(data)}. ${sightText(data, state)}. Its field is ${sizeText(sight.layer.fields)}.`,
    spots: [...seen, { ...growth, name: 'growth' }, { ...photo, name: 'photo' }, { ...map, name: 'map' }],
  };
}

/** The two pictures side by side where there is room, else one below the other. */
function layoutOf({ image }: ReceptiveData, inner: number): { photo: Place; map: Place; room: number } {
  const beside = inner >= 560;
  const room = beside ? (inner - columnGap) / 2 : inner;
  const scale = Math.min(largest, room - barRoom) / Math.max(image.width, image.height);
  const photo = { x: margin, y: margin + head, width: Math.round(image.width * scale), height: Math.round(image.height * scale) };
  const map = beside ? { ...photo, x: margin + Math.round(room + columnGap) } : { ...photo, y: photo.y + photo.height + 14 + head };
  return { photo, map, room };
}

function drawPhoto(stage: Stage, data: ReceptiveData, state: ReceptiveState, sight: Sight, place: Place, room: number): void {
  const { svg } = stage;
  const { effective, cell, box, pixel } = sight;
  if (state.looking === 'pixel') {
    drawPanel(stage, { pixels: data.image, look: 'smooth' }, place);
    drawTitle(svg, `pixel (${pixel.join(', ')}) of the image`, 'row and column, from 0', place.x, place.y - 8, room, true);
  } else {
    const heat = state.heat && effective?.box ? effective : undefined;
    drawPanel(stage, { pixels: seenPhoto(data.image, box, heat), look: 'smooth' }, place);
    drawTitle(svg, `what cell (${cell.join(', ')}) can see`, heat && !heat.own ? `colours: gradient of the nearest computed cell (${heat.cell.join(', ')})` : heat ? 'colours: its gradient' : 'the rest of the image is dark', place.x, place.y - 8, room, true);
    if (heat) drawBar(svg, heatBar(heat), place.x + place.width + barGap, place.y, place.height);
  }
  markPhoto(svg, data, sight, state, place);
}

const heatBar = (heat: EffectiveCell): Bar => {
  const range = heatRange(heat);
  return { colormap: heatColors, range, unit: '|gradient| per input channel', clipped: { high: heat.map.high > range[1] } };
};

function drawMap(stage: Stage, sight: Sight, state: ReceptiveState, place: Place, room: number): void {
  const { svg } = stage;
  const { layer } = sight;
  const { pixels, colormap, range } = outputPicture(layer);
  drawPanel(stage, { pixels, look: 'crisp' }, place);
  const size = `${layer.kind}, ${layer.map[0]} × ${layer.map[1]} cells`;
  drawTitle(svg, layer.name, joinParts([size, channelText(layer)]), place.x, place.y - 8, room, true);
  drawBar(svg, { colormap, range, unit: 'output', centred: range[0] < 0, clipped: { low: layer.output.low < range[0], high: layer.output.high > range[1] } }, place.x + place.width + barGap, place.y, place.height);
  markMap(svg, sight, state, place);
}

/** A strong line, and a paler one under it or behind it, ending at `y`. */
function drawTitle(svg: Drawing, text: string, more: string | undefined, x: number, y: number, room: number, below = false): void {
  svg.append('text').attr('x', x).attr('y', below ? y - 14 : y).attr('font-size', 12).attr('font-weight', 600).attr('fill', ink).text(shorten(text, room, 12, true));
  if (more) svg.append('text').attr('x', x).attr('y', y).attr('font-size', 11).attr('fill', softInk).text(shorten(more, room, 11));
}

const growthTitle = 'side of the field, layer by layer (logarithmic)';

/** What the line and the dots of the growth mean; gives the y of the chart. */
function drawLegend(svg: Drawing, left: number, top: number, width: number): number {
  drawTitle(svg, growthTitle, undefined, left, top, width);
  const keys = [
    { text: 'theoretical', stroke: theoreticalInk, dot: false },
    { text: 'effective, median of the computed cells', stroke: effectiveInk, dot: true },
  ];
  const title = roomFor(growthTitle, 12, true) + 20;
  const rooms = keys.map(({ text }) => 28 + roomFor(text, 11));
  let [x, y] = title + rooms[0] + 18 + rooms[1] <= width ? [left + title, top] : [left, top + 17];
  keys.forEach(({ text, stroke, dot }, at) => {
    if (x > left && x + rooms[at] > left + width) [x, y] = [left, y + 15];
    if (dot) svg.append('circle').attr('cx', x + 13).attr('cy', y - 4).attr('r', 3.5).attr('fill', stroke);
    else svg.append('path').attr('d', `M${x},${y - 4}h20`).attr('stroke', stroke).attr('stroke-width', 2);
    svg.append('text').attr('x', x + 26).attr('y', y).attr('font-size', 11).attr('fill', softInk).text(text);
    x += rooms[at] + 18;
  });
  return y + 6;
}

const headingOf = ({ model, image }: ReceptiveData): string => `Receptive fields · ${model} · ${image.name}`;

function detailsOf(data: ReceptiveData): string {
  const cells = data.layers.reduce((sum, { effective = [] }) => sum + effective.length, 0);
  const keys = keyPlaces(data).map((at) => data.layers[at].name);
  const computed = cells ? `gradients computed at ${cells} cells (dots) of ${keys.length} of ${data.layers.length} layers: ${keys.join(', ')}` : 'no gradients computed';
  return joinParts([computed, `the dashed box is the smallest one around the middle of the field that holds ${percent(massShare)} of |gradient|`, 'sizes count the padding']);
}

/** One line about the figure. */
export const captionOf = (data: ReceptiveData): string => `${headingOf(data)} · ${detailsOf(data)}`;

