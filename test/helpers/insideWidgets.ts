import { filters } from '../../src/features/filters/filters';
import { layerStatistics } from '../../src/features/statistics/layerStatistics';
import { topPatches } from '../../src/features/topPatches/topPatches';
import type { Figure } from '../../src/figure/figure';
import '../../src/figure/install';
import type { ImageCollection } from '../../src/image/collection';
import { Image } from '../../src/image/image';
import type { Classifier } from '../../src/model/classifier';
import '../../widgets/install';
import { classifier, residual } from './models';

/** Images with something to see at every place, one of which cannot be read. */
export function textures(count: number, { width, height }: { width: number; height: number }, { name = 'photo', label }: { name?: string; label?: string } = {}): ImageCollection {
  const image = (seed: number): Image => new Image(width, height, Uint8ClampedArray.from({ length: width * height * 4 }, (_, at) => (at % 4 === 3 ? 255 : 128 + 70 * Math.sin((at * seed) / 53) + 50 * Math.cos((at % (width * 4)) / (5 + seed)))), `${name} ${seed}`);
  const entries = Array.from({ length: count }, (_, at) => ({ name: `folder/${name} ${at}`, label, stamp: String(at), load: async () => image(at + 1) }));
  return { name: 'textures', entries: [...entries, { name: 'broken.png', stamp: '', load: () => Promise.reject(new Error('not a picture')) }] };
}

/** Top patches, filters in all three layouts, and statistics, small and quickly made. */
export async function insideWidgets(): Promise<Record<string, Figure>> {
  const model: Classifier = classifier(residual());
  const images = textures(6, { width: 10, height: 13 }, { label: 'cat' });
  const figures = {
    topPatches: (await topPatches(model, images, { layer: 'stem_relu', channels: [0, 1, 2], count: 4, least: true, onProgress: null })).toFigure(),
    filterGallery: (await filters(model)).toFigure(),
    'filterGallery, depthwise': (await filters(model, { layer: 'dw' })).toFigure(),
    'filterGallery, rows': (await filters(model, { layer: 'separable' })).toFigure(),
    'filterGallery, a matrix': (await filters(model, { layer: 'project' })).toFigure(),
    layerStatistics: (await layerStatistics(model, images, { onProgress: null })).toFigure(),
  };
  model.dispose();
  return figures;
}
