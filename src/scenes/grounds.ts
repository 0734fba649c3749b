import { blank, type Brush } from '../image/canvas';
import { paletteOf } from './colours';
import type { Dice } from './dice';

/** Paints one kind of ground over the whole canvas. */
type Ground = (brush: Brush, side: number, dice: Dice, colours: readonly string[]) => void;

const gradient: Ground = (brush, side, dice, [first, second, third]) => {
  const angle = dice.float(0, Math.PI * 2);
  const [dx, dy] = [Math.cos(angle) * side * 0.6, Math.sin(angle) * side * 0.6];
  const round = dice.chance(0.35);
  const [x, y] = [dice.float(0.2, 0.8) * side, dice.float(0.2, 0.8) * side];
  const fill = round ? brush.createRadialGradient(x, y, 0, x, y, side) : brush.createLinearGradient(side / 2 - dx, side / 2 - dy, side / 2 + dx, side / 2 + dy);
  [first, second, third].forEach((colour, at) => fill.addColorStop(at / 2, colour));
  cover(brush, side, fill);
};

/** Soft patches, like clouds or leaves out of focus: a few random pixels made large. */
const patches: Ground = (brush, side, dice, colours) => {
  cover(brush, side, colours[0]);
  for (const cells of [dice.whole(3, 5), dice.whole(8, 16)]) {
    const small = blank(cells, cells);
    for (let at = 0; at < cells * cells; at++) {
      small.fillStyle = dice.pick(colours);
      small.fillRect(at % cells, Math.floor(at / cells), 1, 1);
    }
    brush.globalAlpha = cells < 6 ? 1 : 0.4;
    // Over the edge, where the large pixels would fade.
    brush.drawImage(small.canvas, -side / cells, -side / cells, side + (2 * side) / cells, side + (2 * side) / cells);
  }
  brush.globalAlpha = 1;
};

const stripes: Ground = (brush, side, dice, colours) => {
  cover(brush, side, colours[0]);
  turned(brush, side, dice.float(0, Math.PI), () => {
    const step = side * dice.float(0.05, 0.2);
    for (let y = -side; y < side; y += step) {
      brush.fillStyle = colours[1 + (Math.round(y / step) & 1)];
      brush.fillRect(-side, y, side * 2, step * dice.float(0.35, 0.7));
    }
  });
};

const tiles: Ground = (brush, side, dice, colours) => {
  cover(brush, side, colours[1]);
  turned(brush, side, dice.float(0, Math.PI / 2), () => {
    const step = side * dice.float(0.08, 0.2);
    const round = dice.chance(0.5);
    for (let row = -Math.ceil(side / step); row * step < side; row++) {
      for (let column = -Math.ceil(side / step); column * step < side; column++) {
        if ((row + column) & 1) continue;
        brush.fillStyle = colours[2 + (row & 1)];
        if (round) disc(brush, (column + 0.5) * step, (row + 0.5) * step, step * 0.42);
        else brush.fillRect(column * step, row * step, step, step);
      }
    }
  });
};

/** Hills under a sky. */
const hills: Ground = (brush, side, dice, colours) => {
  gradient(brush, side, dice, colours);
  for (const colour of dice.shuffled(colours).slice(0, dice.whole(2, 3))) {
    const [level, height, length, phase] = [dice.float(0.4, 0.85) * side, dice.float(0.03, 0.12) * side, dice.float(0.15, 0.5) * side, dice.float(0, 7)];
    brush.fillStyle = colour;
    brush.beginPath();
    brush.moveTo(0, side);
    for (let x = 0; x <= side + 4; x += 4) brush.lineTo(x, level + height * Math.sin(x / length + phase));
    brush.lineTo(side, side);
    brush.fill();
  }
};

const shards: Ground = (brush, side, dice, colours) => {
  cover(brush, side, colours[0]);
  for (let count = dice.whole(8, 20); count > 0; count--) {
    const [x, y] = [dice.float(0, side), dice.float(0, side)];
    brush.fillStyle = dice.pick(colours);
    brush.globalAlpha = dice.float(0.4, 0.95);
    brush.beginPath();
    for (let corner = dice.whole(3, 5); corner > 0; corner--) brush.lineTo(x + dice.float(-0.4, 0.4) * side, y + dice.float(-0.4, 0.4) * side);
    brush.fill();
  }
  brush.globalAlpha = 1;
};

const bubbles: Ground = (brush, side, dice, colours) => {
  gradient(brush, side, dice, colours);
  for (let count = dice.whole(10, 30); count > 0; count--) {
    brush.fillStyle = dice.pick(colours);
    brush.globalAlpha = dice.float(0.25, 0.9);
    disc(brush, dice.float(0, side), dice.float(0, side), side * dice.float(0.02, 0.16));
  }
  brush.globalAlpha = 1;
};

const grounds: readonly Ground[] = [gradient, patches, patches, stripes, tiles, hills, hills, shards, bubbles];

/** Paints a ground of some kind in colours of its own; they are given back, for what is strewn over it. */
export function paintGround(brush: Brush, side: number, dice: Dice): string[] {
  const colours = paletteOf(dice);
  dice.pick(grounds)(brush, side, dice, colours);
  return colours;
}

function cover(brush: Brush, side: number, fill: Brush['fillStyle']): void {
  brush.fillStyle = fill;
  brush.fillRect(0, 0, side, side);
}

/** Draws about the middle of the canvas, turned by an angle. */
function turned(brush: Brush, side: number, angle: number, paint: () => void): void {
  brush.save();
  brush.translate(side / 2, side / 2);
  brush.rotate(angle);
  paint();
  brush.restore();
}

function disc(brush: Brush, x: number, y: number, radius: number): void {
  brush.beginPath();
  brush.arc(x, y, radius, 0, Math.PI * 2);
  brush.fill();
}
