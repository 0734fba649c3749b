/** How text is measured. Node puts in node-canvas, a page its own canvas, tests a ruler that is the same on every machine. */
export const ruler = { width: (text: string, size: number, bold = false): number => text.length * size * (bold ? 0.6 : 0.55) };

// Another machine's sans-serif may be a little wider than the one measured here.
const spare = 1.04;

/** The width that a line of text needs, with some to spare. */
export const roomFor = (text: string, size: number, bold = false): number => ruler.width(text, size, bold) * spare;

/** The text in lines no wider than `width`, broken at spaces (not at no-break ones); a word that is too long is broken where it must be. */
export function wrap(text: string, width: number, size: number, bold = false): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/[ \n]+/).filter(Boolean)) {
    const longer = line ? `${line} ${word}` : word;
    if (roomFor(longer, size, bold) <= width) {
      line = longer;
      continue;
    }
    // A separator neither ends a line nor begins one.
    if (line) lines.push(line.replace(/ ·$/, ''));
    if (word === '·') {
      line = '';
      continue;
    }
    const pieces = breakWord(word, width, size, bold);
    lines.push(...pieces.slice(0, -1));
    line = pieces[pieces.length - 1];
  }
  return line ? [...lines, line] : lines;
}

function breakWord(word: string, width: number, size: number, bold: boolean): string[] {
  const pieces = [''];
  for (const letter of word) {
    const last = pieces.length - 1;
    if (!pieces[last] || roomFor(pieces[last] + letter, size, bold) <= width) {
      pieces[last] += letter;
      continue;
    }
    // The name of a layer is broken behind an underscore.
    const cut = pieces[last].lastIndexOf('_') + 1 || pieces[last].length;
    pieces.push(pieces[last].slice(cut) + letter);
    pieces[last] = pieces[last].slice(0, cut);
  }
  return pieces;
}

/** The text on one line, its end replaced by an ellipsis where it would not fit. */
export function shorten(text: string, width: number, size: number, bold = false): string {
  if (roomFor(text, size, bold) <= width) return text;
  const letters = [...text];
  while (letters.length && roomFor(`${letters.join('').trimEnd()}…`, size, bold) > width) letters.pop();
  return `${letters.join('').trimEnd()}…`;
}
