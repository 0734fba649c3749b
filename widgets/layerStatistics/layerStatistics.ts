import type { LayerStatistics } from '../../src/features/statistics/result';
import type { Figure } from '../../src/figure/figure';
import { widgetFigure } from '../../src/figure/widgetFigure';
import { statisticsData } from './data';
import { drawStatistics } from './draw';
import { listed, start } from './state';
import { statisticsTable } from './table';
import { detailsOf, headingOf } from './words';

/** The figure of the statistics of layers: a row for each. */
export function statisticsFigure(statistics: LayerStatistics): Figure {
  const data = statisticsData(statistics);
  return widgetFigure({
    widget: 'layerStatistics',
    data,
    start,
    draw: drawStatistics,
    width: 900,
    caption: `${headingOf(data)} · ${detailsOf(data, listed(data, start(data)).length)}`,
    htmlAfter: statisticsTable(data),
    values: statistics,
  });
}
