import type { Attribution } from '../../src/attribution/attribution';
import { OcclusionWindows } from '../../src/attribution/perturbation/occlusionWindows';
import { knownOptions } from '../../src/check';
import { captionOf } from '../../src/figure/caption';
import type { Figure } from '../../src/figure/figure';
import { type ColorOptions, colorNames } from '../../src/figure/mapPanel';
import { widgetFigure } from '../../src/figure/widgetFigure';
import { type Maps, mapsOf } from '../overlay/data';
import { explorerData, reduceExplorer } from './data';
import { drawExplorer, start } from './draw';
import { tables } from './tables';

/** Options of `occlusionExplorer`. */
export interface OcclusionExplorerOptions extends ColorOptions {}

/**
 * A Figure of an occlusion map window by window: the photograph with a window covered, the map with the same window framed, the score before and after, and the
 * likeliest classes as they become. The picture shows the window whose covering lowers the score most. In JupyterLab and in saved pages any window can be looked at,
 * without computing anything anew: by the pointer over either picture, by the arrow keys, by playing the scan row by row, or by a jump to the largest fall or rise.
 *
 * Takes what `cl.occlusion` gave: one map, or the maps of several targets, of which one is picked to be shown. Of more than 5,000 windows, and for a target before the
 * logits, there are the scores alone. A map that was stopped early has fewer windows: the nearest of them is shown.
 *
 * Options, as `heatmap` has them: `sign`, `colormap` ('RdBu'), `clip` (percentile), `range` ([low, high] in the map's unit).
 * Zeiler & Fergus 2014, "Visualizing and understanding convolutional networks", arXiv 1311.2901.
 *
 * @example
 * cl.occlusionExplorer(await cl.occlusion(model, photo, { patch: 32, stride: 16 }))
 */
export function occlusionExplorer(maps: Maps, options: OcclusionExplorerOptions = {}): Figure {
  knownOptions('occlusionExplorer', options, colorNames);
  const list = mapsOf('occlusionExplorer', maps).map((map) => ({ map, windows: windowsOf(map) }));
  const data = explorerData(list, options);
  return widgetFigure({
    widget: 'occlusionExplorer',
    data,
    start,
    draw: drawExplorer,
    width: 900,
    caption: list.map(({ map }) => captionOf(map)).join('\n'),
    htmlAfter: tables(data),
    values: list.length === 1 ? list[0].map : list.map(({ map }) => map),
    reduce: reduceExplorer,
  });
}

/** The windows of a map, or a word on why there are none. */
function windowsOf({ method, windows, note }: Attribution): OcclusionWindows {
  if (windows instanceof OcclusionWindows && windows.length) return windows;
  const why = !windows ? `a map of ${method} has no windows` : windows instanceof OcclusionWindows ? `this one has no window yet${note ? ` (${note})` : ''}` : 'one from JSON has lost its windows';
  throw new TypeError(`occlusionExplorer takes the map that cl.occlusion gives; ${why}`);
}
