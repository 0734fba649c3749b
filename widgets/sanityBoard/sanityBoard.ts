import type { Figure } from '../../src/figure/figure';
import { widgetFigure } from '../../src/figure/widgetFigure';
import type { SanityCheck } from '../../src/metrics/sanity/result';
import { boardData, reduceBoard } from './data';
import { draw, start } from './draw';
import { likenessTable } from './table';
import { captionOf } from './words';

/** A Figure of a sanity check: for each method a strip of its maps as the network forgets, how like the original they are, what chance gives, and the verdict. In a page a step is enlarged beside the original. */
export function sanityBoard(check: SanityCheck): Figure {
  const data = boardData(check);
  return widgetFigure({ widget: 'sanityBoard', data, start, draw, width: 900, caption: captionOf(data), htmlAfter: likenessTable(data), values: check.toJSON(), reduce: reduceBoard });
}
