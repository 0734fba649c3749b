import { between } from '../check';
import { rasterize, rasterizeSmall } from '../image/canvas';
import { Showable } from '../show';
import { figureHtml, figurePage } from './html';
import type { LivePart } from './live/live';
import { saveFigure } from './save';

/** What `new Figure` takes. */
export interface FigureParts {
  /** A complete SVG document: opaque background, no outside references. */
  svg: string;
  /** In CSS pixels. */
  width: number;
  /** In CSS pixels. */
  height: number;
  /** The picture in plain words, for those who cannot see it. */
  alt: string;
  /** One line under the picture: method, class, score, layer, options. Drawn inside the SVG already. */
  caption: string;
  /** The values behind the picture, for `save('x.json')`. */
  data?: unknown;
  /** Script-free HTML that follows the picture, as a table. */
  htmlAfter?: string;
  /** @internal What wakes the picture in a page. */
  live?: LivePart;
  /** @internal The figures of which this one is made, each of which may be live. */
  pieces?: readonly Figure[];
}

/**
 * A finished picture with its caption and alt text. It shows itself as the last value of a cell;
 * `png()`, `svg()`, `html()` and `save(path)` give it for elsewhere.
 */
export class Figure extends Showable {
  constructor(readonly parts: FigureParts) {
    super();
  }

  /** In CSS pixels. */
  get width(): number {
    return this.parts.width;
  }
  /** In CSS pixels. */
  get height(): number {
    return this.parts.height;
  }
  /** The picture in plain words. */
  get alt(): string {
    return this.parts.alt;
  }
  /** What the picture is, in one line. */
  get caption(): string {
    return this.parts.caption;
  }

  /** The picture as PNG bytes; `scale` (default 2, up to 8) is in pixels of the PNG to a CSS pixel. */
  async png(scale = 2): Promise<Buffer> {
    between('scale', scale, 0.1, 8);
    return rasterize(this.parts.svg, this.width, this.height, scale);
  }

  /** A small PNG of the picture (one pixel to a CSS pixel, 256 colours), for viewers that drop the HTML. */
  preview(): Buffer {
    return rasterizeSmall(this.parts.svg, this.width, this.height);
  }

  /** The picture as a complete SVG document. */
  svg(): string {
    return this.parts.svg;
  }

  /** The picture as a complete page that stands alone, to hand to others: live where the figure can be worked, with no server and nothing to load. */
  html(): string {
    return figurePage(this.parts);
  }

  /**
   * The picture as a piece of HTML for a notebook or a page of your own: an `<img>`, which its script replaces by the live view.
   * `live: false` leaves the script out.
   */
  fragment({ live = true }: { live?: boolean } = {}): string {
    return figureHtml(this.parts, live);
  }

  /**
   * Writes the picture, and gives back the full path. The ending decides: `.png` (two pixels to a CSS pixel),
   * `.svg`, `.html` (a page of its own), `.json` (caption, alt text and the values). A missing folder is made.
   */
  override save(path: string): Promise<string> {
    return saveFigure(this, path);
  }

  override toFigure(): Figure {
    return this;
  }
  override toString(): string {
    return this.parts.caption;
  }
  toJSON(): unknown {
    const { caption, alt, width, height, data } = this.parts;
    return { caption, alt, width, height, data };
  }
}
