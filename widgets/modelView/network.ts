import type { RasterLook, Place, Spot, Stage } from '../../src/figure/stage';
import { accent, faintInk, hairline, ink, softInk, type Drawing } from '../../src/figure/svg';
import type { Pixels } from '../../src/image/canvas';
import { Faces } from './picture';
import { bar, fontOf, headerHeight, leading, type NetworkPlan, type PlannedBlock, sizes } from './plan';
import type { Block } from './visible';

/** What of a network is strong, and what fills its blocks. */
export interface NetworkLook {
  /** The block that is looked at, by its place; -1 for none. What it reads is pointed out. */
  at: number;
  /** The blocks that are strong, by place, where not all are. */
  strong?: ReadonlySet<number>;
  /** A bar below a block, as a share of the longest. */
  bar?(block: Block): number;
  /** A line below a block's label, where the plan has room for it. */
  note?(block: Block): string;
  /** The map on the front of a block, where the plan has one. */
  tile?(block: Block): { pixels: Pixels; look: RasterLook } | undefined;
}

const faded = 0.22;
const fadedText = 0.4;

/** Draws a network with its upper left corner at (left, top); gives the places of its blocks (by their ids) and of the headers of open groups ("frame 3"). */
export function drawNetwork(stage: Stage, plan: NetworkPlan, look: NetworkLook, left: number, top: number): Spot[] {
  const group = stage.svg.append('g').attr('transform', `translate(${left},${top})`) as Drawing;
  drawBands(group, plan);
  drawArrows(group, plan, look);
  const isStrong = (at: number): boolean => look.strong?.has(at) ?? true;
  for (const strong of [false, true]) {
    const faces = new Faces();
    plan.blocks.forEach(({ picture, x, y }, at) => isStrong(at) === strong && faces.add(picture, x - picture.width / 2, y));
    for (const [colour, outline] of faces) group.append('path').attr('d', outline).attr('fill', colour).attr('opacity', strong ? null : faded);
  }
  const read = new Set(plan.visible.edges.filter(([, to]) => to === look.at).map(([from]) => from));
  plan.blocks.forEach((planned, at) => {
    const { block, picture, front, box } = planned;
    const tile = picture.open ? look.tile?.(block) : undefined;
    if (tile) {
      stage.raster({ ...front, x: left + front.x, y: top + front.y }, tile.pixels, tile.look);
      drawRect(group, front).attr('fill', isStrong(at) ? 'none' : hairline).attr('fill-opacity', 0.75).attr('stroke', faintInk).attr('stroke-width', 0.75);
    }
    drawLabel(group, planned, look.note?.(block), isStrong(at));
    if (look.bar) drawShare(group, look.bar(block), planned, isStrong(at));
    if (at === look.at) outline(group, box).attr('stroke-width', 1.75);
    else if (read.has(at)) outline(group, box).attr('stroke-dasharray', '3,3');
  });
  const placed = ({ x, y, width, height }: Place, name: string): Spot => ({ name, x: left + x, y: top + y, width, height });
  return [...plan.bands.map((band) => placed({ ...band, height: headerHeight }, `frame ${band.fold}`)), ...plan.blocks.map(({ box, block }) => placed(box, block.id))];
}

const drawRect = (group: Drawing, { x, y, width, height }: Place): Drawing => group.append('rect').attr('x', x.toFixed(1)).attr('y', y.toFixed(1)).attr('width', width.toFixed(1)).attr('height', height.toFixed(1)) as Drawing;

const outline = (group: Drawing, box: Place): Drawing => drawRect(group, box).attr('rx', 5).attr('fill', 'none').attr('stroke', accent);

function drawLabel(group: Drawing, { lines, x, labelTop }: PlannedBlock, note: string | undefined, strong: boolean): void {
  const text = group.append('text').attr('text-anchor', 'middle').attr('font-size', sizes.rest).attr('fill', softInk).attr('opacity', strong ? null : fadedText);
  [...lines, ...(note ? [note] : [])].forEach((line, row) => {
    const span = text.append('tspan').attr('x', x.toFixed(1)).attr('y', (labelTop + (row + 1) * leading - 2).toFixed(1)).text(line);
    if (!row) span.attr('font-size', fontOf(row)[0]).attr('font-weight', 600).attr('fill', ink);
  });
}

function drawShare(group: Drawing, share: number, { lines, x, labelTop }: PlannedBlock, strong: boolean): void {
  const place = { x: x - bar.length / 2, y: labelTop + lines.length * leading + 3, width: bar.length, height: bar.height };
  drawRect(group, place).attr('rx', 1.5).attr('fill', hairline).attr('opacity', strong ? 0.7 : fadedText);
  if (share > 0) drawRect(group, { ...place, width: Math.max(1, bar.length * share) }).attr('rx', 1.5).attr('fill', '#4477aa').attr('opacity', strong ? null : fadedText);
}

/** A ground behind the blocks of each open group, with its name above. */
function drawBands(group: Drawing, { bands, blocks }: NetworkPlan): void {
  for (const band of bands) {
    // In a page the ground lies over the maps: it has a hole for each.
    const holes = band.inside.filter((at) => blocks[at].picture.open).map((at) => blocks[at].front);
    const shape = [band, ...holes].map(({ x, y, width, height }) => `M${x.toFixed(1)},${y.toFixed(1)}h${width.toFixed(1)}v${height.toFixed(1)}h${(-width).toFixed(1)}z`);
    group.append('path').attr('d', shape.join('')).attr('fill', faintInk).attr('fill-opacity', 0.08).attr('fill-rule', 'evenodd');
    drawRect(group, band).attr('rx', 3).attr('fill', 'none').attr('stroke', hairline);
    group.append('text').attr('x', band.x + 6).attr('y', band.y + 12).attr('font-size', sizes.header).attr('font-weight', band.begins ? 600 : null).attr('fill', band.begins ? ink : softInk).text(band.name);
  }
}

/** The arrows, those into the block that is looked at last. */
function drawArrows(group: Drawing, { arrows, visible }: NetworkPlan, { at, strong }: NetworkLook): void {
  const looks = { weak: { line: '', head: '' }, plain: { line: '', head: '' }, pointed: { line: '', head: '' } };
  arrows.forEach(({ line, head }, edge) => {
    const [from, to] = visible.edges[edge];
    const look = looks[to === at ? 'pointed' : strong && !(strong.has(from) && strong.has(to)) ? 'weak' : 'plain'];
    look.line += line;
    look.head += head;
  });
  for (const [name, { line, head }] of Object.entries(looks)) {
    if (!line) continue;
    const colour = name === 'pointed' ? accent : faintInk;
    const both = group.append('g').attr('opacity', name === 'weak' ? 0.3 : null);
    both.append('path').attr('d', line).attr('fill', 'none').attr('stroke', colour).attr('stroke-width', name === 'pointed' ? 2 : 1.1);
    both.append('path').attr('d', head).attr('fill', colour);
  }
}
