import { drawBar } from '../../src/figure/colorbar';
import type { Range } from '../../src/figure/normalize';
import type { Place, RasterLook, Spot, Stage } from '../../src/figure/stage';
import { accent, hairline, ink, softInk, type Drawing } from '../../src/figure/svg';
import { drawLines, heightOf, styles, textLines } from '../../src/figure/textBlock';
import type { Pixels } from '../../src/image/canvas';
import { cellOf } from '../shared/cells';
import type { Cursor } from '../shared/crossHair';
import type { StepsData } from './data';
import { drawFormula, formulaWidth, type Piece } from './formula';
import type { Layout } from './layout';
import type { Kind } from './maps';
import { barOf, unitOf } from './pictures';
import type { StepsState } from './state';

/** What the parts of the drawing share. */
export interface Easel {
  stage: Stage;
  data: StepsData;
  state: StepsState;
  layout: Layout;
  /** What a pointer can be at, collected as it is drawn. */
  spots: Spot[];
}

/** The title of a step, a sentence, under a hairline (but for the first); its formula at the end of the line, or below. Gives the y below. */
export function drawTitle({ stage: { svg }, layout }: Easel, title: string, formula: readonly Piece[], y: number, { x = layout.margin, width = layout.inner }: { x?: number; width?: number } = {}): number {
  if (y > layout.margin) svg.append('path').attr('d', `M${x},${y + 0.5}h${width}`).attr('stroke', hairline).attr('fill', 'none');
  const top = y + (y > layout.margin ? 8 : 0);
  const room = width - (formula.length ? formulaWidth(formula) + 16 : 0);
  const fits = textLines(title, room, styles.heading).length === 1;
  const lines = textLines(title, fits ? room : width, styles.heading);
  drawLines(svg, lines, x, top);
  const below = top + heightOf(lines);
  if (formula.length) drawFormula(svg, formula, fits ? x + width : x, fits ? top + 14 : below + 14, { anchor: fits ? 'end' : 'start', fill: softInk });
  return below + (formula.length && !fits ? 24 : 6);
}

/** A small text at a base line. */
export function drawLabel({ stage: { svg } }: Pick<Easel, 'stage'>, text: string, x: number, y: number, { fill = ink, anchor = 'middle', bold = false, size = 10 }: { fill?: string; anchor?: 'start' | 'middle' | 'end'; bold?: boolean; size?: number } = {}): void {
  svg.append('text').attr('x', x).attr('y', y).attr('text-anchor', anchor).attr('font-size', size).attr('font-weight', bold ? 600 : null).attr('fill', fill).attr('style', 'font-variant-numeric:tabular-nums').text(text);
}

/** An arrow to the right, from x on. */
export function drawArrow(svg: Drawing, x: number, y: number, length: number, stroke: string): void {
  svg.append('path').attr('d', `M${x},${y}h${length}m-5,-4l5,4l-5,4`).attr('fill', 'none').attr('stroke', stroke).attr('stroke-width', 1.25);
}

/** A map in a frame, which is in the accent where it is chosen, with the cell under the cursor. It becomes a spot of that name. */
export function drawMap(easel: Easel, name: string, place: Place, pixels: Pixels | undefined, { look = 'crisp', chosen = false }: { look?: RasterLook; chosen?: boolean } = {}): void {
  const { stage, data, state, spots } = easel;
  const { x, y, width, height } = place;
  if (pixels) stage.raster(place, pixels, look);
  else drawLabel(easel, 'not kept', x + width / 2, y + height / 2 + 4, { fill: softInk });
  const out = chosen ? 1 : 0.5;
  stage.svg.append('rect').attr('x', x - out).attr('y', y - out).attr('width', width + 2 * out).attr('height', height + 2 * out).attr('fill', 'none').attr('stroke', chosen ? accent : hairline).attr('stroke-width', out * 2);
  if (state.cursor && pixels) drawCell(stage.svg, data, state.cursor, place);
  spots.push({ name, ...place });
}

/** The cell under the cursor, in black and white: seen on any colour. */
function drawCell(svg: Drawing, { grid }: StepsData, cursor: Cursor, place: Place): void {
  const [row, column] = cellOf(cursor, grid);
  const [width, height] = [place.width / grid[1], place.height / grid[0]];
  for (const [stroke, thick] of [['#000', 3], ['#fff', 1.2]] as const) {
    svg.append('rect').attr('x', place.x + column * width).attr('y', place.y + row * height).attr('width', width).attr('height', height).attr('fill', 'none').attr('stroke', stroke).attr('stroke-width', thick);
  }
}

/** The colour bar of a row, right of its tiles, and on the line of their labels what its numbers are. */
export function drawRowBar(easel: Easel, kind: Kind, y: number, height: number, labelLine: number, range?: Range): void {
  const x = easel.layout.tilesEnd + 12;
  // Numbers at its ends need room beside the label.
  drawBar(easel.stage.svg, barOf(easel.data, kind, range), x, y + 5, height - 10);
  drawLabel(easel, unitOf(easel.data, kind, range), x, labelLine, { anchor: 'start', fill: softInk });
}
