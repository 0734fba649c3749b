import { drawPanel, margin } from '../../src/figure/sheet';
import type { Place, Stage } from '../../src/figure/stage';
import { hairline, ink } from '../../src/figure/svg';
import { shorten } from '../../src/figure/text';
import { drawLines, heightOf, type Line, styles, textLines } from '../../src/figure/textBlock';
import type { Heading } from './arrange';
import type { Cell } from './cells';
import type { CompareData } from './data';
import { frameIn, gap, type Layout } from './layout';
import { pictureOf } from './look';
import type { CompareState } from './state';

/** A drawn cell, and where it is. */
export interface CellPlace extends Place {
  cell: Cell;
}

const belowCell = 17;
const belowTitle = 5;

/** Draws the strips of a layout; `under`: the words below a cell, no wider than that. */
export function drawGrid(stage: Stage, data: CompareData, state: CompareState, layout: Layout, under: (cell: Cell, room: number) => string): { places: CellPlace[]; width: number; bottom: number } {
  const { svg } = stage;
  const { strips, columns, column } = layout;
  const width = columns * (column + gap) - gap;
  const places: CellPlace[] = [];
  let y = margin;
  for (const { heading, titles, cells } of strips) {
    if (heading) {
      svg.append('path').attr('d', `M${margin},${y + 0.5}h${width}`).attr('stroke', hairline);
      y = drawLines(svg, headingLines(heading, width, 2), margin, y + 3) + belowTitle;
    }
    const x = (at: number): number => margin + at * (column + gap);
    const lines = titles.map((title) => (title ? headingLines(title, column, 3) : []));
    const tallest = Math.max(0, ...lines.map(heightOf));
    // Titles of unequal length stand on the pictures.
    lines.forEach((each, at) => drawLines(svg, each, x(at), y + tallest - heightOf(each)));
    y += tallest && tallest + belowTitle;
    cells.forEach((cell, at) => {
      if (!cell) return;
      const place = { x: x(at), y, ...frameIn(layout, cell) };
      drawPanel(stage, pictureOf(data, state, cell), place);
      svg.append('text').attr('x', place.x).attr('y', y + place.height + 13).attr('font-size', 11).attr('fill', ink).attr('style', 'font-variant-numeric:tabular-nums').text(under(cell, column));
      places.push({ ...place, cell });
    });
    if (cells.length) y += Math.max(...cells.map((cell) => (cell ? frameIn(layout, cell).height : 0))) + belowCell + gap;
  }
  return { places, width, bottom: y - gap };
}

const headingLines = ({ title, details }: Heading, width: number, most: number): Line[] => [...few(textLines(title, width, styles.title), width, most), ...few(textLines(details, width, styles.subtitle), width, most)];

/** The first lines; the last of them tells by an ellipsis that there are more. */
function few(lines: readonly Line[], width: number, most: number): Line[] {
  if (lines.length <= most) return [...lines];
  const last = lines[most - 1];
  const { size, bold } = last;
  return [...lines.slice(0, most - 1), { ...last, text: shorten(`${last.text} ${lines[most].text}`, width, size, bold) }];
}
