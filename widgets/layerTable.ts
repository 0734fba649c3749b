import { escapeXml } from '../src/escapeXml';
import { Figure } from '../src/figure/figure';
import { newSvg, softInk, svgText, type Drawing } from '../src/figure/svg';
import { roomFor } from '../src/figure/text';
import { captionLines, drawLines, heightOf } from '../src/figure/textBlock';
import type { LayerRow, LayerTable } from '../src/model/layers';
import { kindOf, kindsIn } from './layerKinds';
import { drawStrip, isBranching } from './layerStrip';

const margin = 16;
const inner = 868;

/** The architecture as a strip of blocks, and every layer in a table below it (in HTML). */
export function layerTableFigure(table: LayerTable): Figure {
  const rows = [...table];
  const params = rows.reduce((sum, row) => sum + row.params, 0);
  const facts = `${rows.length} layers · ${count(params)} parameters · input ${sizeOf(table.inputShape)}`;
  const below = captionLines(inner, table.model, `${facts} · a block is as tall as its output grid (square root) and as wide as its channels (logarithm)${isBranching(rows) ? '; an arc is an output that skips ahead' : ''}`);
  const width = inner + 2 * margin;
  // Drawn once to learn its height.
  const strip = drawStrip(newSvg(width, 0), rows, margin, 0, inner);
  const height = Math.ceil(margin + 22 + strip + 10 + heightOf(below) + margin);
  const svg = newSvg(width, height);
  drawLegend(svg, rows);
  drawStrip(svg, rows, margin, margin + 22, inner);
  drawLines(svg, below, margin, margin + 22 + strip + 10);
  const kinds = kindsIn(rows).map((kind) => `${rows.filter((row) => kindOf(row) === kind).length} ${kind.name}`);
  return new Figure({
    svg: svgText(svg),
    width,
    height,
    alt: `Architecture of ${table.model}: ${facts}: ${kinds.join(', ')}. Output ${sizeOf(rows[rows.length - 1].outputShape)}.`,
    caption: `${table.model} · ${facts}`,
    data: rows,
    htmlAfter: htmlTable(rows),
  });
}

function drawLegend(svg: Drawing, rows: readonly LayerRow[]): void {
  let x = margin;
  for (const { name, colour } of kindsIn(rows)) {
    svg.append('rect').attr('x', x).attr('y', margin).attr('width', 11).attr('height', 11).attr('rx', 2).attr('fill', colour);
    svg.append('text').attr('x', x + 16).attr('y', margin + 9.5).attr('font-size', 11).attr('fill', softInk).text(name);
    x += 16 + roomFor(name, 11) + 16;
  }
}

const count = (value: number): string => value.toLocaleString('en');

const sizeOf = (shape: readonly (number | null)[]): string => shape.slice(1).map((side) => side ?? '?').join(' × ');

/** Text takes the page's colour: it must read in a dark notebook too. */
function htmlTable(rows: readonly LayerRow[]): string {
  const cell = (tag: 'td' | 'th', text: string, align: 'left' | 'right' | 'center'): string => `<${tag} style="text-align:${align};padding:1px 10px">${escapeXml(text)}</${tag}>`;
  const head = cell('th', '', 'right') + cell('th', 'layer', 'left') + cell('th', 'kind', 'left') + cell('th', 'output', 'left') + cell('th', 'parameters', 'right') + cell('th', 'Grad-CAM', 'center');
  const line = (row: LayerRow, at: number): string =>
    `<tr>${cell('td', String(at), 'right')}${cell('td', row.name, 'left')}${cell('td', row.activation ? `${row.kind}, ${row.activation}` : row.kind, 'left')}${cell('td', sizeOf(row.outputShape), 'left')}${cell('td', row.params ? count(row.params) : '', 'right')}${cell('td', row.gradCam ? '✓' : '', 'center')}</tr>`;
  return `<details open><summary>all ${rows.length} layers</summary><div style="max-height:340px;overflow:auto"><table style="font-size:12px;border-collapse:collapse"><thead><tr>${head}</tr></thead><tbody>${rows.map(line).join('')}</tbody></table></div></details>`;
}
