import { heatText } from '../../src/figure/altText';
import { capital, detailParts, joinParts, nameOf } from '../../src/figure/caption';
import type { Colormap } from '../../src/figure/colormap';
import { logitText, probability, readable } from '../../src/figure/numbers';
import type { RatedClass } from './contrastMaps';
import type { ClassContrastData } from './data';
import type { DifferenceField } from './fields';

/** `logit 9.17 · probability 0.405`. */
export const ratingText = ({ logit, probability: p }: RatedClass): string => `logit\u00a0${logitText(logit)} · probability\u00a0${probability(p)}`;

/** `log-odds 0.25: A is 1.28 times as likely`: the difference of the logits is the logarithm of the ratio of the two probabilities, or, where each class has its own, of their odds. */
export function oddsText({ classes, exclusive }: ClassContrastData, a: number, b: number): string {
  const difference = classes[a].logit - classes[b].logit;
  const [more, less] = difference >= 0 ? ['A', 'B'] : ['B', 'A'];
  const times = readable(Number(Math.exp(Math.abs(difference)).toPrecision(3)));
  return exclusive ? `log-odds\u00a0${logitText(difference)}: ${more} is ${times}\u00a0times as likely` : `log-odds ratio\u00a0${logitText(difference)}: the odds of ${more} are ${times}\u00a0times those of ${less}`;
}

/** What the colours at the two ends of a diverging scale are called, the low one first. */
const ends: Partial<Record<Colormap, [low: string, high: string]>> = { RdBu: ['blue', 'red'], PuOr: ['orange', 'purple'] };

/** What the third map is, in words. */
export function differenceText({ linear, about }: ClassContrastData, { way, directed }: DifferenceField, colormap: Colormap): string {
  const kind = about.options.score === 'probability' ? 'probability' : 'logit';
  const [low, high] = ends[colormap] ?? ['low', 'high'];
  const sides = directed ? `: ${high} speaks for A, ${low} for B` : '';
  if (way === 'maps') return `third map: map A − map B${sides}`;
  if (!directed) return `third map: how much each place would change the lead of A over B (${kind} A − ${kind} B)`;
  return `third map: of ${kind} A − ${kind} B, ${linear ? 'in which what speaks for both cancels' : 'what speaks for the lead of A less what speaks for the lead of B'}${sides}`;
}

/** Where a map of the difference is strongest, by the letters of the classes. */
export function whereText({ map, directed }: DifferenceField): string {
  const text = heatText(map.values, [map.shape[0], map.shape[1]], directed ? 'signed' : 'positive');
  return text.replace('evidence for it', 'evidence for A').replace('evidence against it', 'evidence for B');
}

export const contrastName = ({ classes }: ClassContrastData, a: number, b: number): string => `${nameOf(classes[a])}, not ${nameOf(classes[b])}`;

export const contrastHeading = (data: ClassContrastData, a: number, b: number): string => `${capital(data.about.method)} · ${contrastName(data, a, b)}`;

/** Model, layer and options: what is the same for all maps. */
export const contrastDetails = ({ about }: ClassContrastData): string => joinParts(detailParts(about).slice(1));
