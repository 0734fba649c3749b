import { nameOf } from '../../src/figure/caption';
import { remembered } from '../../src/figure/memo';
import { ink, softInk, type Drawing } from '../../src/figure/svg';
import { roomFor, shorten } from '../../src/figure/text';
import { drawLines, styles } from '../../src/figure/textBlock';
import { barsHeight, type BarsRoom, barsRoom, drawBars } from './bars';
import { type ClassRows, classRows, type ClassTable } from './classTable';
import type { Course, ExplorerMap, ScoreKind } from './data';
import { scanOf } from './scan';
import { changeText, courseText, otherKind, plainScale } from './words';

/** The target with its numbers before and after a window is covered, and the classes; gives the y below them. */
export function drawOutcome(svg: Drawing, each: ExplorerMap, window: number, rows: ClassRows | undefined, { x, y, width }: { x: number; y: number; width: number }): number {
  const name = { ...styles.heading, text: shorten(nameOf(each.map.target), width, styles.heading.size, true) };
  let end = drawLines(svg, [name], x, y);
  end = drawCourse(svg, each, each.kind, each.score, window, x, end, width, true);
  if (each.other) end = drawCourse(svg, each, otherKind(each.kind), each.other, window, x, end, width, false);
  if (!rows || !each.classes) return end;
  const room = roomOf(each, each.classes);
  drawBars(svg, rows, room, x, end + 12, width);
  return end + 12 + barsHeight(room);
}

function drawCourse(svg: Drawing, each: ExplorerMap, kind: ScoreKind, { before, after }: Course, window: number, x: number, y: number, width: number, strong: boolean): number {
  const scale = kind === each.kind ? each : plainScale;
  const change = changeText(before, after[window], kind, scale);
  const text = (at: number, words: string): Drawing => svg.append('text').attr('x', at).attr('y', y + 15).attr('font-size', 12).attr('style', 'font-variant-numeric:tabular-nums').text(words) as unknown as Drawing;
  text(x, `${kind} ${courseText(before, after[window], kind, scale)}`).attr('fill', softInk);
  text(x + width, shorten(change, width - roomFor(`${kind} `, 12), 12, true)).attr('text-anchor', 'end').attr('font-weight', strong ? 600 : null).attr('fill', strong ? ink : softInk);
  return y + 19;
}

/** What the chart needs for any window of the map. */
const roomOf = ({ target, grid }: ExplorerMap, classes: ClassTable): BarsRoom =>
  remembered(classes.likeliest, `room ${target?.place}`, () => barsRoom(Array.from({ length: scanOf(grid).length }, (_, window) => classRows(classes, target, window)), classes.count));
