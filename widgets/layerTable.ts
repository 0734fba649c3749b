import { Figure } from '../src/figure/figure';
import { newSvg, softInk, svgText, type Drawing } from '../src/figure/svg';
import { roomFor } from '../src/figure/text';
import { captionLines, drawLines, heightOf } from '../src/figure/textBlock';
import type { LayerRow, LayerTable } from '../src/model/layers';
import { kindOf, kindsIn } from './layerKinds';
import { layerRowsHtml, sizeOf } from './layerRows';
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
    htmlAfter: layerRowsHtml(rows, true),
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
