import type { Figure } from '../figure/figure';
import { Showable } from '../show';

/** How an image is brought to the network's input: centre crop, stretch, or bars at the sides. */
export type Fit = 'crop' | 'stretch' | 'pad';
// placeholder: the image slice fills it in
export class Image extends Showable {
  constructor(
    readonly width: number,
    readonly height: number,
    readonly data: Uint8ClampedArray,
    readonly name = 'image',
    readonly fit: Fit = 'crop',
  ) {
    super();
  }
  override toFigure(): Figure {
    throw new Error('not yet');
  }
  override toString(): string {
    return `${this.name}: ${this.width} x ${this.height} image`;
  }
}
