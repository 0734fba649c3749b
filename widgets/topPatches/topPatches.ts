import type { TopPatches } from '../../src/features/topPatches/result';
import type { Figure } from '../../src/figure/figure';
import { widgetFigure } from '../../src/figure/widgetFigure';
import { patchesData, reducePatches } from './data';
import { drawPatches } from './draw';
import { start } from './state';
import { patchesTable } from './table';
import { detailsOf, headingOf } from './words';

/** The figure of the patches that excite channels most: a row for each channel, the picked patch large in its image. */
export function topPatchesFigure(patches: TopPatches): Figure {
  const data = patchesData(patches);
  return widgetFigure({
    widget: 'topPatches',
    data,
    start,
    draw: drawPatches,
    width: 900,
    caption: `${headingOf(data)} · ${detailsOf(data)}`,
    htmlAfter: patchesTable(data),
    values: patches,
    reduce: reducePatches,
  });
}
