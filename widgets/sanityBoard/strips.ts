import { drawPanel, margin } from '../../src/figure/sheet';
import type { Spot, Stage } from '../../src/figure/stage';
import { accent, ink, noteInk, softInk } from '../../src/figure/svg';
import { shorten } from '../../src/figure/text';
import { drawLines, styles, textLines } from '../../src/figure/textBlock';
import { drawCrossHair } from '../shared/crossHair';
import { inkOf } from './chart';
import type { BoardData } from './data';
import { pictureOf } from './pictures';
import { allMaps, type BoardState, enlarged, isAlike, showsSigns } from './state';
import { likenessText } from './words';

const gap = 8;
const narrowest = 58;
const widest = 96;
const below = 33;
// Cells to a CSS pixel of a small map: fewer make a notebook lighter.
const tileDetail = 0.75;

/** A row of small maps for each method, with the step's name and the likeness below; gives the maps as spots, and the y below the last. */
export function drawStrips(stage: Stage, data: BoardData, state: BoardState, top: number, inner: number): { spots: Spot[]; y: number } {
  const { svg } = stage;
  const count = Math.max(...data.rows.map((row) => allMaps(row).length), data.stages.length + 1);
  const columns = Math.max(1, Math.min(count, Math.floor((inner + gap) / (narrowest + gap))));
  const side = Math.min(widest, Math.floor((inner + gap) / columns) - gap);
  const height = Math.round((side * data.photo.height) / data.photo.width);
  const spots: Spot[] = [];
  const shown = enlarged(data, state);
  let y = top;
  data.rows.forEach((row, line) => {
    svg.append('path').attr('d', `M${margin},${y + 8}h14`).attr('stroke', inkOf(line)).attr('stroke-width', 3);
    svg.append('text').attr('x', margin + 20).attr('y', y + 12).attr('font-size', 12).attr('font-weight', 600).attr('fill', ink).text(shorten(row.name, inner - 20, 12, true));
    y = drawLines(svg, textLines(row.verdict, inner, { ...styles.subtitle, ...(row.outcome === 'fails' && { fill: noteInk }) }), margin, y + 15) + 5;
    allMaps(row).forEach((map, at) => {
      const place = { x: margin + (at % columns) * (side + gap), y: y + Math.floor(at / columns) * (height + below), width: side, height };
      drawPanel(stage, { pixels: pictureOf(map, showsSigns(row, state), side * tileDetail), look: 'crisp' }, place);
      if (state.cursor) drawCrossHair(svg, place, state.cursor);
      const chosen = line === state.row && at === shown.at;
      if (chosen) svg.append('rect').attr('x', place.x - 2.5).attr('y', place.y - 2.5).attr('width', side + 5).attr('height', height + 5).attr('fill', 'none').attr('stroke', accent).attr('stroke-width', 2.5).attr('rx', 1.5);
      const alike = at > 0 && isAlike(row, map);
      svg.append('text').attr('x', place.x).attr('y', place.y + height + 12).attr('font-size', 10).attr('fill', softInk).text(shorten(map.title, side, 10));
      if (at) svg.append('text').attr('x', place.x).attr('y', place.y + height + 25).attr('font-size', 11).attr('font-weight', alike ? 600 : null).attr('fill', alike ? noteInk : ink).attr('style', 'font-variant-numeric:tabular-nums').text(`${likenessText(map.likeness[state.measure])}${alike && state.measure === 'absRank' ? ' alike' : ''}`);
      spots.push({ ...place, name: `map ${line} ${at}` });
    });
    y += Math.ceil(allMaps(row).length / columns) * (height + below) + 10;
  });
  return { spots, y };
}
