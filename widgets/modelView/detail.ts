import { drawLyingScale } from '../../src/figure/lyingScale';
import { readable } from '../../src/figure/numbers';
import type { Drawn, Stage } from '../../src/figure/stage';
import { hairline, ink, softInk } from '../../src/figure/svg';
import { roomFor, shorten } from '../../src/figure/text';
import { styles } from '../../src/figure/textBlock';
import type { ModelViewData, OutputData } from './data';
import { type Fact, factsOf, highlights, nameOf, outputFacts, totals } from './facts';
import { type Moving, seen } from './moves';
import { colormapOf, tileOf } from './tiles';

const pad = 12;
const headHeight = 24;
const rowHeight = 32;
const narrowestFact = 128;
const tile = { size: 62, gap: 6 };
const most = 8;

/** All that is known of the block that is looked at: facts, figures and a few small maps; of the model where none is. Its size hardly depends on the block. */
export function drawDetail(stage: Stage, data: ModelViewData, state: Moving): Drawn {
  const { svg } = stage;
  const width = Math.min(stage.width, 1100);
  const { visible, at } = seen(data, state);
  const block = visible.blocks[at];
  const facts = at < 0 ? [...totals(data), ...highlights(data)] : [...factsOf(data, visible, at), ...outputFacts(data, block)];
  const title = at < 0 ? data.model : nameOf(data, block);
  const maps = Math.max(0, ...(data.outputs ?? []).map((output) => output?.channels.length ?? 0));
  const mapsWidth = maps && Math.max(2, maps) * (tile.size + tile.gap) + 12;
  const beside = width - 2 * pad - mapsWidth >= 3 * narrowestFact;
  const factsWidth = width - 2 * pad - (beside ? mapsWidth : 0);
  const columns = Math.max(2, Math.floor(factsWidth / narrowestFact));
  const cells = gridOf(facts, factsWidth / columns, columns);
  // Rows for what a convolution has to tell, so that little moves from block to block.
  const rows = Math.max(Math.ceil((most + (maps ? 3 : 0)) / columns), 1 + Math.max(...cells.map(({ row }) => row)));
  const below = maps && !beside ? tile.size + 38 : 0;
  const height = Math.max(pad + headHeight + rows * rowHeight + below, maps ? pad + headHeight + tile.size + 26 : 0) + pad - 4;

  svg.append('rect').attr('x', 0.5).attr('y', 0.5).attr('width', width - 1).attr('height', height - 1).attr('rx', 6).attr('fill', 'none').attr('stroke', hairline);
  svg.append('text').attr('x', pad).attr('y', pad + 12).attr('font-size', styles.heading.size).attr('font-weight', 600).attr('fill', ink).text(shorten(title, factsWidth, styles.heading.size, true));
  for (const cell of cells) drawFact(stage, cell, factsWidth / columns);
  const output = at < 0 || block.first < 0 ? undefined : data.outputs?.[block.last];
  if (output?.channels.length) drawMaps(stage, output, beside ? width - pad - mapsWidth + 12 : pad, beside ? pad + headHeight - 8 : pad + headHeight + rows * rowHeight + 4);
  return { width, height, alt: `${title}. ${facts.map(([name, value]) => `${name}: ${value}`).join('; ')}.` };
}

/** A fact in its cell of the grid. */
interface Cell {
  fact: Fact;
  row: number;
  column: number;
  span: number;
}

/** Facts in a grid of so many columns, each `width` wide; a long value takes several. */
function gridOf(facts: readonly Fact[], width: number, columns: number): Cell[] {
  let next = 0;
  return facts.map((fact) => {
    const span = Math.min(columns, Math.ceil((roomFor(fact[1], 12) + 10) / width));
    if ((next % columns) + span > columns) next += columns - (next % columns);
    const cell = { fact, row: Math.floor(next / columns), column: next % columns, span };
    next += span;
    return cell;
  });
}

function drawFact({ svg }: Stage, { fact: [name, value], row, column, span }: Cell, width: number): void {
  const [x, y, room] = [pad + column * width, pad + headHeight + row * rowHeight, span * width - 10];
  svg.append('text').attr('x', x).attr('y', y + 9).attr('font-size', 10.5).attr('fill', softInk).text(shorten(name, room, 10.5));
  svg.append('text').attr('x', x).attr('y', y + 23).attr('font-size', 12).attr('fill', ink).attr('style', 'font-variant-numeric:tabular-nums').text(shorten(value, room, 12));
}

/** The liveliest channels on the layer's scale, with their numbers. */
function drawMaps(stage: Stage, output: OutputData, left: number, top: number): void {
  const { svg } = stage;
  const scale = tile.size / Math.max(output.width, output.height);
  const [width, height] = [output.width * scale, output.height * scale];
  output.channels.forEach((channel, map) => {
    const x = left + map * (tile.size + tile.gap);
    stage.raster({ x, y: top, width, height }, tileOf(output, map), 'crisp');
    svg.append('rect').attr('x', x).attr('y', top).attr('width', width).attr('height', height).attr('fill', 'none').attr('stroke', hairline);
    svg.append('text').attr('x', x + width / 2).attr('y', top + height + 13).attr('text-anchor', 'middle').attr('font-size', 10.5).attr('fill', softInk).text(`ch. ${channel}`);
  });
  drawLyingScale(svg, colormapOf(output), [readable(output.range[0]), readable(output.range[1])], left + output.channels.length * (tile.size + tile.gap) - tile.gap, top + height + 20);
}
