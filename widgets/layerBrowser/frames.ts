import type { Place } from '../../src/figure/stage';
import type { Drawing } from '../../src/figure/svg';
import type { Cells } from './state';

/** A frame on a picture, light on dark, so that it is seen on any. */
export function drawFrame(svg: Drawing, { x, y, width, height }: Place, name: string): void {
  for (const [stroke, thick] of [['#000', 3], ['#fff', 1.25]] as const) {
    svg.append('rect').attr('class', name).attr('x', x).attr('y', y).attr('width', width).attr('height', height).attr('fill', 'none').attr('stroke', stroke).attr('stroke-width', thick);
  }
}

/** Where some cells of a map lie, when the `shown` part of the map fills a place. */
export function placeOfCells({ x, y, width, height }: Place, shown: Cells, cells: Cells): Place {
  const [across, down] = [width / shown.columns, height / shown.rows];
  return { x: x + (cells.column - shown.column) * across, y: y + (cells.row - shown.row) * down, width: cells.columns * across, height: cells.rows * down };
}
