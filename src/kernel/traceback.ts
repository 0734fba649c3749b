import path from 'node:path';
import util from 'node:util';
import { type CellText, lineInCell } from './cellLines';

/** The cells that have run, by their number. */
export type Cells = ReadonlyMap<number, CellText>;

/** The name under which a cell's JavaScript runs, so that stack frames tell which cell they are in. */
export const scriptName = (cell: number): string => `convlens-cell-${cell}`;

const kernelFrame = /[\\/]tslab[\\/]dist[\\/]|[( ]node:|[\\/]zeromq[\\/]|[\\/]src[\\/]kernel[\\/]\w+\.ts|convlens-cell-\d+:\d+:\d+\)?$/;
const cellFrame = /^(\s+at (?:async )?)(?:(.*) \()?convlens-cell-(\d+):(\d+):\d+\)?$/;

/** An error as lines of text: its message, then the frames in cells with the line of code, and no frames of the kernel itself. */
export function tracebackOf(error: unknown, cells: Cells): string[] {
  if (!(error instanceof Error)) return [util.inspect(error)];
  const own = folded(withoutExcerpt(error).flatMap((line) => frame(line, cells)));
  if (!(error.cause instanceof Error)) return own;
  const [message, ...frames] = tracebackOf(error.cause, cells);
  return [...own, `caused by ${message}`, ...frames];
}

/** Node puts the place and the line of JavaScript before the message of an error that was thrown at once. */
function withoutExcerpt(error: Error): string[] {
  const lines = (error.stack ?? `${error.name}: ${error.message}`).split('\n');
  return /^\S+:\d+$/.test(lines[0]) && lines.includes('') ? lines.slice(lines.indexOf('') + 1) : lines;
}

function frame(line: string, cells: Cells): string[] {
  if (!/^\s+at /.test(line)) return [line];
  const [, at, name, number, outputLine] = cellFrame.exec(line) ?? [];
  const text = number && cells.get(Number(number));
  const place = text && lineInCell(text, Number(outputLine));
  if (place) {
    const where = `cell [${number}], line ${place.line}`;
    return [`${at}${name ? `${name} (${where})` : where}`, `        ${place.text}`];
  }
  return kernelFrame.test(line) || line.includes(__filename) ? [] : [line];
}

const library = new RegExp(`[\\\\/]node_modules[\\\\/]|${['src', 'dist', 'widgets'].map((folder) => escaped(path.join(__dirname, '..', folder, path.sep))).join('|')}`);

/** Of several frames in a row inside libraries, the first. */
function folded(lines: string[]): string[] {
  const inLibrary = (line = ''): boolean => /^\s+at /.test(line) && library.test(line);
  return lines.filter((line, index) => !inLibrary(line) || !inLibrary(lines[index - 1]));
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
