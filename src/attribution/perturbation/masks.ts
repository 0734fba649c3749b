import { seedBits, stir } from '../../model/stir';

/**
 * Random masks of a picture, one after the other, from 0 (hidden) to 1 (seen): each cell of a coarse grid is kept with a probability, and the grid is enlarged
 * bilinearly and shifted by a random part of a cell. A pixel's mean over many masks is that probability.
 */
export class Masks {
  private readonly cell: [number, number];
  private state: number;

  constructor(
    private readonly size: readonly [height: number, width: number],
    private readonly grid: readonly [rows: number, columns: number],
    private readonly keep: number,
    seed: number,
  ) {
    this.cell = [Math.ceil(size[0] / grid[0]), Math.ceil(size[1] / grid[1])];
    this.state = seedBits(seed);
  }

  /** The next mask, flat `[height, width]`. */
  next(): Float32Array {
    const [rows, columns] = this.grid;
    const [height, width] = this.size;
    const kept = Float32Array.from({ length: rows * columns }, () => (this.uniform() < this.keep ? 1 : 0));
    const down = this.along(0);
    const across = this.along(1);
    const lines = Array.from({ length: rows }, (_, row) => Float32Array.from(across, ({ from, to, share }) => mix(kept[row * columns + from], kept[row * columns + to], share)));
    const mask = new Float32Array(height * width);
    down.forEach(({ from, to, share }, y) => {
      const [above, below] = [lines[from], lines[to]];
      for (let x = 0; x < width; x++) mask[y * width + x] = mix(above[x], below[x], share);
    });
    return mask;
  }

  /** For each pixel along an axis the two cells it lies between: the grid is enlarged to one cell more than the picture, which is cut out at a random place. */
  private along(axis: 0 | 1): { from: number; to: number; share: number }[] {
    const cells = this.grid[axis];
    const cell = this.cell[axis];
    const shift = Math.floor(this.uniform() * cell);
    const scale = cells / ((cells + 1) * cell);
    return Array.from({ length: this.size[axis] }, (_, i) => {
      const at = Math.min(cells - 1, Math.max(0, (i + shift + 0.5) * scale - 0.5));
      const from = Math.floor(at);
      return { from, to: Math.min(cells - 1, from + 1), share: at - from };
    });
  }

  /** A number from 0 to 1: a counter whose bits are stirred. */
  private uniform(): number {
    this.state = (this.state + 0x9e3779b9) >>> 0;
    return stir(this.state) / 2 ** 32;
  }
}

const mix = (a: number, b: number, share: number): number => a + (b - a) * share;
