import { ink, type Drawing } from '../../src/figure/svg';
import { roomFor } from '../../src/figure/text';

/** Text, or what stands below or above the line. */
export type Piece = string | { sub: string } | { sup: string };

// Indices stay readable: 10 pixels at the usual size.
const small = 0.77;
const space = 0.27;
export const formulaSize = 13;

const textOf = (piece: Piece): string => (typeof piece === 'string' ? piece : 'sub' in piece ? piece.sub : piece.sup);
const sizeOf = (piece: Piece, size: number): number => (typeof piece === 'string' ? size : size * small);

export const formulaWidth = (pieces: readonly Piece[], size = formulaSize): number => pieces.reduce((sum, piece) => sum + roomFor(textOf(piece), sizeOf(piece, size)), 0);

/** Draws a formula on the base line `y`: indices are smaller, and shifted down or up. */
export function drawFormula(svg: Drawing, pieces: readonly Piece[], x: number, y: number, { size = formulaSize, anchor = 'start', fill = ink }: { size?: number; anchor?: 'start' | 'middle' | 'end'; fill?: string } = {}): void {
  const line = svg.append('text').attr('x', x).attr('y', y).attr('font-size', size).attr('text-anchor', anchor).attr('fill', fill);
  let shifted = 0;
  let ended = false;
  for (const piece of pieces) {
    const text = textOf(piece);
    const level = typeof piece === 'string' ? 0 : 'sub' in piece ? size * 0.24 : -size * 0.36;
    // Not every viewer keeps a space at the end of a piece.
    const apart = ended || text.startsWith(' ');
    line.append('tspan').attr('dx', apart ? (size * space).toFixed(2) : null).attr('dy', (level - shifted).toFixed(2)).attr('font-size', sizeOf(piece, size).toFixed(1)).text(text.trim());
    shifted = level;
    ended = text.endsWith(' ');
  }
}

/** The formulas of the paper (Selvaraju et al. 2017, equations 1 and 2); k is a channel, i and j are a cell, Z is the number of cells. */
export const formulas = {
  gradient: ['∂y / ∂A', { sup: 'k' }, { sub: 'ij' }],
  weight: ['α', { sub: 'k' }, ' = (1 / Z) Σ', { sub: 'ij' }, ' ∂y / ∂A', { sup: 'k' }, { sub: 'ij' }],
  product: ['α', { sub: 'k' }, ' A', { sup: 'k' }],
  sum: ['Σ', { sub: 'k' }, ' α', { sub: 'k' }, ' A', { sup: 'k' }],
  map: ['L = ReLU (Σ', { sub: 'k' }, ' α', { sub: 'k' }, ' A', { sup: 'k' }, ')'],
} as const satisfies Record<string, readonly Piece[]>;
