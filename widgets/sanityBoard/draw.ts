import { barWidth, drawBar } from '../../src/figure/colorbar';
import { drawPanel, margin } from '../../src/figure/sheet';
import type { Drawn, Place, Spot, Stage } from '../../src/figure/stage';
import { ink, softInk } from '../../src/figure/svg';
import { shorten } from '../../src/figure/text';
import { captionLines, drawLines } from '../../src/figure/textBlock';
import { drawCrossHair } from '../shared/crossHair';
import { drawChart } from './chart';
import type { BoardData } from './data';
import { barOf, pictureOf } from './pictures';
import { type BoardState, enlarged, showsSigns } from './state';
import { drawStrips } from './strips';
import { altOf, detailsOf, headingOf, likenessText, shortMoment } from './words';

export { start } from './state';

const widest = 868;
const gap = 14;
const head = 34;
const chartHeight = 216;

/** Draws one step enlarged beside the original, the likeness over the steps, and a strip of maps for each method. */
export function draw(stage: Stage, data: BoardData, state: BoardState): Drawn {
  const inner = Math.min(widest, stage.width - 2 * margin);
  const beside = inner >= 700;
  const left = beside ? Math.round(inner * 0.58) : inner;
  const { spots: panels, height } = drawEnlarged(stage, data, state, left);
  const chart = beside ? { x: margin + left + 22, y: margin, width: inner - left - 22, height: chartHeight } : { x: margin, y: margin + height + 16, width: inner, height: chartHeight };
  const steps = drawChart(stage.svg, data, state, chart);
  const strips = drawStrips(stage, data, state, Math.max(margin + height, chart.y + chart.height) + 12, inner);
  const y = drawLines(stage.svg, captionLines(inner, headingOf(data), detailsOf(data), data.note ? [data.note] : []), margin, strips.y);
  const chosen = strips.spots.find(({ name }) => name === `map ${state.row} ${enlarged(data, state).at}`);
  return { width: inner + 2 * margin, height: Math.ceil(y + margin - 4), alt: altOf(data), spots: [...panels, { ...steps, name: 'chart' }, ...strips.spots], focus: chosen };
}

/** The photograph, the original map, and the map of one step, with their colour bar, and what the check says of the method. */
function drawEnlarged(stage: Stage, data: BoardData, state: BoardState, room: number): { spots: Spot[]; height: number } {
  const { svg } = stage;
  const { row, map, at } = enlarged(data, state);
  const signs = showsSigns(row, state);
  const bar = barOf(signs);
  const { width, height } = data.photo;
  const side = Math.min(220, Math.floor((room - 3 * gap - barWidth(bar, 150)) / 3));
  const tall = Math.round((side * height) / width);
  const panels = [
    { pixels: data.photo, look: 'smooth' as const, more: `${data.photo.name}: ${data.target}` },
    { pixels: pictureOf(row.maps[0], signs, side), look: 'crisp' as const, more: 'original map' },
    { pixels: pictureOf(map, signs, side), look: 'crisp' as const, more: at ? `${likenessText(map.likeness[state.measure])}, ${shortMoment(data, map)}` : 'the same' },
  ];
  const places = panels.map(({ pixels, look, more }, column): Place => {
    const place = { x: margin + column * (side + gap), y: margin + head, width: side, height: tall };
    drawPanel(stage, { pixels, look }, place);
    svg.append('text').attr('x', place.x).attr('y', margin + 27).attr('font-size', 11).attr('fill', softInk).text(shorten(more, side + gap - 4, 11));
    return place;
  });
  const titles = [{ text: 'photograph', room: side }, { text: row.name, room: 2 * side + gap }];
  titles.forEach(({ text, room }, column) => svg.append('text').attr('x', places[column].x).attr('y', margin + 12).attr('font-size', 12).attr('font-weight', 600).attr('fill', ink).text(shorten(text, room, 12, true)));
  const barPlace = { x: places[2].x + side + gap, y: margin + head, width: 12, height: tall };
  drawBar(svg, bar, barPlace.x, barPlace.y, tall);
  if (state.cursor) for (const place of places) drawCrossHair(svg, place, state.cursor);
  const words = captionLines(room, undefined, row.verdict);
  const bottom = drawLines(svg, words, margin, margin + head + tall + 8);
  return { spots: places.map((place, panel) => ({ ...place, name: `panel ${panel}` })), height: bottom - margin };
}
