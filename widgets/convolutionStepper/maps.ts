import { colorize } from '../../src/figure/colorize';
import { remembered } from '../../src/figure/memo';
import { normalize } from '../../src/figure/normalize';
import { drawPanel } from '../../src/figure/sheet';
import type { Place, Spot, Stage } from '../../src/figure/stage';
import type { Drawing } from '../../src/figure/svg';
import type { Pixels } from '../../src/image/canvas';
import { type Colours, frameInk } from './colours';

/** What a kind of layer draws of itself, above the sum. */
export interface Pictures {
  bottom: number;
  /** How much of its room it took. */
  width: number;
  spots: Spot[];
}

/** A map as a picture with sharp cells. */
export function drawMap(stage: Stage, map: Float32Array, columns: number, { colormap, range }: Colours, place: Place): void {
  const paint = (): Pixels => colorize(normalize(map, range, range[0] < 0 ? 'signed' : 'positive'), columns, map.length / columns, colormap);
  drawPanel(stage, { pixels: remembered(map, `${colormap} ${range.join()}`, paint), look: 'crisp' }, place);
}

/** A frame around cells of a map; `top` and `left` may lie outside it, in the padding. */
export function frameCells(svg: Drawing, name: string, { x, y, width, height }: Place, [rows, columns]: readonly number[], box: { top: number; left: number; rows: number; columns: number }): void {
  const [across, down] = [width / columns, height / rows];
  const least = 5;
  const [w, h] = [Math.max(least, box.columns * across), Math.max(least, box.rows * down)];
  const [left, top] = [x + (box.left + box.columns / 2) * across - w / 2, y + (box.top + box.rows / 2) * down - h / 2];
  for (const [stroke, thick] of [['#fff', 4], [frameInk, 2]] as const) {
    svg.append('rect').attr('class', name).attr('x', left.toFixed(1)).attr('y', top.toFixed(1)).attr('width', w.toFixed(1)).attr('height', h.toFixed(1)).attr('fill', 'none').attr('stroke', stroke).attr('stroke-width', thick);
  }
}

/** The size of a picture of a map whose longer side is `side`. */
export function mapSize([rows, columns]: readonly number[], side: number): { width: number; height: number } {
  const scale = side / Math.max(rows, columns);
  return { width: Math.max(8, Math.round(columns * scale)), height: Math.max(8, Math.round(rows * scale)) };
}
