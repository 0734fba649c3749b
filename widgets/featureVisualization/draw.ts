import { readable } from '../../src/figure/numbers';
import { drawPanel, margin } from '../../src/figure/sheet';
import type { Drawn, Place, Spot, Stage } from '../../src/figure/stage';
import { accent, type Drawing, faintInk, ink, noteInk, softInk } from '../../src/figure/svg';
import { shorten } from '../../src/figure/text';
import { captionLines, drawLines } from '../../src/figure/textBlock';
import { curveHeight, drawCurve } from './curve';
import { type FeatureData, type FeatureState, momentAt, momentCount, shownOf, start, type Tile } from './data';
import { pictureIn, smoothed } from './strip';
import { altText, headingOf, stepText } from './words';

export { start };

const widest = 868;
const gap = 14;
const titleHeight = 33;
const narrowestCurve = 360;

/** The pictures at a step, how the picked one came to be, and its value over the steps. */
export function draw(stage: Stage, data: FeatureData, state: FeatureState): Drawn {
  const { svg } = stage;
  const inner = Math.min(widest, stage.width - 2 * margin);
  const { places, right, bottom } = tilePlaces(data, inner);
  const spots: Spot[] = [];
  const offset = data.original ? 1 : 0;
  if (data.original) {
    drawPanel(stage, { pixels: smoothed(data.original), look: 'smooth' }, places[0]);
    drawTitle(svg, data.original.name, 'the image', places[0]);
  }
  data.tiles.forEach((tile, at) => {
    const place = places[at + offset];
    const moment = momentAt(tile, state);
    drawPanel(stage, { pixels: smoothed(moment === undefined ? tile.best : pictureIn(tile, moment)), look: 'smooth' }, place);
    drawTitle(svg, tile.title, valueLine(data, tile, state), place, tile.note !== undefined);
    if (at === state.picked && data.tiles.length > 1) svg.append('rect').attr('x', place.x - 2).attr('y', place.y - 2).attr('width', place.width + 4).attr('height', place.height + 4).attr('fill', 'none').attr('stroke', accent).attr('stroke-width', 2.5).attr('rx', 2);
    spots.push({ ...place, name: `tile ${at}` });
  });
  const film = drawFilm(stage, data, state, margin, bottom + 18, inner);
  spots.push(...film.spots);
  // The curve stands beside the pictures where they leave room for it.
  const beside = { x: right + 28, y: margin, width: margin + inner - right - 28, height: bottom - margin };
  const isBeside = beside.width >= narrowestCurve;
  const place = isBeside ? beside : { x: margin, y: film.bottom + 22, width: inner, height: curveHeight };
  spots.push({ ...drawCurve(svg, data, state, place), name: 'curve' });
  const end = isBeside ? film.bottom : place.y + place.height;
  const y = drawLines(svg, captionLines(inner, headingOf(data), data.details, data.notes), margin, end + 8);
  return {
    width: inner + 2 * margin,
    height: Math.ceil(y + margin - 4),
    alt: () => altText(data, state),
    spots,
    focus: spots.find(({ name }) => name === `tile ${state.picked}`),
  };
}

/** The pictures in even rows, as large as their number lets them be. */
function tilePlaces({ tiles, original }: FeatureData, inner: number): { places: Place[]; right: number; bottom: number } {
  const count = tiles.length + (original ? 1 : 0);
  const ratio = tiles[0].best.height / tiles[0].best.width;
  const wished = count === 1 ? 320 : count <= 8 ? 200 : count <= 18 ? 130 : 96;
  const fitting = Math.max(1, Math.floor((inner + gap) / (Math.min(wished, inner) + gap)));
  const columns = Math.ceil(count / Math.ceil(count / fitting));
  const width = Math.floor(Math.min(count === 1 ? wished : wished * 1.4, (inner - gap * (columns - 1)) / columns));
  const height = Math.round(width * ratio);
  const places = Array.from({ length: count }, (_, at) => ({ x: margin + (at % columns) * (width + gap), y: margin + titleHeight + Math.floor(at / columns) * (height + titleHeight + gap), width, height }));
  return { places, right: margin + columns * (width + gap) - gap, bottom: places[count - 1].y + height };
}

/** What it is, and what it reaches, above a picture. */
function drawTitle(svg: Drawing, title: string, value: string, { x, y, width }: Place, noted = false): void {
  svg.append('text').attr('x', x).attr('y', y - 21).attr('font-size', 12).attr('font-weight', 600).attr('fill', ink).text(shorten(title, width, 12, true));
  svg.append('text').attr('x', x).attr('y', y - 7).attr('font-size', 11).attr('fill', noted ? noteInk : softInk).attr('style', 'font-variant-numeric:tabular-nums').text(shorten(value, width, 11));
}

/** The value and the noise's, without the unit where there is no room for it. */
function valueLine(data: FeatureData, tile: Tile, state: FeatureState): string {
  const { value } = shownOf(tile, state);
  if (tile.note && value === tile.value) return tile.note;
  return data.rising ? `${readable(value)} (noise ${readable(tile.start)})` : `error ${readable(value)} (grey ${readable(tile.grey)})`;
}

const frameGap = 8;

/** The moments of the picked picture, and its best, from left to right. */
function drawFilm(stage: Stage, data: FeatureData, state: FeatureState, x: number, y: number, inner: number): { spots: Spot[]; bottom: number } {
  const { svg } = stage;
  const tile = data.tiles[state.picked];
  const count = momentCount(data);
  const width = Math.floor(Math.min(96, (inner - frameGap * count) / (count + 1)));
  const height = Math.round((width * tile.best.height) / tile.best.width);
  svg.append('text').attr('x', x).attr('y', y + 11).attr('font-size', 12).attr('font-weight', 600).attr('fill', ink).text(shorten(`how it came to be: ${tile.title}`, inner, 12, true));
  const top = y + 20;
  const current = momentAt(tile, state) ?? count;
  const frames = [...tile.moments.map((moment, at) => ({ at, step: moment.step, pixels: pictureIn(tile, at) })), { at: count, step: tile.step, pixels: tile.best }];
  const spots = frames.map(({ at, step, pixels }, i): Spot => {
    const place = { x: x + i * (width + frameGap), y: top, width, height };
    drawPanel(stage, { pixels: smoothed(pixels), look: 'smooth' }, place);
    const chosen = at === current;
    if (chosen) svg.append('rect').attr('x', place.x - 2).attr('y', top - 2).attr('width', width + 4).attr('height', height + 4).attr('fill', 'none').attr('stroke', accent).attr('stroke-width', 2.5).attr('rx', 2);
    svg.append('text').attr('x', place.x + width / 2).attr('y', top + height + 14).attr('text-anchor', 'middle').attr('font-size', 10.5).attr('fill', chosen ? ink : faintInk).text(at === count ? (width > 64 ? `best: ${step}` : 'best') : step);
    return { ...place, name: `moment ${at}` };
  });
  return { spots, bottom: top + height + 18 };
}

/** The caption in one line. */
export const captionOf = (data: FeatureData): string => [headingOf(data), data.details, stepText(data.tiles[0], start(data)), ...data.notes].join(' · ');
