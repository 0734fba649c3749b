import { shown } from '../../src/check';
import type { Figure } from '../../src/figure/figure';
import { widgetFigure } from '../../src/figure/widgetFigure';
import { Removal } from '../../src/metrics/removal/removal';
import { faithfulnessData, reduceFaithfulness } from './data';
import { captionDetails, drawFaithfulness, start } from './draw';
import { faithfulnessTable } from './table';
import { testText } from './words';

const widest = 900;

/**
 * A Figure of what `deletion`, `insertion` and `road` found: the photograph with a part of its pixels gone, in the order in which a map ranks them, beside the curves of the score; one result, or several of
 * the same maps and image. Each of them shows itself so. In JupyterLab and in saved pages a slider (or the arrow keys, or a drag along a curve) moves picture and score together, for any of the maps.
 *
 * Throws for results of different images or of different numbers of maps.
 *
 * @example
 * const maps = [await cl.gradCam(model, photo), await cl.saliency(model, photo)];
 * cl.faithfulness([await cl.deletion(model, photo, maps), await cl.insertion(model, photo, maps)])
 */
export function faithfulness(results: Removal | Iterable<Removal>): Figure {
  const list = results instanceof Removal ? [results] : Symbol.iterator in Object(results) ? [...results] : [];
  if (!list.length || list.some((each) => !(each instanceof Removal))) throw new TypeError(`faithfulness takes what deletion, insertion and road give, one or a list, got ${shown(results)}`);
  const [first] = list;
  for (const { image, curves } of list) {
    if (curves.length !== first.curves.length) throw new RangeError(`faithfulness takes results of the same maps, got ${first.curves.length} maps and ${curves.length}`);
    if (image.width !== first.image.width || image.height !== first.image.height || image.name !== first.image.name) throw new RangeError(`faithfulness takes results of one image, got ${shown(first.image.name)} and ${shown(image.name)}`);
  }
  const data = faithfulnessData(list);
  return widgetFigure({
    widget: 'faithfulness',
    data,
    start,
    draw: drawFaithfulness,
    width: widest,
    caption: `${data.image.name} · ${data.tests.map(testText).join(' · ')} · ${captionDetails(data)}`,
    htmlAfter: faithfulnessTable(data),
    values: list.length === 1 ? first : list,
    reduce: reduceFaithfulness,
  });
}
