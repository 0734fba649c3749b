import { Showable } from '../show';

export interface FigureParts {
  /** A complete SVG document: opaque background, no outside references. */
  svg: string;
  /** Size in CSS pixels. */
  width: number;
  height: number;
  /** The picture in plain words, for those who cannot see it. */
  alt: string;
  /** One line under the picture: method, class, score, layer, options. Drawn inside the SVG already. */
  caption: string;
  /** The values behind the picture, for `save('x.json')`. */
  data?: unknown;
}
// placeholder: the figure slice fills it in
export class Figure extends Showable {
  constructor(readonly parts: FigureParts) {
    super();
  }
  override toFigure(): Figure {
    return this;
  }
  override toString(): string {
    return this.parts.caption;
  }
}
