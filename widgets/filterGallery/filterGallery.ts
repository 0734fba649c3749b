import type { Filters } from '../../src/features/filters/result';
import type { Figure } from '../../src/figure/figure';
import { widgetFigure } from '../../src/figure/widgetFigure';
import { galleryData } from './collect';
import { drawGallery } from './draw';
import { start } from './state';
import { filterTable } from './table';
import { detailsOf, headingOf } from './words';

/** The figure of a layer's filters: their tiles, their norms, and the picked one in numbers. */
export function filterGallery(filters: Filters): Figure {
  const data = galleryData(filters);
  return widgetFigure({
    widget: 'filterGallery',
    data,
    start,
    draw: drawGallery,
    width: 900,
    caption: `${headingOf(data)} · ${detailsOf(data, start(data))}`,
    htmlAfter: filterTable(data),
    values: filters,
  });
}
