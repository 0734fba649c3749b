import { createRequire } from 'node:module';
import type * as Canvas from 'canvas';
import { applyPalette, quantize } from 'gifenc';

/** Red, green, blue, alpha bytes, row by row. */
export interface Pixels {
  width: number;
  height: number;
  data: Uint8ClampedArray;
}

// Loaded at the first picture: the package must import where node-canvas was not built.
const load = createRequire(__filename);
let loaded: typeof Canvas | undefined;

function library(): typeof Canvas {
  try {
    return (loaded ??= load('canvas') as typeof Canvas);
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new Error(`pictures need node-canvas, which does not load here (${why}); run: npx convlens setup`);
  }
}

/** What draws on a canvas; the canvas is its `canvas`. */
export type Brush = Canvas.CanvasRenderingContext2D;
/** What a brush can draw: another canvas, or a picture that was read. */
export type Drawable = Canvas.Canvas | Canvas.Image;

/** A brush on an empty canvas. */
export const blank = (width: number, height: number): Brush => library().createCanvas(width, height).getContext('2d');

/** An encoded picture (PNG, or an SVG document) as something to draw with, at once. */
export function drawable(bytes: Buffer): Canvas.Image {
  const { Image } = library();
  const picture = new Image();
  picture.onerror = (error) => {
    throw error;
  };
  picture.src = bytes;
  return picture;
}

/** The pixels of an encoded picture (PNG, JPEG turned by its EXIF orientation, the first frame of a GIF). */
export async function decode(bytes: Buffer): Promise<Pixels> {
  const { createCanvas, loadImage } = library();
  const picture = await loadImage(bytes);
  const { width, height } = picture;
  const context = createCanvas(width, height).getContext('2d');
  context.drawImage(picture, 0, 0);
  return { width, height, data: context.getImageData(0, 0, width, height).data };
}

export function encode({ width, height, data }: Pixels, type: 'png' | 'jpeg'): Buffer {
  const { Canvas, createCanvas, createImageData } = library();
  const canvas = createCanvas(width, height);
  canvas.getContext('2d').putImageData(createImageData(data, width, height), 0, 0);
  // Full chroma: coloured overlays smear with the usual halved one.
  return type === 'png' ? canvas.toBuffer('image/png', { filters: Canvas.PNG_NO_FILTERS }) : canvas.toBuffer('image/jpeg', { quality: 0.85, chromaSubsampling: false });
}

/** A whole SVG document as pixels, `scale` of them to a CSS pixel; at once, because a cell's value is printed at once. */
function drawSvg(svg: string, width: number, height: number, scale: number): Canvas.Canvas {
  const { createCanvas } = library();
  const picture = drawable(Buffer.from(svg));
  const canvas = createCanvas(Math.round(width * scale), Math.round(height * scale));
  // The SVG is drawn anew at this size, so text stays sharp.
  picture.width = canvas.width;
  picture.height = canvas.height;
  canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** A whole SVG document as PNG bytes, `scale` pixels to a CSS pixel. */
export const rasterize = (svg: string, width: number, height: number, scale: number): Buffer => drawSvg(svg, width, height, scale).toBuffer('image/png');

/** The same at one pixel to a CSS pixel in 256 colours: a third of the bytes. */
export function rasterizeSmall(svg: string, width: number, height: number): Buffer {
  const canvas = drawSvg(svg, width, height, 1);
  const context = canvas.getContext('2d');
  // The rounded corners are clear, which a palette cannot hold.
  context.globalCompositeOperation = 'destination-over';
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  const palette = quantize(data, 256);
  const colours = new Uint8ClampedArray(256 * 4).fill(255);
  palette.forEach((colour, at) => colours.set(colour.slice(0, 3), at * 4));
  return encodeIndexed(canvas.width, canvas.height, new Uint8ClampedArray(applyPalette(data, palette)), colours);
}

let ruler: Canvas.CanvasRenderingContext2D | undefined;

/** Width in pixels of a line of sans-serif text, as measured with this machine's fonts. */
export function textWidth(text: string, size: number, bold = false): number {
  const { createCanvas } = library();
  ruler ??= createCanvas(1, 1).getContext('2d');
  ruler.font = `${bold ? 'bold ' : ''}${size}px sans-serif`;
  return ruler.measureText(text).width;
}

/** A PNG of at most 256 colours, one byte to a pixel: a third of the size of one with full colours. */
export function encodeIndexed(width: number, height: number, indices: Uint8ClampedArray, colours: Uint8ClampedArray): Buffer {
  const { Canvas, createCanvas, createImageData } = library();
  const canvas = createCanvas(width, height);
  canvas.getContext('2d', { pixelFormat: 'A8' }).putImageData(createImageData(indices, width, height), 0, 0);
  return canvas.toBuffer('image/png', { palette: colours, filters: Canvas.PNG_NO_FILTERS });
}
