import { shrink } from '../../src/image/shrink';
import { encodeMaps } from './codes';
import { type BrowserData, type BrowserLayer, type ImageMaps, mapValues } from './data';
import { shrinkFactors, shrunk } from './keep';

/** The data with about that share of the cells of their maps; the statistics stay. */
export function reduceBrowser(data: BrowserData, detail: number): BrowserData {
  const loads = data.layers.map(({ height, width, channels, images, shape }) => ({ height, width, maps: shape.length === 1 ? 0 : channels.length * images.length }));
  const cells = loads.reduce((sum, { maps, height, width }) => sum + maps * height * width, 0);
  const factors = shrinkFactors(loads, cells * detail);
  return { ...data, layers: data.layers.map((layer, at) => (factors[at] === 1 ? layer : smaller(layer, factors[at]))) };
}

function smaller(layer: BrowserLayer, factor: number): BrowserLayer {
  const [height, width] = [shrunk(layer.height, factor), shrunk(layer.width, factor)];
  return { ...layer, height, width, factor: layer.factor * factor, images: layer.images.map((image) => smallerMaps(layer, image, height, width)) };
}

function smallerMaps(layer: BrowserLayer, image: ImageMaps, height: number, width: number): ImageMaps {
  const maps = layer.channels.map((_, at) => shrink(mapValues(layer, image, at), layer.width, layer.height, width, height));
  return { ...image, ...encodeMaps(maps, layer.signed) };
}
