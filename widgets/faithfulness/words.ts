import { percent, probability, readable } from '../../src/figure/numbers';
import type { FaithfulnessData, TestData } from './data';
import type { FaithfulnessState } from './draw';
import { nearestPoint } from './moments';

export const scoreText = (value: number, { score }: Pick<TestData, 'score'>): string => (!Number.isFinite(value) ? '–' : score === 'probability' ? probability(Math.max(0, value)) : readable(value));

/** Of areas and the like, which lie close together. */
export const valueText = (value: number): string => (Number.isFinite(value) ? value.toFixed(3).replace('-', '−') : '–');

/** "30 % removed". */
export const shareText = (share: number, { measure }: Pick<TestData, 'measure'>): string => `${percent(share)} ${measure === 'insertion' ? 'put back' : 'removed'}`;

export const better = ({ measure }: Pick<TestData, 'measure'>): string => (measure === 'deletion' ? 'lower is better' : 'higher is better');

/** What the number of a curve is. */
export const valueName = ({ measure }: Pick<TestData, 'measure'>): string => (measure === 'ROAD' ? '(weakest − strongest) / 2' : 'area under the curve');

/** "probability of tabby"; of several classes "probability of each map's class". */
export function scoredText({ score, curves }: TestData): string {
  const [{ target }] = curves;
  return `${score} of ${curves.every((curve) => curve.target === target) ? target : "each map's class"}`;
}

/** Where a random map's number would lie. */
export function randomText(values: readonly number[] | undefined): string {
  if (!values) return '';
  const [low, high] = [valueText(Math.min(...values)), valueText(Math.max(...values))];
  return low === high ? low : `${low} to ${high}`;
}

/** The point in words: what is gone, and each map's score. */
export function pointText(data: FaithfulnessData, state: FaithfulnessState): string {
  const { test: of, curve, weakest } = state;
  const test = data.tests[of];
  const point = pointOf(data, state, of);
  const told = (each: number): string => `${test.curves[each].name} ${scoreText(scoresAt(test, each, weakest)[point], test)}`;
  const others = [...test.curves.keys()].filter((each) => each !== curve).slice(0, 4);
  return `${test.measure}, ${shareText(test.shares[point], test)}, ${weakest && test.curves[curve].weakest ? 'the weakest' : 'the strongest'} first: ${scoredText(test)} ${scoreText(test.curves[curve].scores[0], test)} → ${[curve, ...others].map(told).join(', ')}`;
}

/** Which point of a measure's curves that is: the one nearest to the share that is looked at. */
export function pointOf({ tests, shares }: FaithfulnessData, { curve, at, weakest }: FaithfulnessState, of: number): number {
  return nearestPoint(tests[of].shares, scoresAt(tests[of], curve, weakest), shares[at]);
}

/** The scores in the order that is looked at. */
export const scoresAt = ({ curves }: TestData, curve: number, weakest: boolean): readonly number[] => (weakest && curves[curve].weakest) || curves[curve].scores;

/** The measure in words, for who cannot see the curves. */
export function testText(test: TestData): string {
  const ranked = [...test.curves.keys()].sort((a, b) => (test.measure === 'deletion' ? 1 : -1) * (test.curves[a].value - test.curves[b].value));
  const told = ranked.map((each) => {
    const { name, value, random } = test.curves[each];
    return `${name} ${valueText(value)}${random ? ` (random maps like it ${randomText(random.values)})` : ''}`;
  });
  return `${test.measure}, ${valueName(test)} of the ${scoredText(test)}, ${better(test)}: ${told.join(', ')}`;
}
