import type { Place } from '../../src/figure/stage';
import type { Drawing } from '../../src/figure/svg';
import type { Rectangle } from '../../src/model/window/spans';
import { drawCrossHair } from '../shared/crossHair';
import type { ReceptiveData } from './data';
import { effectiveInk, theoreticalInk } from './growth';
import { looksAt, type ReceptiveState, seers, type Sight } from './looking';

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

/** On the layer's map: the cell, and the cells whose gradients are known; or the cells that see the pixel, and those of the known ones that look at it. */
export function markMap(svg: Drawing, { layer, cell: [row, column], effective, pixel }: Sight, { looking, heat }: ReceptiveState, place: Place): void {
  const asPixel = looking === 'pixel';
  for (const each of (heat && layer.effective) || []) {
    const [y, x] = each.cell;
    const dot = placeIn(place, layer.map, { top: y, left: x, bottom: y + 1, right: x + 1 });
    const filled = asPixel ? looksAt(each, pixel) : y === effective?.cell[0] && x === effective.cell[1];
    const circle = svg.append('circle').attr('class', filled ? 'known filled' : 'known').attr('cx', (dot.x + dot.width / 2).toFixed(1)).attr('cy', (dot.y + dot.height / 2).toFixed(1)).attr('r', filled ? 4 : 2.2);
    circle.attr('fill', filled ? effectiveInk : '#fff').attr('stroke', filled ? '#fff' : '#1a1a1a').attr('stroke-width', filled ? 1.5 : 0.8);
  }
  const { rows, columns, count } = seers(layer.fields, pixel);
  const marked = asPixel ? { top: rows.start, left: columns.start, bottom: rows.end, right: columns.end } : { top: row, left: column, bottom: row + 1, right: column + 1 };
  if (!asPixel || count) frame(svg, 'cells', placeIn(place, layer.map, marked), theoreticalInk);
}
