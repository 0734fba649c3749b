import { readable } from '../../src/figure/numbers';
import { type Drawing, hairline, ink, softInk } from '../../src/figure/svg';
import { roomFor, shorten, wrap } from '../../src/figure/text';
import type { Working, WorkLine } from './working';
import { write } from './write';

const line = 19;
const size = 12;

/** Rounding, and the 16 bits in which a page is sent its numbers, make no more difference than this. */
const tolerance = 1e-3;

export const agrees = ({ output, network }: Working): boolean => Math.abs(output - network) <= tolerance * Math.max(1, Math.abs(network));

/** The sum, line by line, and what comes out; gives the y below it. `last`: the layer that puts it out. */
export function drawWorking(svg: Drawing, working: Working, last: string, x: number, top: number, room: number): number {
  const told = agrees(working) ? 'as the network has it' : `the network has ${readable(working.network)}`;
  const result: WorkLine = { label: `output of ${last}`, formula: told, value: working.output, strong: true };
  const lines = [...working.lines, result];
  const labels = Math.min(room * 0.46, Math.max(...lines.map(({ label, strong }) => (strong ? 0 : roomFor(label, size)))) + 16);
  const numbers = Math.max(...lines.map(({ value }) => roomFor(`= ${readable(value)}`, size, true))) + 10;
  const formulas = Math.max(...lines.map(({ label, formula = '', strong }) => roomFor(formula, size) + (strong ? roomFor(label, size, true) + 16 : labels)));
  const width = Math.min(room, Math.max(320, formulas + numbers + 20));
  const right = x + width;
  let y = top;
  const draw = ({ label, formula, value, strong = false }: WorkLine): void => {
    const needed = roomFor(label, size, strong) + 16;
    const indent = strong ? needed : labels;
    const inside = formula !== undefined && needed <= indent && roomFor(formula, size) <= width - indent - numbers;
    write(svg, shorten(label, width - numbers - 8, size, strong), x, y + 14, { size, fill: ink, bold: strong });
    write(svg, `= ${readable(value)}`, right, y + 14, { size, fill: ink, bold: strong, anchor: 'end' });
    if (inside) write(svg, formula, x + indent, y + 14, { size, fill: softInk });
    y += line;
    if (!formula || inside) return;
    for (const part of wrap(formula, width - 12, size)) {
      write(svg, part, x + 12, y + 12, { size, fill: softInk });
      y += line - 3;
    }
  };
  const rule = (): void => void svg.append('path').attr('d', `M${x},${(y += 3)}H${right}`).attr('stroke', hairline);
  for (const each of lines) {
    if (each.strong) rule();
    draw(each);
  }
  return y + 4;
}
