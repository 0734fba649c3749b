import { barThickness, barWidth, drawBar, type Bar } from '../../src/figure/colorbar';
import { drawPanel, margin, type Panel } from '../../src/figure/sheet';
import type { Place, Stage } from '../../src/figure/stage';
import { drawLines, heightOf, type Line, styles, textLines } from '../../src/figure/textBlock';

/** A picture with its titles, and the colour bar at its right. */
export interface Cell {
  name: string;
  panel: Panel;
  bar?: Bar;
}

/** Where the parts of a cell are. */
export interface Placed {
  name: string;
  place: Place;
  barPlace?: Place;
}

const gap = 14;
// Beside a bar there is room for the letters of the values that are pointed at.
const barGap = 26;
const readableSide = 150;

/** All in one row, or, where that would make them too small, the last one below the others, as far as there is room. Gives the places, and the right and lower ends. */
export function drawCells(stage: Stage, cells: readonly Cell[], photo: Cell | undefined, size: number): { placed: Placed[]; right: number; bottom: number } {
  const room = stage.width - 2 * margin;
  const all = photo ? [photo, ...cells] : cells;
  const inRow = fittingWidth(all, room, size);
  const rows = inRow >= readableSide || room === Infinity ? [all] : [cells.slice(0, -1), photo ? [photo, ...cells.slice(-1)] : cells.slice(-1)];
  const placed: Placed[] = [];
  let bottom = margin;
  let right = 0;
  for (const row of rows) {
    const width = Math.min(...(rows.length > 1 && photo ? rows : [row]).map((each) => fittingWidth(each, room, size)));
    const end = drawRow(stage, row, width, bottom + (placed.length ? gap : 0), placed);
    [bottom, right] = [end.bottom, Math.max(right, end.right)];
  }
  return { placed, right, bottom };
}

const beside = (cell: Cell, height: number): number => (cell.bar ? barGap + barWidth(cell.bar, height) : 0);

/** How wide each picture of a row may be. */
function fittingWidth(row: readonly Cell[], room: number, size: number): number {
  const { width, height } = row[0].panel;
  const most = (size * width) / Math.max(width, height);
  const bars = row.reduce((sum, cell) => sum + beside(cell, most), 0);
  return Math.floor(Math.min(most, (room - bars - gap * (row.length - 1)) / row.length));
}

function drawRow(stage: Stage, row: readonly Cell[], width: number, top: number, placed: Placed[]): { right: number; bottom: number } {
  const { panel } = row[0];
  const height = Math.round((width * panel.height) / panel.width);
  const titles = row.map((cell) => titleLines(cell, width + beside(cell, height)));
  const titleHeight = Math.max(...titles.map(heightOf));
  const y = top + titleHeight + 5;
  let x = margin;
  row.forEach((cell, at) => {
    const place = { x, y, width, height };
    drawLines(stage.svg, titles[at], x, y - 5 - heightOf(titles[at]));
    drawPanel(stage, cell.panel, place);
    x += width;
    let barPlace: Place | undefined;
    if (cell.bar) {
      barPlace = { x: x + barGap, y, width: barThickness, height };
      drawBar(stage.svg, cell.bar, barPlace.x, y, height);
      x += beside(cell, height);
    }
    placed.push({ name: cell.name, place, barPlace });
    x += gap;
  });
  return { right: x - gap, bottom: y + height };
}

const titleLines = ({ panel }: Cell, width: number): Line[] => [...textLines(panel.title, width, styles.title), ...textLines(panel.subtitle, width, styles.subtitle)];
