import type { Brush } from '../image/canvas';

/** The label of the mark's mask. */
export const markLabel = 'mark';

/** A stamp in the lower left corner: a magenta disc with a yellow cross. `wander`: how far it lies from its usual place, in pixels. */
export function paintMark(brush: Brush, side: number, wander: readonly [number, number]): void {
  const radius = side * 0.065;
  brush.translate(radius * 1.5 + wander[0], side - radius * 1.5 + wander[1]);
  brush.fillStyle = '#d4147a';
  brush.beginPath();
  brush.arc(0, 0, radius, 0, Math.PI * 2);
  brush.fill();
  brush.strokeStyle = '#ffe14d';
  brush.lineWidth = radius * 0.5;
  brush.beginPath();
  for (const [x, y] of [[1, 0], [0, 1]]) {
    brush.moveTo(-x * radius * 0.6, -y * radius * 0.6);
    brush.lineTo(x * radius * 0.6, y * radius * 0.6);
  }
  brush.stroke();
}
