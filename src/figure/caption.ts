import { logitText, percent, probability, readable } from './numbers';
import type { Shown } from './shown';

/** What holds unless someone changes it. */
const usual: Record<string, unknown> = { resize: true, relu: true, multiply: true, reduce: 'mean', centre: true, divide: 'seen', alpha: 'paper', weights: 'softmax' };

/** What is told elsewhere in the caption, or says nothing about the picture. */
const untold = ['target', 'layer', 'score', 'seed', 'signal', 'onProgress', 'batchSize', 'budgetMs', 'channels', 'abs', 'computed', 'method'];

/** `Grad-CAM · tabby (281)`. */
export const headingOf = ({ method, target }: Shown): string => `${capital(method)} · ${nameOf(target)}`;

/** A method's name at the start of a line. */
export const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** `tabby (281)`; a score of the user's own has no index. */
export const nameOf = ({ index, label }: Shown['target']): string => (index < 0 ? label || 'the given score' : ['', String(index), `class ${index}`].includes(label) ? `class ${index}` : `${label} (${index})`);

/** What sanity checks found of the methods that change ReLUs (guided backpropagation, deconvnet and what is made of them). */
const guidedCaution = 'its details hardly change when the upper layers’ weights are random (Adebayo et al. 2018; Nie et al. 2018)';

/** The scores; the model and layer; the options that shaped the map; the seed; what is known against the method: an empty text where there is nothing to tell. */
export function detailParts({ score, model, layer, options, seed }: Pick<Shown, 'score' | 'model' | 'layer' | 'options' | 'seed'>): string[] {
  // What needs no network has no score: NaN, which is null where it came to a page as JSON.
  const scores = Number.isNaN(score.logit ?? NaN) ? [] : [`${score.probability === null ? 'score' : 'logit'} ${logitText(score.logit)}`, ...(score.probability === null ? [] : [`probability ${probability(score.probability)}`])];
  if (options.score === 'probability') scores.reverse();
  const told = Object.entries(options).filter(([name, value]) => !untold.includes(name) && usual[name] !== value && (name in phrases || isTellable(value)));
  return [
    scores.join(', '),
    [model, layer].filter(Boolean).join(' / '),
    told.map(([name, value]) => phrase(name, value).replace(/ /g, '\u00a0')).join(', '),
    seed === undefined ? '' : `seed ${seed}`,
    'relus' in options ? guidedCaution : '',
  ];
}

/** The same in one line. */
export const detailsOf = (map: Shown): string => joinParts(detailParts(map));

export const joinParts = (parts: readonly (string | false | undefined)[]): string => parts.filter(Boolean).join(' · ');

/** Everything in one line: for `toString`, and for readers of plain text. */
export const captionOf = (map: Shown): string => joinParts([headingOf(map), detailsOf(map)]);

const isTellable = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value) || (Array.isArray(value) && value.length > 0 && value.length <= 4 && value.every(isTellable));

const tell = (value: unknown): string => (typeof value === 'number' ? readable(value) : value === true ? 'on' : value === false ? 'off' : String(value));

/** The options in words that need no manual. */
const phrases: Record<string, (value: unknown) => string> = {
  relus: (value) => `through ${tell(value)} ReLU${value === 1 ? '' : 's'}`,
  windows: (value) => `${tell(value)} windows`,
  masks: (value) => `${tell(value)} masks`,
  keep: (value) => `${tell(value)} kept`,
  centre: () => 'not centred',
  patch: (value) => `patch ${square(value)}`,
  stride: (value) => `moved by ${Array.isArray(value) && new Set(value).size > 1 ? square(value) : tell([value].flat()[0])}`,
  fill: (value) => `filled with ${fills[String(value)] ?? [value].flat().map(tell).join(' ')}`,
  reduce: () => 'summed',
  divide: () => 'divided by the share expected to be seen',
  relu: () => 'without the last ReLU',
  resize: () => 'one square for each cell of the layer',
  samples: (value) => `${tell(value)} samples`,
  noise: (value) => `noise ${percent(value as number)} of the range`,
  form: (value) => forms[String(value)] ?? `form ${tell(value)}`,
  steps: (value) => `${tell(value)} steps`,
  quadrature: (value) => quadratures[String(value)] ?? String(value),
  baseline: (value) => `baseline ${[value].flat().map(tell).join(' ')}`,
  multiply: () => 'not multiplied by image − baseline',
  combine: (value) => `${tell(value)} of the layers`,
  top: (value) => `the ${tell(value)} channels that vary most`,
  completeness: (value) => `completeness gap ${percent((value as { gap: number }).gap)}`,
};
const forms: Record<string, string> = { signed: 'mean', absolute: 'mean magnitude', squared: 'mean square' };
const quadratures: Record<string, string> = { 'gauss-legendre': 'Gauss-Legendre', left: 'left sum', right: 'right sum', middle: 'midpoint sum' };
const fills: Record<string, string> = { mean: 'the mean colour', blur: 'a blur' };

const square = (value: unknown): string => (Array.isArray(value) ? value : [value, value]).map(tell).join(' × ');

/** `patch 32 × 32`, `through 33 ReLUs`. */
const phrase = (name: string, value: unknown): string => phrases[name]?.(value) ?? `${name} ${[value].flat().map(tell).join(' × ')}`;
