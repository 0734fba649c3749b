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

/** One number of each map, in one of the measures. */
interface Column {
  of: number;
  head: string;
  text(curve: number): string;
}

/** The maps with their numbers, as a table that names each mark, and whose rows can be clicked; a table for each measure where one for all would be too wide. Gives the rows' places. */
export function drawRanking(svg: Drawing, data: FaithfulnessData, state: FaithfulnessState, x: number, y: number, width: number): { height: number; spots: Spot[] } {
  const all = data.tests.map((_, of) => columnsOf(data, state, of));
  const tables = roomOf(data, all.flat()) <= width ? [all.flat()] : all;
  const spots: Spot[] = [];
  let height = 0;
  for (const columns of tables) {
    const table = drawTable(svg, data, state, columns, x, y + height, width);
    height += table.height + 10;
    spots.push(...table.spots);
  }
  return { height: height - 10, spots };
}

function columnsOf(data: FaithfulnessData, { weakest, ...state }: FaithfulnessState, of: number): Column[] {
  const test = data.tests[of];
  const point = pointOf(data, { weakest, ...state }, of);
  return [
    { of, head: 'now', text: (curve) => scoreText(scoresAt(test, curve, weakest)[point], test) },
    { of, head: test.measure === 'ROAD' ? 'gap / 2' : 'area', text: (curve) => valueText(test.curves[curve].value) },
    ...(test.curves.some(({ random }) => random) ? [{ of, head: 'of random maps', text: (curve: number) => randomText(test.curves[curve].random?.values) }] : []),
  ];
}

const widthOf = ({ tests: [{ curves }] }: FaithfulnessData, column: Column): number => Math.max(roomFor(column.head, 11), ...curves.map((_, curve) => roomFor(column.text(curve), 11.5, true))) + 18;

const before = 30;
const leastName = 70;

/** The width that a table needs, with names that are cut short. */
const roomOf = (data: FaithfulnessData, columns: readonly Column[]): number => before + leastName + columns.reduce((sum, column) => sum + widthOf(data, column), 0);

function drawTable(svg: Drawing, data: FaithfulnessData, state: FaithfulnessState, columns: readonly Column[], x: number, y: number, width: number): { height: number; spots: Spot[] } {
  const { curves } = data.tests[0];
  const wide = columns.map((column) => widthOf(data, column));
  const names = Math.min(leastName + width - roomOf(data, columns), Math.max(...curves.map(({ name }) => roomFor(name, 12, true))));
  const rights = wide.map((_, at) => x + before + names + wide.slice(0, at + 1).reduce((a, b) => a + b, 0));
  const right = rights[rights.length - 1];
  columns.forEach(({ of, head }, at) => {
    svg.append('text').attr('x', rights[at]).attr('y', y + 29).attr('text-anchor', 'end').attr('font-size', 11).attr('fill', softInk).text(head);
    if (columns[at + 1]?.of === of) return;
    svg.append('text').attr('x', rights[at]).attr('y', y + 13).attr('text-anchor', 'end').attr('font-size', 11).attr('font-weight', 600).attr('fill', ink).text(capital(data.tests[of].measure));
  });
  const spots = curves.map(({ name }, curve): Spot => {
    const top = y + head + curve * line;
    const chosen = curve === state.curve;
    svg.append('path').attr('d', `M${x},${top - 1}H${right}`).attr('stroke', hairline);
    svg.append('path').attr('d', `M${x},${top + 10}h20`).attr('stroke', colourOf(curve)).attr('stroke-width', chosen ? 2.5 : 1.5);
    drawMark(svg, curve, x + 10, top + 10);
    const text = (at: number, value: string, anchor: string, size: number) => svg.append('text').attr('x', at).attr('y', top + 14).attr('text-anchor', anchor).attr('font-size', size).attr('font-weight', chosen ? 600 : null).attr('fill', ink).attr('style', 'font-variant-numeric:tabular-nums').text(value);
    text(x + before - 2, shorten(name, names, 12, chosen), 'start', 12);
    columns.forEach((column, at) => text(rights[at], column.text(curve), 'end', 11.5));
    return { x, y: top, width: right - x, height: line, name: `map ${curve}` };
  });
  return { height: head + curves.length * line, spots };
}
