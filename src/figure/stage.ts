import type { Pixels } from '../image/canvas';
import type { Drawing } from './svg';

/** A rectangle in CSS pixels. */
export interface Place {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Photographs are smoothed when they are enlarged; of maps and other values each pixel stays a square. */
export type RasterLook = 'smooth' | 'crisp';

/** Where a picture is drawn: an SVG document in Node, an SVG over canvases in a page. One drawing serves both. */
export interface Stage {
  /** An empty root to draw in. */
  readonly svg: Drawing;
  /** How wide the picture may become, in CSS pixels; without end in Node, unless the drawing is told otherwise. */
  readonly width: number;
  /** Puts pixels into a place. In a page they lie below everything that is drawn in `svg`. */
  raster(place: Place, pixels: Pixels, look: RasterLook): void;
}

/** A part of a drawing that a pointer or the keyboard can be at. */
export interface Spot extends Place {
  name: string;
}

/** What a drawing tells of itself. */
export interface Drawn {
  width: number;
  height: number;
  /** The picture in plain words, in this state; a function where finding them takes time: a page asks after the first frame. */
  alt: string | (() => string);
  /** What a pointer can be at; of spots that overlap, the last one. */
  spots?: readonly Spot[];
  /** What the keyboard is at: a page scrolls it into view. */
  focus?: Place;
}

/** The picture in plain words, found now. */
export const altFor = ({ alt }: Drawn): string => (typeof alt === 'function' ? alt() : alt);
