import { margin } from '../../src/figure/sheet';
import type { Drawn, Spot, Stage } from '../../src/figure/stage';
import { accent, faintInk, hairline, ink, softInk } from '../../src/figure/svg';
import { shorten } from '../../src/figure/text';
import { captionLines, drawLines } from '../../src/figure/textBlock';
import { columnsFor } from './columns';
import type { StatisticsData } from './data';
import { listed, type StatisticsState } from './state';
import { altOf, detailsOf, headingOf, shapeText } from './words';

const widest = 1068;
const rowHeight = 30;
const head = 22;
const gap = 10;

/** Draws a row for each layer: its numbers, its shares as bars, and the profile of its channels. */
export function drawStatistics(stage: Stage, data: StatisticsData, state: StatisticsState): Drawn {
  const { svg } = stage;
  const inner = Math.min(widest, stage.width - 2 * margin);
  const columns = columnsFor(data, inner);
  const taken = columns.reduce((sum, { width }) => sum + width + gap, 0);
  const nameRoom = Math.max(90, Math.min(220, inner - taken));
  // What is left goes to the columns in which bars stand.
  const spare = Math.max(0, inner - nameRoom - taken) / columns.filter(({ right }) => !right).length;
  let x = margin + nameRoom + gap;
  const placed = columns.map((column) => {
    const place = { column, x, width: column.width + (column.right ? 0 : spare) };
    x += place.width + gap;
    return place;
  });
  const top = margin + head;
  const rows = listed(data, state);

  svg.append('text').attr('x', margin).attr('y', margin + 10).attr('font-size', 10).attr('fill', softInk).text('layer');
  for (const { column, x: left, width } of placed) {
    const text = svg.append('text').attr('x', column.right ? left + width : left).attr('y', margin + 10).attr('font-size', 10).attr('fill', softInk);
    text.attr('text-anchor', column.right ? 'end' : null).text(column.head);
  }
  const spots = rows.map((at, line): Spot => {
    const row = data.rows[at];
    const y = top + line * rowHeight;
    svg.append('path').attr('d', `M${margin},${y - 3}h${inner}`).attr('stroke', hairline).attr('stroke-width', 0.6);
    svg.append('text').attr('x', margin).attr('y', y + 10).attr('font-size', 11).attr('font-weight', state.picked === at ? 600 : null).attr('fill', ink).text(shorten(row.layer, nameRoom, 11, state.picked === at));
    svg.append('text').attr('x', margin).attr('y', y + 22).attr('font-size', 10).attr('fill', faintInk).text(shorten(nameRoom > 170 ? `${row.kind} · ${shapeText(row)}` : shapeText(row), nameRoom, 10));
    for (const { column, x: left, width } of placed) column.draw(svg, row, left, y + 12, width);
    return { x: margin - 6, y: y - 2, width: inner + 12, height: rowHeight - 2, name: String(at) };
  });
  const marked = spots.find(({ name }) => name === String(state.over ?? state.picked));
  if (marked) svg.append('rect').attr('x', marked.x).attr('y', marked.y).attr('width', marked.width).attr('height', marked.height).attr('rx', 4).attr('fill', 'none').attr('stroke', accent).attr('stroke-width', 1.2);
  const y = drawLines(svg, captionLines(inner, headingOf(data), detailsOf(data, rows.length), data.notes), margin, top + rows.length * rowHeight + 8);
  return { width: inner + 2 * margin, height: Math.ceil(y + margin - 4), alt: () => altOf(data, rows), spots, focus: spots.find(({ name }) => name === String(state.picked)) };
}
