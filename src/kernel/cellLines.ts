/** A cell as it was written, and as the JavaScript that ran. */
export interface CellText {
  source: string;
  output: string;
}

/** A line of the cell: its number from 1, and its text. */
export interface CellLine {
  line: number;
  text: string;
}

/**
 * Where in the cell a line of its JavaScript (from 1) comes from; undefined when that is not clear. tslab gives no source map, but keeps the order
 * and the words: the lines are laid side by side, in order, so that they share as many words as they can.
 */
export function lineInCell({ source, output }: CellText, outputLine: number): CellLine | undefined {
  const written = source.split('\n');
  const ran = output.split('\n');
  if (outputLine > ran.length || written.length * ran.length > 250_000) return undefined;
  const line = align(ran.map(words), written.map(words))[outputLine - 1];
  const wanted = words(ran[outputLine - 1]);
  // Half of the words must be in that line; it may hold more, where tslab made two lines of one.
  const sure = wanted.length > 0 && shared(wanted, words(written[line])) >= wanted.length / 2;
  return sure ? { line: line + 1, text: written[line].trim() } : undefined;
}

/** For each list the index of its partner: never decreasing, and with the greatest likeness in all. */
function align(ran: string[][], written: string[][]): number[] {
  // best[i][j]: the greatest likeness of the first i + 1 lines when line i comes from one of the first j + 1; from[i][j]: which one.
  const best: number[][] = [];
  const from: number[][] = [];
  ran.forEach((line, i) => {
    best.push([]);
    from.push([]);
    written.forEach((other, j) => {
      const here = (best[i - 1]?.[j] ?? 0) + likeness(line, other);
      const before = best[i][j - 1] ?? -1;
      best[i].push(Math.max(here, before));
      from[i].push(here > before ? j : from[i][j - 1]);
    });
  });
  const partners: number[] = [];
  let j = written.length - 1;
  for (let i = ran.length - 1; i >= 0; i--) {
    j = from[i][j];
    partners[i] = j;
  }
  return partners;
}

// tslab writes `exports.tsLastExpr = (0, exports.inner)(...)` for the last expression: those words are its own.
const words = (line: string): string[] =>
  (line.replace(/\(0, (exports\.[\w$]+)\)/g, '$1').match(/[\w$]+|"[^"]*"|'[^']*'/g) ?? []).filter((word) => !/^(exports|tsLastExpr\d*)$/.test(word));

const shared = (ran: string[], written: string[]): number => ran.filter((word) => written.includes(word)).length;

/** 1 when two lines have the same words, 0 when they have none in common. */
const likeness = (ran: string[], written: string[]): number => (2 * shared(ran, written)) / (ran.length + written.length || 1);
