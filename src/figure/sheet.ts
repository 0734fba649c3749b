import { barWidth, drawBar, type Bar } from './colorbar';
import { Figure } from './figure';
import { hairline, newSvg, svgText, type Drawing } from './svg';
import { captionLines, drawLines, heightOf, styles, textLines, type Line } from './textBlock';

/** One picture of a sheet, with what stands above and below it. */
export interface Panel {
  /** The picture as a data URI. */
  uri: string;
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
  alt: string;
  caption: string;
  data?: unknown;
}

export const margin = 16;
const gap = 14;
const narrowest = 300;
const narrowestTitle = 120;
const shortestBar = 80;

/** Panels in rows, titles above them, one colour bar at the right, the caption below: the layout that raster figures share. */
export function sheet({ panels, columns = panels.length, bar, heading, details, notes = [], alt, caption, data }: SheetParts): Figure {
  const rows = Array.from({ length: Math.ceil(panels.length / columns) }, (_, row) => panels.slice(row * columns, (row + 1) * columns));
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => (row[column] ? roomOf(row[column]) : 0))));
  const titles = rows.map((row) => row.map(titleLines));
  const titleHeights = titles.map((row) => Math.max(...row.map((lines) => (lines.length ? heightOf(lines) + 5 : 0))));
  const rowHeights = rows.map((row, at) => Math.max(bar && !at ? shortestBar : 0, ...row.map((panel) => panel.height)));
  const inner = sum(widths) + gap * (widths.length - 1);
  const barHeight = Math.min(336, rowHeights[0]);
  const width = Math.ceil(Math.max(narrowest, inner + (bar ? gap + barWidth(bar, barHeight) : 0)) + 2 * margin);
  const below = captionLines(width - 2 * margin, heading, details, notes);
  const pictures = sum(rowHeights) + sum(titleHeights) + gap * (rows.length - 1);
  const height = Math.ceil(2 * margin + pictures + (below.length ? 10 + heightOf(below) : 0));
  const svg = newSvg(width, height);

  let y = margin;
  rows.forEach((row, at) => {
    const top = y + titleHeights[at];
    let x = margin;
    row.forEach((panel, column) => {
      const lines = titles[at][column];
      drawLines(svg, lines, x, top - 5 - heightOf(lines));
      drawPanel(svg, panel, x, top);
      x += widths[column] + gap;
    });
    y = top + rowHeights[at] + gap;
  });
  if (bar) drawBar(svg, bar, margin + inner + gap, margin + titleHeights[0], barHeight);
  drawLines(svg, below, margin, margin + pictures + 10);
  return new Figure({ svg: svgText(svg), width, height, alt: plain(alt), caption: plain(caption), data });
}

const sum = (numbers: number[]): number => numbers.reduce((a, b) => a + b, 0);

/** No-break spaces only serve the drawn lines. */
const plain = (text: string): string => text.replace(/\u00a0/g, ' ');

/** A narrow picture under a title leaves the title room to be read. */
const roomOf = ({ width, title, subtitle }: Panel): number => (title || subtitle ? Math.max(width, narrowestTitle) : width);

const titleLines = (panel: Panel): Line[] => [...textLines(panel.title, roomOf(panel), styles.title), ...textLines(panel.subtitle, roomOf(panel), styles.subtitle)];

/** A raster in a hairline frame. */
export function drawPanel(svg: Drawing, { uri, width, height }: Pick<Panel, 'uri' | 'width' | 'height'>, x: number, y: number): void {
  svg.append('image').attr('x', x).attr('y', y).attr('width', width).attr('height', height).attr('preserveAspectRatio', 'none').attr('href', uri);
  svg.append('rect').attr('x', x - 0.5).attr('y', y - 0.5).attr('width', width + 1).attr('height', height + 1).attr('fill', 'none').attr('stroke', hairline);
}
