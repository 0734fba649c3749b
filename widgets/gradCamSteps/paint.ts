import { barWidth, drawBar, type Bar } from '../../src/figure/colorbar';
import type { Place, RasterLook, Spot, Stage } from '../../src/figure/stage';
import { accent, hairline, ink, softInk } from '../../src/figure/svg';
import { styles, textLines, drawLines, heightOf } from '../../src/figure/textBlock';
import type { Pixels } from '../../src/image/canvas';
import { drawFormula, formulaWidth, type Piece } from './formula';
import type { Layout } from './layout';
import type { StepsData } from './data';
import { cellAt, type StepsState } from './state';

/** What the parts of the drawing share. */
export interface Easel {
  stage: Stage;
  data: StepsData;
  state: StepsState;
  layout: Layout;
  /** What a pointer can be at, collected as it is drawn. */
  spots: Spot[];
}

const formulaSize = 12;
const ruleRoom = 14;

/** A hairline, and below it the title of a step: a sentence, and its formula at the end of the line or below. Gives the y below. */
export function drawTitle({ stage: { svg }, layout: { margin, inner } }: Easel, title: string, formula: readonly Piece[], y: number, { x = margin, width = inner, rule = true }: { x?: number; width?: number; rule?: boolean } = {}): number {
  if (rule) svg.append('path').attr('d', `M${x},${y + 0.5}h${width}`).attr('stroke', hairline).attr('fill', 'none');
  const top = rule ? y + ruleRoom - 6 : y;
  const room = width - formulaWidth(formula, formulaSize) - 16;
  const fits = textLines(title, room, styles.heading).length === 1;
  const lines = textLines(title, fits ? room : width, styles.heading);
  const below = drawLines(svg, lines, x, top);
  if (!formula.length) return below + 6;
  drawFormula(svg, formula, fits ? x + width : x, fits ? top + 14 : below + 14, { size: formulaSize, anchor: fits ? 'end' : 'start', fill: softInk });
  return (fits ? top + heightOf(lines) : below + 18) + 6;
}

/** A raster in a frame, with the cell under the cursor marked; `chosen` frames it in the accent. Becomes a spot of that name. */
export function drawMap({ stage, data, state, spots }: Easel, name: string, place: Place, pixels: Pixels | undefined, { look = 'crisp', chosen = false, cells = true }: { look?: RasterLook; chosen?: boolean; cells?: boolean } = {}): void {
  const { svg } = stage;
  if (pixels) stage.raster(place, pixels, look);
  else svg.append('text').attr('x', place.x + place.width / 2).attr('y', place.y + place.height / 2 + 4).attr('text-anchor', 'middle').attr('font-size', 10).attr('fill', softInk).text('not kept');
  const grown = chosen ? 1 : 0.5;
  svg.append('rect').attr('x', place.x - grown).attr('y', place.y - grown).attr('width', place.width + 2 * grown).attr('height', place.height + 2 * grown).attr('fill', 'none').attr('stroke', chosen ? accent : hairline).attr('stroke-width', chosen ? 2 : 1);
  if (cells && state.cursor && pixels) drawCursor(svg, data, state.cursor, place);
  spots.push({ name, ...place });
}

/** The cell under the cursor, in white and black: seen on any colour. */
export function drawCursor(svg: Stage['svg'], { grid: [rows, columns], ...data }: StepsData, cursor: { u: number; v: number }, place: Place): void {
  const { row, column } = cellAt({ grid: [rows, columns], ...data }, cursor);
  const [width, height] = [place.width / columns, place.height / rows];
  for (const [stroke, thick] of [['#000', 3], ['#fff', 1.2]] as const) {
    svg.append('rect').attr('x', place.x + column * width).attr('y', place.y + row * height).attr('width', width).attr('height', height).attr('fill', 'none').attr('stroke', stroke).attr('stroke-width', thick);
  }
}

/** A small text under or over a tile. */
export function drawLabel({ stage: { svg } }: Easel, text: string, x: number, y: number, { fill = ink, anchor = 'middle', bold = false, size = 10 }: { fill?: string; anchor?: 'start' | 'middle' | 'end'; bold?: boolean; size?: number } = {}): void {
  svg.append('text').attr('x', x).attr('y', y).attr('text-anchor', anchor).attr('font-size', size).attr('font-weight', bold ? 600 : null).attr('fill', fill).attr('style', 'font-variant-numeric:tabular-nums').text(text);
}

/** The colour bar of a row, right of its tiles. */
export function drawRowBar({ stage: { svg }, layout }: Easel, bar: Bar, y: number, height: number): void {
  drawBar(svg, bar, layout.tilesEnd + 10, y, height);
}

export { barWidth };
