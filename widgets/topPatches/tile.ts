import { drawPanel } from '../../src/figure/sheet';
import type { Place, Stage } from '../../src/figure/stage';
import type { Drawing } from '../../src/figure/svg';
import type { PatchesData, PatchFact, PatchRow } from './data';
import { spritePart } from './sprite';
import { isSingle, reachesOut, seesAll } from './words';

/** A patch as its crop: padding hatched, the cell marked where the crop is all of the image. */
export function drawCrop(stage: Stage, data: PatchesData, row: PatchRow, at: number, place: Place): void {
  if (row.crops) drawPanel(stage, { pixels: spritePart(row.crops, at), look: 'smooth' }, place);
  hatchPadding(stage.svg, data, row.patches[at], place);
  if (seesAll(data)) markCell(stage.svg, data, row.patches[at], place);
}

/** A patch in its image: the part that its cell looks at is framed. */
export function drawWhole(stage: Stage, data: PatchesData, row: PatchRow, at: number, place: Place): void {
  if (row.contexts) drawPanel(stage, { pixels: spritePart(row.contexts, at), look: 'smooth' }, place);
  if (seesAll(data)) return markCell(stage.svg, data, row.patches[at], place);
  const { x, y, width, height } = seenPart(data, row.patches[at]);
  const [across, down] = [place.width / data.size[1], place.height / data.size[0]];
  for (const [stroke, thick] of doubled) {
    const frame = stage.svg.append('rect').attr('x', place.x + x * across).attr('y', place.y + y * down).attr('width', width * across).attr('height', height * down);
    frame.attr('fill', 'none').attr('stroke', stroke).attr('stroke-width', thick);
  }
}

/** Light within dark, so that it is seen on any picture. */
const doubled = [['#000', 3], ['#fff', 1.5]] as const;

/** The part of the box that lies in the image. */
function seenPart({ size: [height, width] }: PatchesData, { box }: PatchFact): Place {
  const [left, top] = [Math.max(0, box.x), Math.max(0, box.y)];
  return { x: left, y: top, width: Math.min(width, box.x + box.width) - left, height: Math.min(height, box.y + box.height) - top };
}

function markCell(svg: Drawing, data: PatchesData, { cell: [row, column] }: PatchFact, { x, y, width, height }: Place): void {
  if (isSingle(data)) return;
  const [rows, columns] = data.map;
  for (const [stroke, thick] of doubled) {
    const ring = svg.append('circle').attr('cx', x + ((column + 0.5) / columns) * width).attr('cy', y + ((row + 0.5) / rows) * height);
    ring.attr('r', Math.max(5, width / 14)).attr('fill', 'none').attr('stroke', stroke).attr('stroke-width', thick);
  }
}

const hatchId = 'padding-hatch';

/** Strokes over what lies beyond the image. */
function hatchPadding(svg: Drawing, data: PatchesData, patch: PatchFact, place: Place): void {
  const { box } = patch;
  const seen = seenPart(data, patch);
  if (!reachesOut(data, patch)) return;
  const pattern = svg.append('pattern').attr('id', hatchId).attr('width', 6).attr('height', 6).attr('patternUnits', 'userSpaceOnUse');
  pattern.append('path').attr('d', 'M-1,1l2,-2M0,6l6,-6M5,7l2,-2').attr('stroke', '#8b949e').attr('stroke-width', 0.8);
  const [across, down] = [place.width / box.width, place.height / box.height];
  const [left, top] = [place.x + (seen.x - box.x) * across, place.y + (seen.y - box.y) * down];
  const [right, bottom] = [left + seen.width * across, top + seen.height * down];
  const around = `M${place.x},${place.y}h${place.width}v${place.height}h${-place.width}z`;
  const hole = `M${left.toFixed(1)},${top.toFixed(1)}V${bottom.toFixed(1)}H${right.toFixed(1)}V${top.toFixed(1)}z`;
  svg.append('path').attr('d', around + hole).attr('fill', `url(#${hatchId})`).attr('fill-rule', 'evenodd');
}
