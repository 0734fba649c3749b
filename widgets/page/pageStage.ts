import { select } from 'd3-selection';
import type { Pixels } from '../../src/image/canvas';
import { type Drawn, type Stage, altFor } from '../../src/figure/stage';
import { fontFamily, ink, type Drawing } from '../../src/figure/svg';
import { isTiny } from '../../src/figure/tiny';

/** The element that a live drawing is shown in: an SVG over as many canvases as it has rasters. */
export class PageStage {
  readonly element = document.createElement('div');
  private readonly root = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  private readonly canvases: HTMLCanvasElement[] = [];
  /** What each canvas holds, so that what did not change is not painted again. */
  private readonly painted: (Pixels | undefined)[] = [];
  /** Where each canvas is, and its look: writing the same style again costs too. */
  private readonly placed: string[] = [];

  constructor(name: 'stage' | 'aside' = 'stage') {
    this.element.className = name;
    this.element.append(this.root);
    this.root.setAttribute('role', 'img');
  }

  /** Draws from nothing; the canvases stay. */
  draw(width: number, drawing: (stage: Stage) => Drawn): Drawn {
    this.root.replaceChildren();
    let used = 0;
    const svg = select(this.root) as unknown as Drawing;
    svg.attr('font-family', fontFamily).attr('font-size', 12).attr('fill', ink);
    const drawn = drawing({
      svg,
      width,
      raster: (place, pixels, look) => {
        const canvas = this.canvas(used);
        const crisp = look === 'crisp' || isTiny(pixels, place.width);
        const style = `left:${place.x}px;top:${place.y}px;width:${place.width}px;height:${place.height}px`;
        if (this.placed[used] !== style + crisp) {
          this.placed[used] = style + crisp;
          canvas.className = crisp ? 'crisp' : '';
          canvas.style.cssText = style;
        }
        this.paint(used, pixels);
        used += 1;
      },
    });
    for (const extra of this.canvases.splice(used)) extra.remove();
    this.painted.length = this.placed.length = used;
    const { height } = drawn;
    svg.attr('width', drawn.width).attr('height', height).attr('viewBox', `0 0 ${drawn.width} ${height}`);
    Object.assign(this.element.style, { width: `${drawn.width}px`, height: `${height}px` });
    return drawn;
  }

  /** Puts the drawing into words, for those who do not see it. */
  describe(drawn: Drawn): void {
    this.root.setAttribute('aria-label', altFor(drawn));
  }

  private canvas(at: number): HTMLCanvasElement {
    const canvas = this.canvases[at] ?? document.createElement('canvas');
    if (!this.canvases[at]) {
      this.canvases.push(canvas);
      this.root.before(canvas);
    }
    return canvas;
  }

  private paint(at: number, pixels: Pixels): void {
    if (this.painted[at] === pixels) return;
    const canvas = this.canvases[at];
    // Setting the size clears, and costs: only where it changes.
    if (canvas.width !== pixels.width || canvas.height !== pixels.height) Object.assign(canvas, { width: pixels.width, height: pixels.height });
    canvas.getContext('2d')?.putImageData(new ImageData(pixels.data as Uint8ClampedArray<ArrayBuffer>, pixels.width, pixels.height), 0, 0);
    this.painted[at] = pixels;
  }
}
