import type { Place } from '../../src/figure/stage';
import type { Drawing } from '../../src/figure/svg';
import type { Rectangle } from '../../src/model/window/spans';
import { drawCrossHair } from '../shared/crossHair';
import type { ReceptiveData } from './data';
import { effectiveInk, theoreticalInk } from './growth';
import { type ReceptiveState, seers, type Sight } from './looking';

/** A part of a grid as a part of the place that shows all of it; never too small to be seen. */
function placeIn({ x, y, width, height }: Place, [rows, columns]: readonly number[], { top, left, bottom, right }: Rectangle): Place {
  const least = 3;
  const box = { x: x + (left / columns) * width, y: y + (top / rows) * height, width: ((right - left) / columns) * width, height: ((bottom - top) / rows) * height };
  const grow = (length: number): number => Math.max(0, least - length);
  return { x: box.x - grow(box.width) / 2, y: box.y - grow(box.height) / 2, width: Math.max(least, box.width), height: Math.max(least, box.height) };
}

/** A frame that is seen on any picture: its colour between two white lines. */
function frame(svg: Drawing, name: string, { x, y, width, height }: Place, stroke: string, dash?: string): void {
  for (const [line, thick] of [['#fff', 4], [stroke, 2]] as const) {
    const rect = svg.append('rect').attr('class', name).attr('x', x.toFixed(1)).attr('y', y.toFixed(1)).attr('width', width.toFixed(1)).attr('height', height.toFixed(1));
    rect.attr('fill', 'none').attr('stroke', line).attr('stroke-width', thick).attr('stroke-dasharray', dash && line === stroke ? dash : null);
  }
}

/** On the image: the box that the cell can see and the one that it looks at, or the pixel. */
export function markPhoto(svg: Drawing, { image }: ReceptiveData, { box, effective }: Sight, { looking, cursor }: ReceptiveState, place: Place): void {
  if (looking === 'pixel') return drawCrossHair(svg, place, cursor);
  const grid = [image.height, image.width];
  if (box.bottom > box.top && box.right > box.left) frame(svg, 'theory', placeIn(place, grid, box), theoreticalInk);
  if (effective?.box) frame(svg, 'effect', placeIn(place, grid, effective.box), effectiveInk, '6 4');
}

/** On the layer's map: the cell, and the cells whose gradients are known; or the cells that see the pixel. */
export function markMap(svg: Drawing, { layer, cell: [row, column], effective, pixel }: Sight, { looking }: ReceptiveState, place: Place): void {
  if (looking === 'pixel') {
    const { rows, columns, count } = seers(layer.fields, pixel);
    if (count) frame(svg, 'cells', placeIn(place, layer.map, { top: rows.start, left: columns.start, bottom: rows.end, right: columns.end }), theoreticalInk);
    return;
  }
  for (const each of layer.effective ?? []) {
    const dot = placeIn(place, layer.map, { top: each.cell[0], left: each.cell[1], bottom: each.cell[0] + 1, right: each.cell[1] + 1 });
    const used = each.cell === effective?.cell;
    svg.append('circle').attr('class', 'known').attr('cx', (dot.x + dot.width / 2).toFixed(1)).attr('cy', (dot.y + dot.height / 2).toFixed(1)).attr('r', used ? 4 : 2.2).attr('fill', used ? effectiveInk : '#fff').attr('stroke', used ? '#fff' : '#1a1a1a').attr('stroke-width', used ? 1.5 : 0.8);
  }
  frame(svg, 'cells', placeIn(place, layer.map, { top: row, left: column, bottom: row + 1, right: column + 1 }), theoreticalInk);
}
