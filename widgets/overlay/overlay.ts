import { knownOptions } from '../../src/check';
import { captionOf } from '../../src/figure/caption';
import type { Figure } from '../../src/figure/figure';
import { overlayNames, type OverlayOptions } from '../../src/figure/overlayPanel';
import { widgetFigure } from '../../src/figure/widgetFigure';
import { type Maps, mapsOf, reduceOverlay, shownMaps } from './data';
import { drawOverlay, start } from './draw';

/**
 * A Figure of a map laid over the image that the network saw, with a colour bar. In JupyterLab and in saved pages it can be worked: opacity, colour
 * scale, only the strongest values, a cross-hair with the value, side by side, swipe, only what mattered. Of a list of maps (several targets or methods) one is
 * picked to be shown. The colours follow the maps' own range; give `range` to compare several overlays. `map.overlay(options)` is the same.
 *
 * Options: `opacity` (0.6), `fade` (true: weak values let the photo through), `threshold` (0; a share of the range below which nothing is drawn),
 * `sign`, `colormap`, `clip`, `range`, `size` and `colorbar` as `heatmap` has them.
 *
 * @example
 * cl.overlay(await cl.gradCam(model, photo), { opacity: 0.6, colormap: 'turbo' })
 * cl.overlay(await cl.gradCam(model, photo, { target: ['tabby', 'lynx'] }))
 */
export function overlay(maps: Maps, options: OverlayOptions = {}): Figure {
  knownOptions('overlay', options, overlayNames);
  const list = mapsOf('overlay', maps);
  return widgetFigure({
    widget: 'overlay',
    data: { maps: shownMaps(list), view: 'overlay', ...options },
    start,
    draw: drawOverlay,
    caption: list.map(captionOf).join('\n'),
    values: list.length === 1 ? list[0] : list,
    reduce: reduceOverlay,
  });
}
