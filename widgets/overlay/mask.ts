import type { Attribution } from '../../src/attribution/attribution';
import { knownOptions } from '../../src/check';
import { captionOf } from '../../src/figure/caption';
import type { Figure } from '../../src/figure/figure';
import { type MaskOptions, maskTold } from '../../src/figure/maskPanel';
import { mustBeMap } from '../../src/figure/shown';
import { widgetFigure } from '../../src/figure/widgetFigure';
import { reduceOverlay, shownMaps } from './data';
import { drawOverlay, start } from './draw';

/**
 * A Figure of the image with only what mattered left visible: the pixels with the strongest positive values.
 * `map.mask(options)` is the same.
 *
 * Options: `keep` (0.2, the share of the image that stays) or `threshold` (a value of the map), `rest` ('dark', 'blur' or 'grey'; 'dark'), `size` (336).
 *
 * @example
 * cl.mask(await cl.occlusion(model, photo), { keep: 0.1, rest: 'blur' })
 */
export function mask(map: Attribution, options: MaskOptions = {}): Figure {
  knownOptions('mask', options, ['keep', 'threshold', 'rest', 'size']);
  mustBeMap('mask', map);
  const { threshold: cut, ...look } = options;
  return widgetFigure({
    widget: 'overlay',
    data: { maps: shownMaps([map]), view: 'mask', cut, ...look },
    start,
    draw: drawOverlay,
    caption: `${captionOf(map)} · ${maskTold(map, options)}`,
    values: map,
    reduce: reduceOverlay,
  });
}
