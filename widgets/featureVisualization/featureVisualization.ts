import type { FeatureVisualization } from '../../src/features/visualization/featureVisualization';
import type { Figure } from '../../src/figure/figure';
import { widgetFigure } from '../../src/figure/widgetFigure';
import { checkedResults, featureData } from './collect';
import { captionOf, draw, start } from './draw';
import { reduceStrips } from './strip';
import { featureTable } from './table';

/**
 * A Figure of what `maximizeActivation` or `invertFeatures` made: the pictures with what they reach, how one of them came to be, and its value over the steps. A list of results, with other seeds, `param`s or
 * sizes, is shown side by side, each picture named by what differs. In JupyterLab and in saved pages: a slider over the steps, a press picks a picture.
 *
 * Throws for results that reach for different things, as a logit and an activation.
 *
 * @example
 * const what = { layer: 'block4b_add', channel: 2 };
 * cl.featureVisualization([await cl.maximizeActivation(model, what), await cl.maximizeActivation(model, { ...what, param: 'pixel' })])
 */
export function featureVisualization(made: FeatureVisualization | readonly FeatureVisualization[]): Figure {
  const results = checkedResults(made);
  const data = featureData(results);
  return widgetFigure({ widget: 'featureVisualization', data, start, draw, width: 900, caption: captionOf(data), htmlAfter: featureTable(data), values: results.length === 1 ? results[0] : results, reduce: reduceStrips });
}
