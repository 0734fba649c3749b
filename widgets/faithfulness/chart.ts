import { ticks } from 'd3-array';
import { capital } from '../../src/figure/caption';
import { remembered } from '../../src/figure/memo';
import { percent, readable } from '../../src/figure/numbers';
import type { Place } from '../../src/figure/stage';
import { accent, faintInk, hairline, ink, softInk, type Drawing } from '../../src/figure/svg';
import { roomFor, shorten } from '../../src/figure/text';
import type { TestData } from './data';
import { labelPlaces } from './labels';
import { colourOf, drawMark } from './looks';
import { better, scoredText, scoresAt } from './words';

const room = { left: 40, top: 42, bottom: 34, right: 10 };

/** What of a test is looked at. */
export interface Look {
  curve: number;
  point: number;
  weakest: boolean;
}

/** Where shares and scores lie on the page. */
interface Scale {
  inner: Place;
  range: readonly [low: number, high: number];
  across(share: number): number;
  up(score: number): number;
}

/** The curves of a test, with a mark at one point; gives the place of the curves, from nothing changed to everything. */
export function drawChart(svg: Drawing, test: TestData, look: Look, isActive: boolean, place: Place): Place {
  const scale = scaleOf(test, place);
  drawAxes(svg, test, scale, place);
  drawCurves(svg, test, scale, look.curve);
  drawLabels(svg, test, scale);
  drawPoint(svg, test, scale, look, isActive);
  return scale.inner;
}

function scaleOf(test: TestData, { x, y, width, height }: Place): Scale {
  const inner = { x: x + room.left, y: y + room.top, width: width - room.left - room.right, height: height - room.top - room.bottom };
  const [low, high] = rangeOf(test);
  return { inner, range: [low, high], across: (share) => inner.x + share * inner.width, up: (score) => inner.y + inner.height * (1 - (score - low) / (high - low)) };
}

/** From 0 for probabilities, with room above the highest. */
function rangeOf({ curves, score }: TestData): readonly [number, number] {
  const all = curves.flatMap(({ scores, weakest = [], random }) => [...scores, ...weakest, ...(random ? [...random.low, ...random.high] : [])]).filter(Number.isFinite);
  if (!all.length) return [0, 1];
  const [least, most] = [Math.min(...all, score === 'probability' ? 0 : Infinity), Math.max(...all)];
  if (!(most > least)) return [least - 0.5, least + 0.5];
  return score === 'probability' ? [0, Math.min(1, most * 1.06)] : [least - (most - least) * 0.04, most + (most - least) * 0.06];
}

function drawAxes(svg: Drawing, test: TestData, { inner, range, across, up }: Scale, { x, y, width }: Place): void {
  const text = (at: readonly [number, number], size: number, fill: string, anchor: string, words: string) => svg.append('text').attr('x', at[0].toFixed(1)).attr('y', at[1].toFixed(1)).attr('text-anchor', anchor).attr('font-size', size).attr('fill', fill).text(words);
  text([x, y + 13], 12, ink, 'start', shorten(`${capital(test.measure)}: ${better(test)}`, width, 12, true)).attr('font-weight', 600);
  text([x, y + 28], 11, softInk, 'start', shorten(scoredText(test), width, 11));
  for (const tick of ticks(...range, 4)) {
    svg.append('path').attr('d', `M${inner.x},${up(tick).toFixed(1)}h${inner.width.toFixed(1)}`).attr('stroke', hairline);
    text([inner.x - 5, up(tick) + 3.5], 10, faintInk, 'end', readable(tick));
  }
  const bottom = inner.y + inner.height;
  for (const share of [0, 0.25, 0.5, 0.75, 1]) text([across(share), bottom + 13], 10, faintInk, 'middle', percent(share));
  text([across(0.5), bottom + 28], 11, softInk, 'middle', test.measure === 'insertion' ? 'of the image put back' : 'of the image removed');
}

/** All curves, the chosen one last and strong; behind them what random maps give, and of ROAD the gap between the two orders. */
function drawCurves(svg: Drawing, { shares, curves }: TestData, scale: Scale, chosen: number): void {
  const { random, scores, weakest } = curves[chosen];
  if (random) drawBand(svg, shares, random.low, random.high, scale, faintInk, 0.22);
  if (weakest) drawBand(svg, shares, scores, weakest, scale, colourOf(chosen), 0.12);
  const line = (curve: number, values: readonly number[], dashes: string | null): void => {
    const path = knownAt(shares, values).map((at) => pointAt(scale, shares[at], values[at])).join('L');
    svg.append('path').attr('class', 'curve').attr('d', `M${path}`).attr('fill', 'none').attr('stroke', colourOf(curve)).attr('stroke-width', curve === chosen ? 2.5 : 1.5).attr('stroke-dasharray', dashes).attr('stroke-linejoin', 'round').attr('stroke-linecap', 'round');
  };
  const others = [...curves.keys()].filter((curve) => curve !== chosen);
  for (const curve of [...others, chosen]) {
    const { scores: strongest, weakest: other } = curves[curve];
    if (other) line(curve, other, '5,3');
    line(curve, strongest, null);
  }
}

/** What lies between two curves. */
function drawBand(svg: Drawing, shares: readonly number[], low: readonly number[], high: readonly number[], scale: Scale, fill: string, opacity: number): void {
  const known = knownAt(shares, low, high);
  const along = (points: readonly number[], values: readonly number[]): string[] => points.map((at) => pointAt(scale, shares[at], values[at]));
  svg.append('path').attr('class', 'band').attr('d', `M${[...along(known, high), ...along(known.toReversed(), low)].join('L')}z`).attr('fill', fill).attr('fill-opacity', opacity);
}

const pointAt = ({ across, up }: Scale, share: number, score: number): string => `${across(share).toFixed(1)},${up(score).toFixed(1)}`;

/** The points that all of these have. */
const knownAt = (shares: readonly number[], ...lists: (readonly number[])[]): number[] => [...shares.keys()].filter((at) => lists.every((values) => Number.isFinite(values[at])));

/** Each curve's name, where it is clear of the others. */
function drawLabels(svg: Drawing, test: TestData, scale: Scale): void {
  const { inner, across, up } = scale;
  const { shares, curves } = test;
  const places = remembered(test, `labels ${inner.x} ${inner.y} ${inner.width}`, () => {
    const lines = curves.flatMap(({ scores, weakest }, curve) => [scores, weakest].flatMap((values) => (values ? [{ curve, points: knownAt(shares, values).map((at): [number, number] => [across(shares[at]), up(values[at])]) }] : [])));
    const labels = curves.map(({ name }, curve) => {
      const text = shorten(name, inner.width * 0.5, 10.5);
      return { curve, text, width: roomFor(text, 10.5, true) };
    });
    return labelPlaces(labels, lines, inner);
  });
  for (const { curve, x, y, text } of places) {
    svg.append('text').attr('x', x.toFixed(1)).attr('y', y.toFixed(1)).attr('text-anchor', 'middle').attr('font-size', 10.5).attr('font-weight', 600).attr('fill', colourOf(curve)).text(text);
  }
}

/** A line at the point that is looked at, and each curve's mark on it. */
function drawPoint(svg: Drawing, test: TestData, { inner, across, up }: Scale, { curve: chosen, point, weakest }: Look, isActive: boolean): void {
  const x = across(test.shares[point]);
  svg.append('path').attr('d', `M${x.toFixed(1)},${inner.y - 4}v${inner.height + 8}`).attr('stroke', isActive ? accent : faintInk).attr('stroke-width', isActive ? 1.5 : 1);
  for (const curve of test.curves.keys()) {
    const score = scoresAt(test, curve, weakest)[point];
    if (Number.isFinite(score)) drawMark(svg, curve, x, up(score), curve === chosen ? 1.4 : 1);
  }
}
