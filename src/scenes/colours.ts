import type { Dice } from './dice';

/** A few CSS colours that go together, the lightest and darkest far enough apart to be told. */
export function paletteOf(dice: Dice): string[] {
  const hue = dice.float(0, 360);
  const spread = dice.pick([25, 60, 120, 180]);
  const vivid = dice.float(8, 58);
  const light = dice.float(35, 78);
  return Array.from({ length: 4 }, (_, at) => {
    const lighter = Math.max(14, Math.min(92, light + (at - 1.5) * dice.float(6, 16)));
    return hsl(hue + dice.float(-spread, spread), Math.max(0, vivid + dice.float(-15, 15)), lighter);
  });
}

/** Any colour, seldom a grey one. */
export const anyColour = (dice: Dice): string => hsl(dice.float(0, 360), dice.float(5, 90), dice.float(20, 85));

const hsl = (hue: number, saturation: number, lightness: number): string => `hsl(${((hue % 360) + 360) % 360},${saturation.toFixed(1)}%,${lightness.toFixed(1)}%)`;
