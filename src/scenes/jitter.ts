import type { Dice } from './dice';

/** A change of colours: `[r, g, b] -> matrix [r, g, b] + shift`, the matrix row by row. */
export interface Tint {
  matrix: readonly number[];
  shift: number;
}

// The weights of the luminance, which turning the hue keeps.
const [red, green, blue] = [0.299, 0.587, 0.114];

/** Another hue (seldom quite another), saturation, contrast and light. */
export function tintOf(dice: Dice): Tint {
  const turn = dice.chance(0.15) ? dice.float(-Math.PI, Math.PI) : dice.float(-0.3, 0.3);
  const saturation = dice.chance(0.08) ? dice.float(0, 0.2) : dice.float(0.65, 1.25);
  const contrast = dice.float(0.8, 1.15);
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  // Turned about the grey axis.
  const [along, before, after] = [cos + (1 - cos) / 3, (1 - cos) / 3 - Math.sqrt(1 / 3) * sin, (1 - cos) / 3 + Math.sqrt(1 / 3) * sin];
  const hue = [along, before, after, after, along, before, before, after, along];
  const grey = [red, green, blue];
  const matrix = hue.map((value, at) => contrast * (saturation * value + (1 - saturation) * grey[at % 3]));
  return { matrix, shift: 127.5 * (1 - contrast) + dice.float(-22, 22) };
}

/** The colours as they are. */
export const untinted: Tint = { matrix: [1, 0, 0, 0, 1, 0, 0, 0, 1], shift: 0 };
