import { ticks } from 'd3-array';
import { capital } from '../../src/figure/caption';
import { percent, readable } from '../../src/figure/numbers';
import type { Place } from '../../src/figure/stage';
import { accent, faintInk, hairline, ink, softInk, type Drawing } from '../../src/figure/svg';
import { roomFor, shorten } from '../../src/figure/text';
import type { TestData } from './data';
import { labelPlaces } from './labels';
import { colourOf, drawMark } from './looks';
import { better, scoredText } from './words';

const room = { left: 40, top: 42, bottom: 34, right: 10 };

/** What of a test is looked at. */
export interface Look {
  curve: number;
  point: number;
  weakest: boolean;
}

/** The curves of a test, with a mark at one point; gives the place of the curves, from nothing changed to everything. */
export function drawChart(svg: Drawing, test: TestData, { curve: chosen, point, weakest }: Look, isActive: boolean, { x, y, width, height }: Place): Place {
  const { shares, curves, measure } = test;
  const inner = { x: x + room.left, y: y + room.top, width: width - room.left - room.right, height: height - room.top - room.bottom };
  const [low, high] = rangeOf(test);
  const across = (share: number): number => inner.x + share * inner.width;
  const up = (value: number): number => inner.y + inner.height * (1 - (value - low) / (high - low));
  const path = (scores: readonly number[]): string => {
    const known = [...shares.keys()].filter((at) => Number.isFinite(scores[at]));
    return known.map((at, i) => `${i ? 'L' : 'M'}${across(shares[at]).toFixed(1)},${up(scores[at]).toFixed(1)}`).join('');
  };

  svg.append('text').attr('x', x).attr('y', y + 13).attr('font-size', 12).attr('font-weight', 600).attr('fill', ink).text(shorten(`${capital(measure)}: ${better(test)}`, width, 12, true));
  svg.append('text').attr('x', x).attr('y', y + 28).attr('font-size', 11).attr('fill', softInk).text(shorten(scoredText(test), width, 11));
  for (const tick of ticks(low, high, 4)) {
    svg.append('path').attr('d', `M${inner.x},${up(tick).toFixed(1)}h${inner.width}`).attr('stroke', hairline);
    svg.append('text').attr('x', inner.x - 5).attr('y', (up(tick) + 3.5).toFixed(1)).attr('text-anchor', 'end').attr('font-size', 10).attr('fill', faintInk).text(readable(tick));
  }
  for (const share of inner.width < 160 ? [0, 0.5, 1] : [0, 0.25, 0.5, 0.75, 1]) {
    svg.append('text').attr('x', across(share)).attr('y', inner.y + inner.height + 13).attr('text-anchor', 'middle').attr('font-size', 10).attr('fill', faintInk).text(percent(share));
  }
  svg.append('text').attr('x', inner.x + inner.width / 2).attr('y', inner.y + inner.height + 28).attr('text-anchor', 'middle').attr('font-size', 11).attr('fill', softInk).text(measure === 'insertion' ? 'of the image put back' : 'of the image removed');

  const { random, scores, weakest: other } = curves[chosen];
  if (random) drawBand(svg, shares, random.low, random.high, across, up);
  if (other) drawBand(svg, shares, scores, other, across, up, colourOf(chosen));
  for (const at of [...curves.keys()].sort((a, b) => Number(a === chosen) - Number(b === chosen))) {
    const line = (values: readonly number[], dashed: boolean): void => {
      svg.append('path').attr('class', 'curve').attr('d', path(values)).attr('fill', 'none').attr('stroke', colourOf(at)).attr('stroke-width', at === chosen ? 2.5 : 1.5).attr('stroke-dasharray', dashed ? '5,3' : null).attr('stroke-linejoin', 'round').attr('stroke-linecap', 'round');
    };
    if (curves[at].weakest) line(curves[at].weakest as readonly number[], true);
    line(curves[at].scores, false);
  }
  drawLabels(svg, test, inner, across, up);

  const share = across(shares[point]);
  svg.append('path').attr('d', `M${share.toFixed(1)},${inner.y - 4}v${inner.height + 8}`).attr('stroke', isActive ? accent : faintInk).attr('stroke-width', isActive ? 1.5 : 1);
  curves.forEach((each, at) => {
    const value = (weakest && each.weakest ? each.weakest : each.scores)[point];
    if (Number.isFinite(value)) drawMark(svg, at, share, up(value), at === chosen ? 1.4 : 1);
  });
  return inner;
}

/** Each curve's name, where it is clear of the others. */
function drawLabels(svg: Drawing, { shares, curves }: TestData, inner: Place, across: (share: number) => number, up: (value: number) => number): void {
  const lines = curves.flatMap(({ scores, weakest }, curve) => [scores, ...(weakest ? [weakest] : [])].map((each) => ({ curve, points: [...shares.keys()].filter((at) => Number.isFinite(each[at])).map((at): [number, number] => [across(shares[at]), up(each[at])]) })));
  const texts = curves.map(({ name }, curve) => ({ curve, text: shorten(name, inner.width * 0.5, 10.5) }));
  for (const { curve, x, y, text } of labelPlaces(texts.map((each) => ({ ...each, width: roomFor(each.text, 10.5) })), lines, inner)) {
    svg.append('text').attr('x', x.toFixed(1)).attr('y', y.toFixed(1)).attr('text-anchor', 'middle').attr('font-size', 10.5).attr('font-weight', 600).attr('fill', colourOf(curve)).text(text);
  }
}

/** What lies between two curves. */
function drawBand(svg: Drawing, shares: readonly number[], low: readonly number[], high: readonly number[], across: (share: number) => number, up: (value: number) => number, fill = faintInk): void {
  const known = [...shares.keys()].filter((at) => Number.isFinite(low[at]) && Number.isFinite(high[at]));
  const at = (values: readonly number[]) => (point: number): string => `${across(shares[point]).toFixed(1)},${up(values[point]).toFixed(1)}`;
  svg.append('path').attr('class', 'band').attr('d', `M${known.map(at(high)).join('L')}L${known.reverse().map(at(low)).join('L')}z`).attr('fill', fill).attr('fill-opacity', fill === faintInk ? 0.22 : 0.12);
}

/** From 0 for probabilities, with room above the highest. */
function rangeOf({ curves, score }: TestData): [number, number] {
  const all = curves.flatMap(({ scores, weakest = [], random }) => [...scores, ...weakest, ...(random ? [...random.low, ...random.high] : [])]).filter(Number.isFinite);
  const [least, most] = [Math.min(...all, score === 'probability' ? 0 : Infinity), Math.max(...all)];
  if (!(most > least)) return [least - 0.5, least + 0.5];
  return score === 'probability' ? [0, Math.min(1, most * 1.06)] : [least - (most - least) * 0.04, most + (most - least) * 0.06];
}

