import { capital, detailsOf, headingOf, joinParts } from '../../src/figure/caption';
import { barThickness, barWidth, drawBar } from '../../src/figure/colorbar';
import { frameOf, notesOf } from '../../src/figure/mapPanel';
import { drawSheet, margin, type Panel } from '../../src/figure/sheet';
import type { Drawn, Place, Spot, Stage } from '../../src/figure/stage';
import { accent, type Drawing } from '../../src/figure/svg';
import { captionLines, drawLines, heightOf } from '../../src/figure/textBlock';
import { drawCrossHair, drawValueMark } from '../shared/crossHair';
import { allCells, aloneIn, type Cell, type Table, tableOf } from './cells';
import type { CompareData } from './data';
import { drawGrid } from './grid';
import { frameIn, gap, layoutOf } from './layout';
import { ownBar, pictureOf, rangeOf, sharedBar } from './look';
import { isInPair, marksIn, matricesOf } from './matrices';
import { drawMatrix, matrixSize } from './matrix';
import type { CompareState } from './state';
import { altOfAll, pairTold, scaleTold, underCell, valueAt } from './words';

const narrowest = 300;
const shortestBar = 120;
const tallestBar = 336;
const beforeMatrix = 10;
const betweenMatrices = 36;
const largestAlone = 420;
const smallestAlone = 220;
/** For the colour bar, and the gaps. */
const besideAlone = 120;

/** Draws all maps in their table, with one colour bar and how far they agree; or one of them alone, larger. */
export function drawCompare(stage: Stage, data: CompareData, state: CompareState): Drawn {
  const table = tableOf(data, state);
  const alone = aloneIn(table, state);
  return alone ? drawAlone(stage, data, state, alone) : drawTable(stage, data, state, table);
}

function drawTable(stage: Stage, data: CompareData, state: CompareState, table: Table): Drawn {
  const { svg } = stage;
  const room = stage.width - 2 * margin;
  const bar = data.colorbar ? sharedBar(data, state) : undefined;
  const beside = (height: number): number => (bar ? gap + barWidth(bar, height) : 0);
  const barHeightBy = (height: number): number => Math.max(shortestBar, Math.min(tallestBar, height));
  // A short bar breaks its unit into more lines, a tall one has longer numbers: there is room for either.
  const layout = layoutOf(data, table, room - Math.max(beside(shortestBar), beside(barHeightBy(data.size))));
  const barHeight = barHeightBy(frameIn(layout, allCells(table)[0]).height);
  const grid = drawGrid(stage, data, state, layout, (cell, width) => underCell(data, state, cell, width));
  const { places } = grid;
  const barPlace = { x: margin + grid.width + gap, y: places[0].y, width: barThickness, height: barHeight };
  if (bar) drawBar(svg, bar, barPlace.x, barPlace.y, barHeight);
  for (const { cell, ...place } of places) {
    if (cell.key === state.chosen || isInPair(table, state.pair, cell.key)) drawMark(svg, place);
    if (state.cursor) drawCrossHair(svg, place, state.cursor);
  }
  const chosen = places.find(({ cell }) => cell.key === state.chosen)?.cell;
  if (bar && chosen && chosen.kind !== 'photo') drawValueMark(svg, barPlace, bar.range, shareAt(data, state, chosen));

  const spots: Spot[] = places.map(({ cell, ...place }) => ({ ...place, name: cell.key }));
  let right = margin + grid.width + beside(barHeight);
  let bottom = Math.max(grid.bottom, barPlace.y + (bar ? barHeight : 0));
  let [x, y] = [margin, bottom + beforeMatrix];
  for (const matrix of data.agreement ? matricesOf(data, table) : []) {
    const size = matrixSize(matrix, room);
    if (x > margin && x + size.width > room + margin) [x, y] = [margin, bottom + beforeMatrix];
    spots.push(...drawMatrix(stage, matrix, x, y, room, marksIn(matrix, state, table)));
    bottom = Math.max(bottom, y + size.height);
    right = Math.max(right, x + size.width);
    x += size.width + betweenMatrices;
  }
  const width = Math.ceil(Math.max(narrowest, right - margin) + 2 * margin);
  const lines = captionLines(width - 2 * margin, data.heading, joinParts([data.details, scaleTold(data, state), pairTold(data)]), data.notes);
  drawLines(svg, lines, margin, bottom + 12);
  return { width, height: Math.ceil(bottom + 12 + heightOf(lines) + margin), alt: altOfAll(data, state, table), spots };
}

/** The value at the cursor, as the bar beside all maps tells it. */
function shareAt(data: CompareData, state: CompareState, cell: Cell): number {
  const value = valueAt(state, cell);
  return state.scale === 'shared' ? value : value / rangeOf(data, state, cell.place)[1];
}

function drawMark(svg: Drawing, { x, y, width, height }: Place): void {
  svg.append('rect').attr('x', x - 1).attr('y', y - 1).attr('width', width + 2).attr('height', height + 2).attr('fill', 'none').attr('stroke', accent).attr('stroke-width', 2);
}

/** One map beside its photograph, or a photograph alone. */
function drawAlone(stage: Stage, data: CompareData, state: CompareState, cell: Cell): Drawn {
  const { kind, map, place, title } = cell;
  // Beside the photograph where both are large enough, else above it.
  const half = Math.floor((stage.width - 2 * margin - besideAlone) / 2);
  const frame = frameOf(map, half < smallestAlone ? largestAlone : Math.min(largestAlone, half));
  const photo: Panel = { ...frame, pixels: map.image, look: 'smooth' };
  const bar = kind === 'photo' || !data.colorbar ? undefined : ownBar(data, state, place);
  const { width, height, places, barPlace } = drawSheet(stage, {
    panels: kind === 'photo' ? [photo] : [{ ...pictureOf(data, state, cell), ...frame }, photo],
    bar,
    heading: kind === 'photo' ? title : joinParts([headingOf(map), map.image.name]),
    details: kind === 'photo' ? 'what the network saw' : joinParts([detailsOf(map), state.scale === 'shared' ? 'on the scale of all maps' : 'on its own scale']),
    notes: kind === 'photo' ? [] : notesOf(map),
  });
  if (state.cursor) {
    for (const each of places) drawCrossHair(stage.svg, each, state.cursor);
    if (bar && barPlace) drawValueMark(stage.svg, barPlace, bar.range, valueAt(state, cell));
  }
  const alt = kind === 'map' ? `${state.as === 'overlay' ? 'Overlay' : 'Heatmap'} ${data.words[place]}` : `${capital(title)}.`;
  return { width, height, alt, spots: places.map((each, at) => ({ ...each, name: at ? `photo of ${cell.key}` : cell.key })) };
}
