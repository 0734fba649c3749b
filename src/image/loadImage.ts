import { knownOptions, oneOf, shown } from '../check';
import { decode } from './canvas';
import { checkHeader } from './header';
import { Image, fits, type Fit } from './image';
import { fromPixels, type PixelSource } from './pixels';
import type { SampleName } from './samples';
import { meansScene, readScene, type SceneName } from './sceneSamples';
import { readSource } from './source';

/** Options of `loadImage`. */
export interface LoadImageOptions {
  /** How the image is brought to a network's input: `'crop'` (the centre; default), `'stretch'` or `'pad'` (bars at the sides). */
  fit?: Fit;
  /** What captions call it; default: the file's name. */
  name?: string;
}

/** What `loadImage` reads: a sample's or a scene's name, a path, a URL, an encoded file's bytes, or pixels. */
export type ImageSource = SampleName | SceneName | (string & {}) | URL | Uint8Array | PixelSource;

/**
 * An Image from a path, a `file:` or `http(s):` URL, the bytes of a PNG, JPEG or GIF file,
 * pixels `{ data, width, height }` (grey, RGB or RGBA, 0..255), or a sample photograph:
 * 'cat', 'coffee', 'astronaut', 'rocket', 'motorcycle'.
 * A painted scene, which comes with the masks of what it shows, is named by that: 'scene:cat', 'scene:cat+dog', 'scene:horse+mark'; `sceneNames` lists them.
 * A JPEG is turned by its EXIF orientation, transparency is laid over white, a GIF gives its first frame.
 *
 * Options: `fit` ('crop' the centre, 'stretch', or 'pad' with bars; 'crop'), `name` (for captions; the file's name).
 * Throws one clear line when the file is missing, empty, cut short, not a picture, or larger than 100 megapixels.
 *
 * @example
 * const photo = await cl.loadImage('cat');
 * const scene = await cl.loadImage('scene:cat+dog');
 * const mine = await cl.loadImage('photos/dog.jpg', { fit: 'pad' });
 */
export async function loadImage(source: ImageSource, options: LoadImageOptions = {}): Promise<Image> {
  knownOptions('loadImage', options, ['fit', 'name']);
  const fit = oneOf('fit', options.fit ?? 'crop', fits);
  if (options.name !== undefined && typeof options.name !== 'string') throw new TypeError(`name must be a text, got ${shown(options.name)}`);
  if (isPixels(source)) {
    const { width, height, data } = fromPixels(source);
    return new Image(width, height, data, options.name ?? 'image', fit);
  }
  const { bytes, name, masks } = meansScene(source) ? { ...(await readScene(source)), name: source } : { ...(await readSource(source)), masks: [] };
  checkHeader(bytes, name);
  const picture = await decode(bytes).catch((error: unknown) => {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
    if (why.includes('node-canvas')) throw error;
    throw new Error(`image ${shown(name)} is damaged or cut short: ${why}`);
  });
  return new Image(picture.width, picture.height, overWhite(picture.data), options.name ?? name, fit, masks);
}

const isPixels = (source: unknown): source is PixelSource =>
  typeof source === 'object' && source !== null && !ArrayBuffer.isView(source) && !(source instanceof URL) && 'data' in source;

/** Lays transparent pixels over white, as a page would show them. */
function overWhite(data: Uint8ClampedArray): Uint8ClampedArray {
  for (let at = 0; at < data.length; at += 4) {
    const alpha = data[at + 3] / 255;
    if (alpha === 1) continue;
    for (let channel = 0; channel < 3; channel++) data[at + channel] = data[at + channel] * alpha + 255 * (1 - alpha);
    data[at + 3] = 255;
  }
  return data;
}
