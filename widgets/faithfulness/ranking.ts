import { capital } from '../../src/figure/caption';
import { hairline, ink, softInk, type Drawing } from '../../src/figure/svg';
import { roomFor, shorten } from '../../src/figure/text';
import type { Spot } from '../../src/figure/stage';
import type { FaithfulnessData } from './data';
import { colourOf, drawMark } from './looks';
import { pointOf, randomText, scoresAt, scoreText, valueText } from './words';
import type { FaithfulnessState } from './draw';

const line = 21;
const head = 36;

/** The maps with their numbers, as a table that names each mark, and whose rows can be clicked. Gives the rows' places. */
export function drawRanking(svg: Drawing, data: FaithfulnessData, state: FaithfulnessState, x: number, y: number, width: number): { height: number; spots: Spot[] } {
  const { tests } = data;
  const columns = tests.flatMap((test, of) => [
    { head: 'now', of, text: (curve: number) => scoreText(scoresAt(test, curve, state.weakest)[pointOf(data, state, of)], test) },
    { head: test.measure === 'ROAD' ? '(weakest − strongest) / 2' : 'area', of, text: (curve: number) => valueText(test.curves[curve].value) },
    ...(test.curves.some(({ random }) => random) ? [{ head: 'of random maps', of, text: (curve: number) => randomText(test.curves[curve].random?.values) }] : []),
  ]);
  const { curves } = tests[0];
  const wide = columns.map((column) => Math.max(roomFor(column.head, 11), ...curves.map((_, curve) => roomFor(column.text(curve), 11.5, true))) + 18);
  const names = Math.max(70, Math.min(width - wide.reduce((a, b) => a + b, 0) - 30, Math.max(...curves.map(({ name }) => roomFor(name, 12, true)))));
  const rights = wide.map((_, at) => x + 30 + names + wide.slice(0, at + 1).reduce((a, b) => a + b, 0));
  columns.forEach((column, at) => svg.append('text').attr('x', rights[at]).attr('y', y + 29).attr('text-anchor', 'end').attr('font-size', 11).attr('fill', softInk).text(column.head));
  tests.forEach(({ measure }, of) => {
    const last = rights[columns.findLastIndex((column) => column.of === of)];
    svg.append('text').attr('x', last).attr('y', y + 13).attr('text-anchor', 'end').attr('font-size', 11).attr('font-weight', 600).attr('fill', ink).text(capital(measure));
  });
  const right = rights[rights.length - 1];
  const spots = curves.map(({ name }, curve): Spot => {
    const top = y + head + curve * line;
    const chosen = curve === state.curve;
    svg.append('path').attr('d', `M${x},${top - 1}H${right}`).attr('stroke', hairline);
    svg.append('path').attr('d', `M${x},${top + 10}h20`).attr('stroke', colourOf(curve)).attr('stroke-width', chosen ? 2.5 : 1.5);
    drawMark(svg, curve, x + 10, top + 10);
    const text = (at: number, value: string, anchor: string, size: number) => svg.append('text').attr('x', at).attr('y', top + 14).attr('text-anchor', anchor).attr('font-size', size).attr('font-weight', chosen ? 600 : null).attr('fill', ink).attr('style', 'font-variant-numeric:tabular-nums').text(value);
    text(x + 28, shorten(name, names, 12, chosen), 'start', 12);
    columns.forEach((column, at) => text(rights[at], column.text(curve), 'end', 11.5));
    return { x, y: top, width: right - x, height: line, name: `map ${curve}` };
  });
  return { height: head + curves.length * line, spots };
}
