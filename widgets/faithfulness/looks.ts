import type { Drawing } from '../../src/figure/svg';

// Told apart by colour-blind readers, on white and on dark; each has a mark of its own, too.
const colours = ['#3f7fc1', '#e0701f', '#c2559b', '#0a9a86', '#a98a1d', '#7766cc', '#808080'];
const marks = ['M-3.2,0a3.2,3.2 0 1,0 6.4,0a3.2,3.2 0 1,0 -6.4,0z', 'M-3,-3h6v6h-6z', 'M0,-4.2l4,7h-8z', 'M0,-4.4l4.4,4.4l-4.4,4.4l-4.4,-4.4z', 'M0,4.2l4,-7h-8z'];

export const colourOf = (curve: number): string => colours[curve % colours.length];

/** A curve's mark at a place. */
export function drawMark(svg: Drawing, curve: number, x: number, y: number, scale = 1): void {
  svg.append('path').attr('d', marks[curve % marks.length]).attr('transform', `translate(${x.toFixed(1)},${y.toFixed(1)}) scale(${scale})`).attr('fill', colourOf(curve));
}
