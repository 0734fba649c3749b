import * as tf from '@tensorflow/tfjs';

/**
 * The inverse Fourier transform to real planes of `height` x `width`, as two products with matrices of cosines and sines, and its transpose, which sends a gradient
 * back. At these sizes that is as quick as a fast transform, and every backend has it.
 *
 * A spectrum is `[2 * height, planes, frequencies]`: the real parts of all rows, then the imaginary ones; of the columns the half that a real plane needs.
 * It keeps energies: a plane's mean square is that of its whole spectrum, whatever the size.
 */
export class Spectrum {
  /** How many columns a spectrum has. */
  readonly frequencies: number;
  /** From a spectrum's rows to a plane's: `[2 * height, 2 * height]`. */
  private readonly down: tf.Tensor2D;
  /** From its real and its imaginary columns to a plane's: `[frequencies, width]` each. */
  private readonly across: [tf.Tensor2D, tf.Tensor2D];

  constructor(
    readonly height: number,
    readonly width: number,
  ) {
    this.frequencies = Math.floor(width / 2) + 1;
    this.down = tf.tensor2d(rowsMatrix(height), [2 * height, 2 * height]);
    this.across = [Math.cos, (angle: number) => -Math.sin(angle)].map((wave) => tf.tensor2d(columnsMatrix(width, this.frequencies, height, wave), [this.frequencies, width])) as [tf.Tensor2D, tf.Tensor2D];
  }

  /** `[2 * height, planes, frequencies]` to `[height, planes, width]`. */
  planes(spectrum: tf.Tensor3D): tf.Tensor3D {
    const { height, width, frequencies } = this;
    const planes = spectrum.shape[1];
    return tf.tidy(() => {
      const rows = tf.matMul(this.down, tf.reshape(spectrum, [2 * height, planes * frequencies]));
      const parts = tf.split(tf.reshape(rows, [2 * height * planes, frequencies]) as tf.Tensor2D, 2);
      return tf.reshape(tf.add(tf.matMul(parts[0], this.across[0]), tf.matMul(parts[1], this.across[1])), [height, planes, width]);
    });
  }

  /** The transpose of `planes`: the gradient with respect to the spectrum from that with respect to the planes. */
  back(planes: tf.Tensor3D): tf.Tensor3D {
    const { height, width, frequencies } = this;
    const count = planes.shape[1];
    return tf.tidy(() => {
      const flat = tf.reshape(planes, [height * count, width]) as tf.Tensor2D;
      const rows = tf.concat(this.across.map((matrix) => tf.matMul(flat, matrix, false, true)));
      return tf.reshape(tf.matMul(this.down, tf.reshape(rows, [2 * height, count * frequencies]), true), [2 * height, count, frequencies]);
    });
  }

  /** How fast the wave of each row and column turns, in turns to a pixel, row by row: `height * frequencies` numbers. */
  turns(): Float32Array {
    const { height, width, frequencies } = this;
    return Float32Array.from({ length: height * frequencies }, (_, at) => {
      const row = Math.floor(at / frequencies);
      return Math.hypot(Math.min(row, height - row) / height, (at % frequencies) / width);
    });
  }

  dispose(): void {
    tf.dispose([this.down, ...this.across]);
  }
}

/** `[cos, -sin; sin, cos]` of `2π row frequency / height`. */
function rowsMatrix(height: number): Float32Array {
  const matrix = new Float32Array(4 * height * height);
  for (let y = 0; y < height; y++) {
    for (let u = 0; u < height; u++) {
      const angle = (2 * Math.PI * ((y * u) % height)) / height;
      matrix[y * 2 * height + u] = matrix[(height + y) * 2 * height + height + u] = Math.cos(angle);
      matrix[(height + y) * 2 * height + u] = Math.sin(angle);
      matrix[y * 2 * height + height + u] = -Math.sin(angle);
    }
  }
  return matrix;
}

/** A wave of `2π column frequency / width`, twice where the missing half of the spectrum holds another one. */
function columnsMatrix(width: number, frequencies: number, height: number, wave: (angle: number) => number): Float32Array {
  const unit = 1 / Math.sqrt(height * width);
  return Float32Array.from({ length: frequencies * width }, (_, at) => {
    const frequency = Math.floor(at / width);
    const alone = frequency === 0 || 2 * frequency === width;
    return (alone ? 1 : 2) * unit * wave((2 * Math.PI * ((frequency * (at % width)) % width)) / width);
  });
}
