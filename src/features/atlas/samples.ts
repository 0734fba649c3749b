import type { Cell } from '../effective/cells';
import type { Vectors } from './layout';
import type { Records, RecordShape } from './records';

/** An image of which samples are kept. */
export interface SampledImage {
  /** Its path inside the folder, or its name. */
  name: string;
  /** Its class, where the collection knew it. */
  label?: string;
}

/** Activations of one block, so that some megabytes are in memory and not all. */
const blockLength = 512;

/** The activations of a collection, read from their records when they are asked for: number `at` is of image `at / positions`. */
export class Samples implements Vectors {
  readonly channels: number;
  readonly count: number;

  constructor(
    private readonly records: Records,
    readonly images: readonly (SampledImage & { stamp: string })[],
    readonly shape: RecordShape,
  ) {
    this.channels = shape.channels;
    this.count = images.length * shape.positions;
  }

  blocks = (): Iterable<Float32Array> => this.read(Math.max(1, Math.floor(blockLength / this.shape.positions)));

  private *read(size: number): Generator<Float32Array> {
    const length = this.shape.positions * this.channels;
    for (let from = 0; from < this.images.length; from += size) {
      const part = this.images.slice(from, from + size);
      const block = new Float32Array(part.length * length);
      part.forEach(({ stamp }, at) => block.set(this.records.get(stamp, 'vectors'), at * length));
      yield block;
    }
  }

  /** Which image an activation is of. */
  imageOf = (activation: number): number => Math.floor(activation / this.shape.positions);

  /** Tells, for each activation in turn, its attribution to each class that was looked at. */
  eachAttribution(tell: (activation: number, index: number, value: number) => void): void {
    const { positions, classes: width } = this.shape;
    this.images.forEach(({ stamp }, image) => {
      const classes = this.records.get(stamp, 'classes');
      this.records.get(stamp, 'attributions').forEach((value, at) => tell(image * positions + Math.floor(at / width), classes[at % width], value));
    });
  }

  /** Row and column of every activation in the layer's map. */
  cells(): Cell[] {
    return this.images.flatMap(({ stamp }) => {
      const places = this.records.get(stamp, 'cells');
      return Array.from({ length: this.shape.positions }, (_, at): Cell => [places[at * 2], places[at * 2 + 1]]);
    });
  }

  /** Red, green and blue of the crop of one activation. */
  crop(activation: number): Uint8Array {
    const { positions, tile } = this.shape;
    const length = tile * tile * 3;
    const at = activation % positions;
    return this.records.get(this.images[this.imageOf(activation)].stamp, 'crops').subarray(at * length, (at + 1) * length);
  }
}
