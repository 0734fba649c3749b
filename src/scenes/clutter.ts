import type { Brush } from '../image/canvas';
import { anyColour } from './colours';
import type { Dice } from './dice';

/** A shape about the origin, of about this radius. */
type Shape = (brush: Brush, radius: number, dice: Dice) => void;

const circle: Shape = (brush, radius) => brush.arc(0, 0, radius, 0, Math.PI * 2);
const box: Shape = (brush, radius, dice) => brush.rect(-radius, -radius * dice.float(0.3, 1), radius * 2, radius * 2 * dice.float(0.3, 1));
const star: Shape = (brush, radius, dice) => corners(brush, radius, dice.whole(4, 7), dice.float(0.35, 0.6));
const polygon: Shape = (brush, radius, dice) => corners(brush, radius, dice.whole(3, 6), 1);
const squiggle: Shape = (brush, radius, dice) => {
  brush.moveTo(-radius, 0);
  brush.bezierCurveTo(-radius / 2, dice.float(-2, 2) * radius, radius / 2, dice.float(-2, 2) * radius, radius * 1.5, 0);
};

const shapes: readonly Shape[] = [circle, box, star, polygon, squiggle];

/** Strews shapes of the ground's colours and others over it: filled, or their outlines. */
export function strew(brush: Brush, side: number, dice: Dice, colours: readonly string[], count: number): void {
  for (let left = count; left > 0; left--) shape(brush, side, dice, dice.chance(0.6) ? dice.pick(colours) : anyColour(dice));
}

/** One shape somewhere on the canvas. */
function shape(brush: Brush, side: number, dice: Dice, colour: string): void {
  const outline = dice.pick(shapes);
  brush.save();
  brush.translate(dice.float(0, side), dice.float(0, side));
  brush.rotate(dice.float(0, Math.PI * 2));
  brush.globalAlpha = dice.float(0.5, 1);
  brush.beginPath();
  outline(brush, side * dice.float(0.03, 0.11), dice);
  if (outline === squiggle || dice.chance(0.35)) {
    brush.strokeStyle = colour;
    brush.lineWidth = side * dice.float(0.01, 0.03);
    brush.stroke();
  } else {
    brush.fillStyle = colour;
    brush.fill();
  }
  brush.restore();
}

/** Corners on a circle, and between them others at `waist` of its radius. */
function corners(brush: Brush, radius: number, count: number, waist: number): void {
  const steps = waist < 1 ? count * 2 : count;
  for (let at = 0; at < steps; at++) {
    const length = waist < 1 && at % 2 ? radius * waist : radius;
    brush.lineTo(length * Math.cos((at / steps) * Math.PI * 2), length * Math.sin((at / steps) * Math.PI * 2));
  }
  brush.closePath();
}
