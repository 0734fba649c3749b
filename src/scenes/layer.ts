import { type Brush, blank } from '../image/canvas';
import { type Glyph, glyphSheet } from './glyphs';
import type { Tint } from './jitter';

/** Where a drawing goes: its middle and longer side in pixels, its turn in radians, and whether left and right are exchanged. */
export interface Pose {
  x: number;
  y: number;
  size: number;
  turn: number;
  mirrored: boolean;
}

/** A scene as it is painted: opaque pixels, and which of them each thing still shows. */
export class Layers {
  readonly pixels: Uint8ClampedArray;
  private readonly scratch: Brush;
  private readonly masks: Uint8Array[] = [];

  constructor(
    ground: Brush,
    private readonly side: number,
  ) {
    this.pixels = ground.getImageData(0, 0, side, side).data;
    this.scratch = blank(side, side);
  }

  /** Lays a drawing on top and gives the pixels that it covers: those of which it is half or more. What lay below loses them. */
  glyph(glyph: Glyph, pose: Pose, tint: Tint, part: Part = whole): Uint8Array {
    return this.lay((brush) => drawGlyph(brush, glyph, pose, part), tint);
  }

  /** Lays whatever is painted on top, likewise. */
  lay(paint: (brush: Brush) => void, { matrix, shift }: Tint): Uint8Array {
    const { side, scratch, pixels } = this;
    scratch.clearRect(0, 0, side, side);
    scratch.save();
    paint(scratch);
    scratch.restore();
    const { data } = scratch.getImageData(0, 0, side, side);
    const covered = new Uint8Array(side * side);
    const [rr, rg, rb, gr, gg, gb, br, bg, bb] = matrix;
    for (let at = 0, i = 0; at < covered.length; at++, i += 4) {
      const alpha = data[i + 3] / 255;
      if (!alpha) continue;
      const [r, g, b] = [data[i], data[i + 1], data[i + 2]];
      pixels[i] += alpha * (clamp(rr * r + rg * g + rb * b + shift) - pixels[i]);
      pixels[i + 1] += alpha * (clamp(gr * r + gg * g + gb * b + shift) - pixels[i + 1]);
      pixels[i + 2] += alpha * (clamp(br * r + bg * g + bb * b + shift) - pixels[i + 2]);
      if (alpha < 0.5) continue;
      covered[at] = 1;
      for (const mask of this.masks) mask[at] = 0;
    }
    return covered;
  }

  /** Keeps a mask up to date while other things are laid over it. */
  watch(mask: Uint8Array): Uint8Array {
    this.masks.push(mask);
    return mask;
  }
}

/** The part of a drawing that is drawn, in shares of its box. */
export interface Part {
  x: number;
  y: number;
  width: number;
  height: number;
}

const whole: Part = { x: 0, y: 0, width: 1, height: 1 };

function drawGlyph(brush: Brush, glyph: Glyph, { x, y, size, turn, mirrored }: Pose, part: Part): void {
  const scale = size / Math.max(glyph.width, glyph.height);
  const [width, height] = [glyph.width * part.width, glyph.height * part.height];
  brush.translate(x, y);
  brush.rotate(turn);
  brush.scale(mirrored ? -scale : scale, scale);
  brush.drawImage(glyphSheet(), glyph.x + glyph.width * part.x, glyph.y + glyph.height * part.y, width, height, -width / 2, -height / 2, width, height);
}

const clamp = (value: number): number => (value < 0 ? 0 : value > 255 ? 255 : value);
