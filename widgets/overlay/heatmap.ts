import type { Attribution } from '../../src/attribution/attribution';
import { knownOptions } from '../../src/check';
import { captionOf } from '../../src/figure/caption';
import type { Figure } from '../../src/figure/figure';
import { colorNames, frameNames, type HeatmapOptions } from '../../src/figure/mapPanel';
import { mustBeMap } from '../../src/figure/shown';
import { widgetFigure } from '../../src/figure/widgetFigure';
import { reduceOverlay, shownMaps } from './data';
import { drawOverlay, start } from './draw';

/**
 * A Figure of a map's values as colours, with a colour bar. A map with three channels is shown in colour,
 * scaled for show: mean at mid grey, a tenth of the range to a standard deviation. `map.heatmap(options)` is the same.
 *
 * Options: `sign` ('positive', 'absolute' or 'signed'), `colormap` ('viridis'; 'RdBu' for signed maps), `clip` (percentile), `range` ([low, high] in
 * the map's unit), `size` (336 CSS pixels), `colorbar` (true), `photo` (false; true puts what the network saw beside it).
 *
 * @example
 * cl.heatmap(await cl.saliency(model, photo), { colormap: 'magma' })
 */
export function heatmap(map: Attribution, options: HeatmapOptions = {}): Figure {
  knownOptions('heatmap', options, [...colorNames, ...frameNames, 'photo']);
  mustBeMap('heatmap', map);
  const { photo, ...look } = options;
  return widgetFigure({
    widget: 'overlay',
    data: { maps: shownMaps([map]), view: photo ? 'side' : 'map', ...look },
    start,
    draw: drawOverlay,
    caption: captionOf(map),
    values: map,
    reduce: reduceOverlay,
  });
}
