import { ink, noteInk, softInk, type Drawing } from './svg';
import { wrap } from './text';

/** A line of text with its looks. */
export interface Line {
  text: string;
  size: number;
  /** Height that it takes, in pixels. */
  line: number;
  bold: boolean;
  fill: string;
}

export type LineStyle = Omit<Line, 'text'>;

export const styles = {
  heading: { size: 13, line: 18, bold: true, fill: ink },
  details: { size: 12, line: 17, bold: false, fill: softInk },
  note: { size: 12, line: 17, bold: false, fill: noteInk },
  title: { size: 12, line: 17, bold: true, fill: ink },
  subtitle: { size: 11, line: 15, bold: false, fill: softInk },
} as const satisfies Record<string, LineStyle>;

/** The text broken into lines no wider than `width`; none for no text. */
export const textLines = (text: string | undefined, width: number, style: LineStyle): Line[] => (text ? wrap(text, width, style.size, style.bold).map((line) => ({ ...style, text: line })) : []);

export const heightOf = (lines: readonly Line[]): number => lines.reduce((sum, { line }) => sum + line, 0);

/** Draws lines one below the other from `y` down, and gives the y below the last. */
export function drawLines(svg: Drawing, lines: readonly Line[], x: number, y: number): number {
  for (const { text, size, line, bold, fill } of lines) {
    y += line;
    svg.append('text').attr('x', x).attr('y', y - 4).attr('font-size', size).attr('font-weight', bold ? 600 : null).attr('fill', fill).text(text);
  }
  return y;
}

/** The lines of a caption: strong heading, paler details, notes in their own colour. */
export const captionLines = (width: number, heading: string | undefined, details: string | undefined, notes: readonly string[] = []): Line[] => [
  ...textLines(heading, width, styles.heading),
  ...textLines(details, width, styles.details),
  ...notes.flatMap((note) => textLines(`Note: ${note}`, width, styles.note)),
];
