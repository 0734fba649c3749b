import { colorTable } from '../../src/figure/colormap';
import { inkOn } from '../../src/figure/luminance';
import { type Drawing, faintInk, hairline } from '../../src/figure/svg';
import { type Colours, frameInk } from './colours';
import type { NumberStyle } from './numbers';

/** One number of a grid. */
export interface GridCell {
  /** Undefined where there is none, as in the padding of a pool. */
  value?: number;
  padding?: boolean;
  /** Framed: the largest of a pool. */
  chosen?: boolean;
}

/** The size of a cell, and of its number. */
export interface CellSize {
  width: number;
  height: number;
  font: number;
  letters: number;
}

/** Numbers in cells that are tinted by their value; cells in the padding are dashed. */
export function drawGrid(svg: Drawing, name: string, cells: readonly GridCell[], columns: number, x: number, y: number, size: CellSize, { colormap, range: [low, high] }: Colours, style: NumberStyle): void {
  const table = colorTable(colormap);
  const group = svg.append('g').attr('class', name);
  cells.forEach(({ value, padding, chosen }, at) => {
    const [left, top] = [x + (at % columns) * size.width, y + Math.floor(at / columns) * size.height];
    const share = high > low ? Math.min(1, Math.max(0, ((value ?? 0) - low) / (high - low))) : colormap === 'RdBu' ? 0.5 : 0;
    const colour = [...table.subarray(Math.round(share * 255) * 3, Math.round(share * 255) * 3 + 3)];
    const rect = group.append('rect').attr('x', left + 0.5).attr('y', top + 0.5).attr('width', size.width - 1).attr('height', size.height - 1);
    if (padding) rect.attr('class', 'padding').attr('fill', 'none').attr('stroke', faintInk).attr('stroke-dasharray', '2 2');
    else rect.attr('fill', `rgb(${colour.join(',')})`).attr('stroke', hairline).attr('stroke-width', 0.5);
    const ink = padding ? faintInk : inkOn(colour[0], colour[1], colour[2]);
    // Its ink follows the tint below it, not the page.
    group.append('text').attr('x', left + size.width / 2).attr('y', top + size.height / 2 + size.font * 0.35).attr('text-anchor', 'middle').attr('font-size', size.font).attr('style', 'font-variant-numeric:tabular-nums').attr('fill', ink).text(value === undefined ? '–' : style.text(value));
    if (chosen) group.append('rect').attr('class', 'chosen').attr('x', left + 1.5).attr('y', top + 1.5).attr('width', size.width - 3).attr('height', size.height - 3).attr('fill', 'none').attr('stroke', frameInk).attr('stroke-width', 3);
  });
}

export const gridSize = ([rows, columns]: readonly number[], { width, height }: CellSize): { width: number; height: number } => ({ width: columns * width, height: rows * height });

export const roomy: CellSize = { width: 46, height: 26, font: 11, letters: 6 };
export const tight: CellSize = { width: 33, height: 22, font: 10, letters: 5 };
