import { joinParts } from '../../src/figure/caption';
import { margin } from '../../src/figure/sheet';
import type { Drawn, Place, Stage } from '../../src/figure/stage';
import { hairline, type Drawing } from '../../src/figure/svg';
import { captionLines, drawLines } from '../../src/figure/textBlock';
import { mapPicture } from './compose';
import type { AtlasData } from './data';
import { drawLegend } from './legend';
import { type AtlasState, cellAt, chosen } from './looking';
import { drawMapLabels } from './mapLabels';
import { drawCell } from './panel';
import { type Placed, placed } from './placing';
import { altOf } from './words';

export { start } from './looking';

const widest = 940;
const largest = 620;
const panelWidth = 268;
const columnGap = 22;

/** Draws the map (or the cells between two classes) beside the cell that is looked at, what sizes and strengths mean, and the caption. */
export function draw(stage: Stage, data: AtlasData, state: AtlasState): Drawn {
  const { svg } = stage;
  const inner = Math.min(widest, stage.width - 2 * margin);
  const beside = inner >= 640;
  const side = Math.floor(Math.min(largest, beside ? inner - panelWidth - columnGap : inner));
  const map = { x: margin, y: margin, width: side, height: side };
  const icons = placed(data, state);
  stage.raster(map, mapPicture(data, state, side), 'smooth');
  svg.append('rect').attr('x', map.x - 0.5).attr('y', map.y - 0.5).attr('width', side + 1).attr('height', side + 1).attr('fill', 'none').attr('stroke', hairline);
  drawMapLabels(svg, data, icons, map);
  const [kept, looked] = [chosen(data, state), cellAt(data, state)];
  const focus = mark(svg, icons, map, kept, 'chosen') ?? map;
  if (looked !== kept) mark(svg, icons, map, looked, 'over');

  const left = beside ? margin + side + columnGap : margin;
  let y = drawLegend(svg, data, state, margin, margin + side + 8, side);
  const below = drawCell(stage, data, state, left, beside ? margin : y + 10, beside ? inner - side - columnGap : side);
  y = Math.max(y, below) + 8;
  const width = beside ? inner : side;
  y = drawLines(svg, captionLines(width, data.heading, data.details, data.notes), margin, y);
  return { width: width + 2 * margin, height: Math.ceil(y + margin - 4), alt: () => altOf(data, state), spots: [{ ...map, name: 'map' }], focus };
}

/** A frame around a cell: white with a dark edge, to be seen on any icon. */
function mark(svg: Drawing, icons: readonly Placed[], map: Place, cell: number, kind: 'chosen' | 'over'): Place | undefined {
  const icon = icons.find(({ at }) => at === cell);
  if (!icon) return undefined;
  const { x, y, reach } = icon;
  const [left, top] = [Math.max(0, x - reach), Math.max(0, y - reach)];
  const place = { x: map.x + left * map.width, y: map.y + top * map.height, width: (Math.min(1, x + reach) - left) * map.width, height: (Math.min(1, y + reach) - top) * map.height };
  for (const [stroke, width] of kind === 'chosen' ? ([['#0d1117', 5], ['#fff', 2.5]] as const) : ([['#0d1117', 3], ['#fff', 1.25]] as const)) {
    svg.append('rect').attr('class', kind).attr('x', place.x).attr('y', place.y).attr('width', place.width).attr('height', place.height).attr('fill', 'none').attr('stroke', stroke).attr('stroke-width', width);
  }
  return place;
}

/** Everything in one line. */
export const captionOf = ({ heading, details, notes }: AtlasData): string => joinParts([heading, details, ...notes]);
