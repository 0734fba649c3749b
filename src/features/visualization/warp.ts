import * as tf from '@tensorflow/tfjs';
import type { Size } from './parametrization';

/** How a picture is looked at: turned about its middle (radians), enlarged, moved (pixels). */
export interface Move {
  turn: number;
  scale: number;
  down: number;
  across: number;
}

/** What lies outside a picture: mid grey. */
const outside = 127.5;
const taps = 4;

/** A picture moved, read between its pixels by bilinear interpolation, and the transpose of that. In JavaScript: at these sizes it takes a millisecond, on every backend. */
export class Warp {
  /** For each pixel the four that it is read from, by their number in the picture; -1 outside. */
  private readonly from: Int32Array;
  /** And how much of each. */
  private readonly share: Float32Array;

  constructor(
    private readonly size: Size,
    { turn, scale, down, across }: Move,
  ) {
    const [height, width] = size;
    this.from = new Int32Array(height * width * taps);
    this.share = new Float32Array(height * width * taps);
    const [cos, sin] = [Math.cos(turn) / scale, Math.sin(turn) / scale];
    const [middleRow, middleColumn] = [(height - 1) / 2, (width - 1) / 2];
    const place = (row: number, column: number): number => (row >= 0 && column >= 0 && row < height && column < width ? row * width + column : -1);
    for (let at = 0, y = 0; y < height; y++) {
      for (let x = 0; x < width; x++, at += taps) {
        const row = middleRow + cos * (y - middleRow) + sin * (x - middleColumn) + down;
        const column = middleColumn - sin * (y - middleRow) + cos * (x - middleColumn) + across;
        const [top, left] = [Math.floor(row), Math.floor(column)];
        const [below, beside] = [row - top, column - left];
        this.from.set([place(top, left), place(top, left + 1), place(top + 1, left), place(top + 1, left + 1)], at);
        this.share.set([(1 - below) * (1 - beside), (1 - below) * beside, below * (1 - beside), below * beside], at);
      }
    }
  }

  apply(pixels: tf.Tensor4D): tf.Tensor4D {
    const values = pixels.dataSync();
    const moved = new Float32Array(values.length);
    this.each(values.length, (at, from, share) => {
      for (let colour = 0; colour < 3; colour++) moved[at + colour] += share * (from < 0 ? outside : values[from + colour]);
    });
    return tf.tensor4d(moved, pixels.shape);
  }

  /** The gradient with respect to the picture, from that with respect to the moved one. */
  back(grad: tf.Tensor4D): tf.Tensor4D {
    const values = grad.dataSync();
    const sums = new Float32Array(values.length);
    this.each(values.length, (at, from, share) => {
      if (from >= 0) for (let colour = 0; colour < 3; colour++) sums[from + colour] += share * values[at + colour];
    });
    return tf.tensor4d(sums, grad.shape);
  }

  /** Each pixel of each picture with each of those that it is read from, as places of their first colours. */
  private each(length: number, use: (at: number, from: number, share: number) => void): void {
    const picture = this.size[0] * this.size[1] * 3;
    for (let start = 0; start < length; start += picture) {
      for (let tap = 0; tap < this.from.length; tap++) {
        const at = start + Math.floor(tap / taps) * 3;
        use(at, this.from[tap] < 0 ? -1 : start + this.from[tap] * 3, this.share[tap]);
      }
    }
  }
}
