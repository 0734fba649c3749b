import type { Pixels } from '../image/canvas';
import { barThickness, barWidth, drawBar, type Bar } from './colorbar';
import type { Place, RasterLook, Stage } from './stage';
import { hairline } from './svg';
import { captionLines, drawLines, heightOf, styles, textLines, type Line } from './textBlock';

/** One picture of a sheet, with what stands above and below it. */
export interface Panel {
  pixels: Pixels;
  look: RasterLook;
  /** Size in CSS pixels. */
  width: number;
  height: number;
  title?: string;
  /** Smaller and paler than the title. */
  subtitle?: string;
}

export interface SheetParts {
  panels: Panel[];
  /** Panels in a row; default: all. */
  columns?: number;
  bar?: Bar;
  /** First line of the caption, strong. */
  heading?: string;
  /** The rest of the caption. */
  details?: string;
  /** Something that the reader must know before believing the picture. */
  notes?: string[];
}

export const margin = 16;
const gap = 14;
const narrowest = 300;
const narrowestTitle = 120;
const shortestBar = 80;

/** Panels in rows, titles above them, one colour bar at the right, the caption below: the layout that raster figures share. Fewer columns, then smaller panels, where the stage is narrow. Gives its size, and where the panels and the bar are. */
export function drawSheet(stage: Stage, { panels: given, columns: most = given.length, bar, heading, details, notes = [] }: SheetParts): { width: number; height: number; places: Place[]; barPlace?: Place } {
  const { svg } = stage;
  const { panels, columns } = fitted(given, most, bar, stage.width - 2 * margin);
  const rows = Array.from({ length: Math.ceil(panels.length / columns) }, (_, row) => panels.slice(row * columns, (row + 1) * columns));
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => (row[column] ? roomOf(row[column]) : 0))));
  const titles = rows.map((row) => row.map(titleLines));
  const titleHeights = titles.map((row) => Math.max(...row.map((lines) => (lines.length ? heightOf(lines) + 5 : 0))));
  const rowHeights = rows.map((row, at) => Math.max(bar && !at ? shortestBar : 0, ...row.map((panel) => panel.height)));
  const inner = sum(widths) + gap * (widths.length - 1);
  const barHeight = Math.min(tallestBar, rowHeights[0]);
  const width = Math.ceil(Math.max(narrowest, inner + (bar ? gap + barWidth(bar, barHeight) : 0)) + 2 * margin);
  const below = captionLines(width - 2 * margin, heading, details, notes);
  const pictures = sum(rowHeights) + sum(titleHeights) + gap * (rows.length - 1);
  const height = Math.ceil(2 * margin + pictures + (below.length ? 10 + heightOf(below) : 0));

  const places: Place[] = [];
  let y = margin;
  rows.forEach((row, at) => {
    const top = y + titleHeights[at];
    let x = margin;
    row.forEach((panel, column) => {
      const lines = titles[at][column];
      drawLines(svg, lines, x, top - 5 - heightOf(lines));
      const place = { x, y: top, width: panel.width, height: panel.height };
      drawPanel(stage, panel, place);
      places.push(place);
      x += widths[column] + gap;
    });
    y = top + rowHeights[at] + gap;
  });
  const barPlace = bar && { x: margin + inner + gap, y: margin + titleHeights[0], width: barThickness, height: barHeight };
  if (bar && barPlace) drawBar(svg, bar, barPlace.x, barPlace.y, barHeight);
  drawLines(svg, below, margin, margin + pictures + 10);
  return { width, height, places, barPlace };
}

const tallestBar = 336;

/** Fewer columns, and then smaller panels, until a row is no wider than there is room. */
function fitted(panels: Panel[], most: number, bar: Bar | undefined, room: number): { panels: Panel[]; columns: number } {
  const beside = bar ? gap + barWidth(bar, Math.min(tallestBar, panels[0].height)) : 0;
  const widest = Math.max(...panels.map(roomOf));
  const left = room - beside;
  const columns = Math.max(1, Math.min(most, Math.floor((left + gap) / (widest + gap))));
  const scale = Math.min(1, left / Math.max(...panels.map(({ width }) => width)));
  if (scale === 1) return { panels, columns };
  return { panels: panels.map((panel) => ({ ...panel, width: Math.round(panel.width * scale), height: Math.round(panel.height * scale) })), columns };
}

const sum = (numbers: number[]): number => numbers.reduce((a, b) => a + b, 0);

/** A narrow picture under a title leaves the title room to be read. */
const roomOf = ({ width, title, subtitle }: Panel): number => (title || subtitle ? Math.max(width, narrowestTitle) : width);

const titleLines = (panel: Panel): Line[] => [...textLines(panel.title, roomOf(panel), styles.title), ...textLines(panel.subtitle, roomOf(panel), styles.subtitle)];

/** A raster in a hairline frame. */
export function drawPanel(stage: Stage, { pixels, look }: Pick<Panel, 'pixels' | 'look'>, place: Place): void {
  stage.raster(place, pixels, look);
  stage.svg.append('rect').attr('x', place.x - 0.5).attr('y', place.y - 0.5).attr('width', place.width + 1).attr('height', place.height + 1).attr('fill', 'none').attr('stroke', hairline);
}
