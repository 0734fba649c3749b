import type { Figure } from '../../src/figure/figure';
import { widgetFigure } from '../../src/figure/widgetFigure';
import type { MethodBenchmark } from '../../src/metrics/benchmark/result';
import { rankingData } from './data';
import { draw, start } from './draw';
import { rankingTable } from './table';

/** A Figure of a benchmark: a row for each method with its numbers and intervals, beside what needs no network. In a page it is ranked by any of the quantities. */
export function methodRanking(benchmark: MethodBenchmark): Figure {
  const data = rankingData(benchmark);
  return widgetFigure({ widget: 'methodRanking', data, start, draw, width: 900, caption: `${data.heading} · ${data.about}`, htmlAfter: rankingTable(data), values: benchmark.toJSON() });
}
