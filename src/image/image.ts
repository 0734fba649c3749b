import { oneOf, shown, whole } from '../check';
import { draw } from '../draw';
import type { Figure } from '../figure/figure';
import { Showable } from '../show';
import { writeInto } from '../writeInto';
import { encode } from './canvas';
import { fitMask, type Mask } from './region';
import { resample } from './resample';

/** How an image is brought to the network's input: centre crop, stretch, or bars at the sides. */
export type Fit = 'crop' | 'stretch' | 'pad';
export const fits: readonly Fit[] = ['crop', 'stretch', 'pad'];

// The bars of `pad`: about the mean colour of ImageNet, which networks take for "nothing here".
const padColour = [124, 116, 104, 255];

/**
 * A picture as the methods take it, opaque, as red, green, blue, alpha bytes 0..255, row by row.
 * `loadImage` makes one. As the last value of a cell it shows itself with what a square network will see of it.
 */
export class Image extends Showable {
  constructor(
    /** In pixels. */
    readonly width: number,
    /** In pixels. */
    readonly height: number,
    /** `width * height * 4` bytes: red, green, blue, alpha (always 255). */
    readonly data: Uint8ClampedArray,
    /** What captions call it. */
    readonly name = 'image',
    /** How it is brought to a network's input size. */
    readonly fit: Fit = 'crop',
    /** Where the things in it are, when that is known, as in painted scenes: a mask of its size for each, with its label. */
    readonly masks: readonly Mask[] = [],
  ) {
    super();
    if (!width || !height) throw new RangeError(`an image needs at least one pixel, got ${width} x ${height}`);
    whole('image width', width);
    whole('image height', height);
    oneOf('fit', fit, fits);
    for (const mask of masks) {
      if (mask.width !== width || mask.height !== height) throw new RangeError(`a mask of ${mask.width} x ${mask.height} does not fit an image of ${width} x ${height}`);
    }
    if (data.length !== width * height * 4) throw new RangeError(`image data of ${width} x ${height} must have ${width * height * 4} bytes (RGBA), got ${data.length}`);
  }

  /** The image (and its masks) at `height` x `width` pixels, as a network of that input size sees it: cropped at the centre, stretched, or padded, by `fit`. */
  fitTo(height: number, width: number): Image {
    whole('height', height);
    whole('width', width);
    if (height === this.height && width === this.width) return this;
    const { data } = this.fit === 'pad' ? this.padded(height, width) : resample(this, this.seen(height, width), width, height);
    const part = this.fit === 'pad' ? this.around(height, width) : this.seen(height, width);
    return new Image(width, height, data, this.name, this.fit, this.masks.map((mask) => fitMask(mask, part, { width, height })));
  }

  /** The part of the image, in its own pixels, that a network with an input of `height` x `width` sees. */
  seen(height: number, width: number): { x: number; y: number; width: number; height: number } {
    if (this.fit !== 'crop') return { x: 0, y: 0, width: this.width, height: this.height };
    const scale = Math.min(this.width / width, this.height / height);
    return { x: (this.width - width * scale) / 2, y: (this.height - height * scale) / 2, width: width * scale, height: height * scale };
  }

  /** What padding to `height` x `width` shows, in the image's own pixels: the image and the bars around it. */
  private around(height: number, width: number) {
    const { w, h, left, top } = this.within(height, width);
    const [across, down] = [this.width / w, this.height / h];
    return { x: -left * across, y: -top * down, width: width * across, height: height * down };
  }

  /** Where padding puts the image: its size, and the bars at its left and top. */
  private within(height: number, width: number) {
    const scale = Math.min(width / this.width, height / this.height);
    const [w, h] = [Math.max(1, Math.round(this.width * scale)), Math.max(1, Math.round(this.height * scale))];
    return { w, h, left: Math.floor((width - w) / 2), top: Math.floor((height - h) / 2) };
  }

  private padded(height: number, width: number) {
    const { w, h, left, top } = this.within(height, width);
    const inner = resample(this, { x: 0, y: 0, width: this.width, height: this.height }, w, h);
    const data = new Uint8ClampedArray(width * height * 4);
    for (let at = 0; at < data.length; at++) data[at] = padColour[at % 4];
    for (let y = 0; y < h; y++) data.set(inner.data.subarray(y * w * 4, (y + 1) * w * 4), ((top + y) * width + left) * 4);
    return { data };
  }

  /** Writes the pixels themselves (.png, .jpg); makes a missing folder; gives the full path back. `image.toFigure().save(...)` writes what a cell shows. */
  override async save(path: string): Promise<string> {
    const ending = typeof path === 'string' && /\.(png|jpe?g)$/i.exec(path)?.[1].toLowerCase();
    if (!ending) throw new RangeError(`an image is saved as .png or .jpg, got ${shown(path)}`);
    return writeInto(path, encode(this, ending === 'png' ? 'png' : 'jpeg'));
  }

  override toFigure(): Figure {
    return draw.image(this);
  }

  override toString(): string {
    return `${this.name}: ${this.width} x ${this.height} image, fit ${this.fit}`;
  }

  /** Name, size and fit, without the pixels. */
  toJSON(): { name: string; width: number; height: number; fit: Fit } {
    return { name: this.name, width: this.width, height: this.height, fit: this.fit };
  }
}
