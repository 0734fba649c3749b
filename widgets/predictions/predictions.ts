import { knownOptions, oneOf, shown } from '../../src/check';
import type { Figure } from '../../src/figure/figure';
import { widgetFigure } from '../../src/figure/widgetFigure';
import type { Predictions } from '../../src/model/predictions';
import { dataOf } from './data';
import { drawPredictions, start } from './draw';
import { measures } from './rows';
import { scales } from './scale';
import { setsOf } from './setsOf';
import { predictionsTable } from './table';
import { labelText, percentage } from './texts';

/** Options of `predictions`. */
export interface PredictionsOptions {
  /** What a bar is as long as: the `'probability'`, or the `'logit'`, the score before softmax that the attribution methods explain. Default `'probability'`. */
  measure?: 'probability' | 'logit';
  /** Of probabilities: `'linear'`, or `'log'`, which tells small ones apart. Default `'linear'`. */
  scale?: 'linear' | 'log';
  /** What two sets are called. Default `['before', 'after']`. */
  names?: readonly [string, string];
}

/**
 * A Figure of the classes that `model.predict` found likeliest, as bars with probability and logit, beside what the network saw; of two sets, before and
 * after, with the change of each class. In JupyterLab and in saved pages a class can be picked (pointer, arrow keys and Enter, list): in `cl.row([...])` the other
 * views then show that class. Bars by probability or logit, linear or logarithmic; exact values and leads; a search among the classes that were asked for.
 *
 * Options: `measure` ('probability' or 'logit'), `scale` ('linear' or 'log', of probabilities), `names` (of two sets; ['before', 'after']).
 * Two sets show every class that either tells. Throws for what is no prediction, for more than two sets, and for sets over different classes.
 *
 * @example
 * const p = await model.predict(photo, { top: 10 });
 * cl.row([cl.predictions(p), cl.overlay(await cl.gradCam(model, photo, { target: [...p].map(({ index }) => index) }))])
 * cl.predictions([p, await model.predict(covered)])
 */
export function predictions(given: Predictions | readonly [Predictions, Predictions] | readonly Predictions[], options: PredictionsOptions = {}): Figure {
  knownOptions('predictions', options, ['measure', 'scale', 'names']);
  const sets = setsOf(given);
  const data = dataOf(sets, namesOf(options.names), oneOf('measure', options.measure ?? 'probability', measures), oneOf('scale', options.scale ?? 'linear', scales));
  const told = data.rows.map((row) => `${labelText(row)} ${row.score.map((score) => (score === null ? '?' : percentage(score))).join(' → ')}`).join(', ');
  return widgetFigure({
    widget: 'predictions',
    data,
    start,
    draw: drawPredictions,
    caption: `${[...new Set(data.sets.map(({ image }) => image.name))].join(' → ')}: ${told}`,
    htmlAfter: predictionsTable(data),
    values: sets.length > 1 ? sets : [...sets[0]],
  });
}

function namesOf(given: unknown): readonly string[] {
  if (given === undefined) return ['before', 'after'];
  if (Array.isArray(given) && given.length === 2 && given.every((name) => typeof name === 'string' && name.trim())) return given as string[];
  throw new TypeError(`names must be two texts, as ['before', 'after'], got ${shown(given)}`);
}
