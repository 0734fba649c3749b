import { hairline, ink, softInk, type Drawing } from '../src/figure/svg';
import { roomFor, shorten } from '../src/figure/text';
import type { LayerRow } from '../src/model/layers';
import { kindOf } from './layerKinds';

/** What a strip needs of a layer. */
export type StripRow = Pick<LayerRow, 'name' | 'kind' | 'outputShape' | 'inputs'>;

export interface Block {
  row: StripRow;
  x: number;
  width: number;
  height: number;
}

/** Layers next to each other with one output grid. */
interface Stage {
  size: string;
  channels: number[];
  first: number;
  last: number;
}

const tallest = 130;
const vectorHeight = 26;
const arcs = 46;
// With more layers than this there is no room for a name under each.
const nameable = 44;

/** Blocks in the order in which the layers run, `width` pixels in all: as tall as the square root of the output grid, wider with more channels. */
export function blocksOf(rows: readonly StripRow[], width: number, tall = tallest): Block[] {
  const grids = rows.map(({ outputShape }) => (outputShape.length === 4 ? (outputShape[1] ?? 0) : 0));
  const largest = Math.max(1, ...grids);
  const weights = rows.map((row) => (kindOf(row).minor ? 2 : 4) + 0.5 * Math.log2(1 + (row.outputShape[row.outputShape.length - 1] ?? 1)));
  const gap = Math.min(rows.length > nameable ? 1 : 3, width / (3 * rows.length));
  const unit = Math.min(9, (width - gap * (rows.length - 1)) / weights.reduce((a, b) => a + b, 0));
  let x = 0;
  return rows.map((row, at) => {
    const block = { row, x, width: weights[at] * unit, height: grids[at] ? Math.max(8, tall * Math.sqrt(grids[at] / largest)) : (vectorHeight * tall) / tallest };
    x += block.width + gap;
    return block;
  });
}

/** Draws the strip with its upper left corner at (left, top), and gives its height. */
export function drawStrip(svg: Drawing, rows: readonly LayerRow[], left: number, top: number, width: number): number {
  const named = rows.length <= nameable;
  const full = blocksOf(rows, width);
  const blocks = named ? blocksOf(rows, width - Math.max(0, ...full.map((block) => centre(block) + nameReach(block.row) - width - 12))) : full;
  const middle = top + (isBranching(rows) ? arcs : 4) + tallest / 2;
  const group = svg.append('g').attr('transform', `translate(${left},0)`) as unknown as Drawing;
  for (const { row, x, width: across, height } of blocks) {
    group.append('rect').attr('x', x.toFixed(1)).attr('y', (middle - height / 2).toFixed(1)).attr('width', across.toFixed(1)).attr('height', height.toFixed(1)).attr('fill', kindOf(row).colour).attr('rx', 1);
  }
  drawBranches(group, blocks, middle);
  const under = middle + tallest / 2 + 12;
  return (named ? drawNames(group, blocks, under) : drawStages(group, blocks, under, width)) - top;
}

export const isBranching = (rows: readonly LayerRow[]): boolean => rows.some(({ inputs }) => inputs.length > 1);

// Names slant down to the right by 60 degrees.
const nameReach = (row: StripRow): number => roomFor(shortName(row), 10) * 0.5;

/** The table below the strip has the whole name. */
const shortName = ({ name }: StripRow): string => shorten(name, 120, 10);

/** An arc from each layer whose output skips ahead to the layer that reads it. */
function drawBranches(group: Drawing, blocks: readonly Block[], middle: number): void {
  const places = new Map(blocks.map((block, at) => [block.row.name, at]));
  blocks.forEach((block, at) => {
    for (const input of block.row.inputs) {
      const from = places.get(input);
      if (from === undefined || from === at - 1) continue;
      const [x1, x2] = [centre(blocks[from]), centre(block)];
      const [y1, y2] = [middle - blocks[from].height / 2, middle - block.height / 2];
      const peak = Math.min(y1, y2, ...blocks.slice(from, at).map(({ height }) => middle - height / 2)) - 14 - Math.min(26, (x2 - x1) / 6);
      group.append('path').attr('d', `M${x1.toFixed(1)},${y1.toFixed(1)}C${x1.toFixed(1)},${peak.toFixed(1)} ${x2.toFixed(1)},${peak.toFixed(1)} ${x2.toFixed(1)},${y2.toFixed(1)}`).attr('fill', 'none').attr('stroke', '#aa3377').attr('stroke-width', 1.2);
    }
  });
}

export const centre = ({ x, width }: Block): number => x + width / 2;

/** A slanted name under each block. */
function drawNames(group: Drawing, blocks: readonly Block[], y: number): number {
  const names = blocks.map(({ row }) => shortName(row));
  const longest = Math.max(...names.map((name) => roomFor(name, 10)));
  blocks.forEach((block, at) => {
    group.append('text').attr('transform', `translate(${(centre(block) - 4).toFixed(1)},${y}) rotate(60)`).attr('font-size', 10).attr('fill', softInk).text(names[at]);
  });
  return y + longest * Math.sin(Math.PI / 3) + 8;
}

/** A bracket under each run of layers with one grid: its size, its channels, its layers by number. */
function drawStages(group: Drawing, blocks: readonly Block[], y: number, width: number): number {
  let lowest = y;
  let ends = [-Infinity, -Infinity];
  for (const { size, channels, first, last } of stagesOf(blocks)) {
    const [start, end] = [blocks[first].x, blocks[last].x + blocks[last].width];
    const [low, high] = [Math.min(...channels), Math.max(...channels)];
    const facts = [`${low === high ? low : `${low}–${high}`} ${size.includes('×') ? 'ch.' : 'values'}`, first === last ? `layer ${first}` : `layers ${first}–${last}`];
    const room = Math.max(roomFor(size, 11, true), ...facts.map((fact) => roomFor(fact, 10)));
    const x = Math.max(room / 2 - 8, Math.min(width + 8 - room / 2, (start + end) / 2));
    // Labels of narrow stages step down a row rather than run into each other.
    const level = ends.findIndex((taken) => taken + 6 <= x - room / 2);
    const row = level < 0 ? ends.length : level;
    ends = [...ends.slice(0, row), x + room / 2, ...ends.slice(row + 1)];
    const base = y + 4 + row * 46;
    group.append('path').attr('d', `M${start.toFixed(1)},${y - 6}v4H${end.toFixed(1)}v-4M${x.toFixed(1)},${y - 2}V${base}`).attr('fill', 'none').attr('stroke', hairline);
    group.append('text').attr('x', x).attr('y', base + 11).attr('text-anchor', 'middle').attr('font-size', 11).attr('font-weight', 600).attr('fill', ink).text(size);
    facts.forEach((fact, line) => group.append('text').attr('x', x).attr('y', base + 24 + line * 12).attr('text-anchor', 'middle').attr('font-size', 10).attr('fill', softInk).text(fact));
    lowest = Math.max(lowest, base + 42);
  }
  return lowest;
}

function stagesOf(blocks: readonly Block[]): Stage[] {
  const stages: Stage[] = [];
  blocks.forEach(({ row: { outputShape } }, at) => {
    const size = outputShape.length === 4 ? `${outputShape[1] ?? '?'} × ${outputShape[2] ?? '?'}` : 'vector';
    const channels = outputShape[outputShape.length - 1] ?? 0;
    const open = stages[stages.length - 1];
    if (open?.size === size) {
      open.last = at;
      open.channels.push(channels);
    } else stages.push({ size, channels: [channels], first: at, last: at });
  });
  return stages;
}
