import type { Window } from '../../src/features/arithmetic/window';
import { joinParts } from '../../src/figure/caption';
import { drawBar } from '../../src/figure/colorbar';
import { readable } from '../../src/figure/numbers';
import { margin } from '../../src/figure/sheet';
import type { Drawn, Place, Spot, Stage } from '../../src/figure/stage';
import { ink, softInk } from '../../src/figure/svg';
import { shorten } from '../../src/figure/text';
import { captionLines, drawLines } from '../../src/figure/textBlock';
import { barOf, barRoom, coloursOf } from './colours';
import type { StepperData } from './data';
import { drawElementwise, drawMerge } from './drawCellwise';
import { drawConvolution } from './drawConvolution';
import { drawGlobalPool, drawPool } from './drawPool';
import { drawDense, drawSoftmax } from './drawUnits';
import { drawWorking } from './drawWorking';
import { drawMap, frameCells, mapSize, type Pictures } from './maps';
import { type SentData, received } from './sent';
import { gridOf, placeName } from './steps';
import { write } from './write';
import { type Working, workingOf } from './working';

export interface StepperState {
  /** The cell of the output map, row by row, or the place in the list of units. */
  at: number;
}

export const start = ({ first }: SentData): StepperState => ({ at: first });

const widest = 868;
const head = 32;
const outputSide = 180;
const gap = 30;

/** Draws how one cell comes about: what goes in, the arithmetic, what comes out. */
export function draw(stage: Stage, sent: SentData, { at }: StepperState): Drawn {
  const { svg } = stage;
  const data = received(sent);
  const { layer } = data;
  const inner = Math.min(widest, stage.width - 2 * margin);
  const working = workingOf(data, at);
  write(svg, shorten(titleOf(data, at), inner, 13, true), margin, margin + 12, { size: 13, fill: ink, bold: true });
  const pictures = picturesOf(stage, data, at, { x: margin, y: margin + 28, width: inner, height: 0 });
  const spots: Spot[] = [...pictures.spots];
  let y = pictures.bottom + 16;

  // What comes out stands beside what goes in where there is room, else beside the sum, else below it.
  const maps = mapsOf(data);
  const outputRoom = outputSide + 2 * barRoom;
  const left = inner - outputRoom - gap;
  const beside = maps !== undefined && inner >= 700;
  const top = pictures.width <= left ? margin + 28 : y;
  if (beside) {
    const output = drawOutput(stage, data, maps, at, margin + inner - outputRoom, top);
    spots.push({ ...output.place, name: 'output' });
    y = Math.max(output.bottom, drawWorking(svg, working, layer.last, margin, y, left));
  } else {
    y = drawWorking(svg, working, layer.last, margin, y, inner);
    if (maps) {
      const output = drawOutput(stage, data, maps, at, margin, y + 10);
      spots.push({ ...output.place, name: 'output' });
      y = output.bottom;
    }
  }
  y = drawLines(svg, captionLines(inner, headingOf(data), detailsOf(data)), margin, y + 10);
  return { width: inner + 2 * margin, height: Math.ceil(y + margin - 4), alt: altOf(data, at, working), spots };
}

function picturesOf(stage: Stage, data: StepperData, at: number, area: Place): Pictures {
  const work = data.layer.arithmetic;
  switch (work.kind) {
    case 'convolution': return drawConvolution(stage, data, work, at, area);
    case 'pool': return drawPool(stage, data, work, at, area);
    case 'globalPool': return drawGlobalPool(stage, data, work, at, area);
    case 'elementwise': return drawElementwise(stage, data, work, at, area);
    case 'merge': return drawMerge(stage, data, work, at, area);
    case 'dense': return drawDense(stage, data, work, at, area);
    case 'softmax': return drawSoftmax(stage, data, work, at, area);
  }
}

/** The maps that go in and the map that comes out; undefined for a list of units, which tells its own numbers. */
function mapsOf({ layer: { arithmetic: work } }: StepperData): { inputs: readonly Float32Array[]; result: Float32Array } | undefined {
  if (work.kind === 'convolution') return { inputs: work.parts.map(({ map }) => map), result: work.result };
  if (work.kind === 'merge') return { inputs: work.maps.map(({ map }) => map), result: work.result };
  return work.kind === 'pool' || work.kind === 'elementwise' ? { inputs: [work.map], result: work.result } : undefined;
}

/** The output map with the cell, its colour bar, and that of the inputs. */
function drawOutput(stage: Stage, { layer }: StepperData, { inputs, result }: NonNullable<ReturnType<typeof mapsOf>>, at: number, x: number, y: number): { place: Place; bottom: number } {
  const { svg } = stage;
  const grid = gridOf(layer.arithmetic) as readonly [number, number];
  const place = { ...mapSize(grid, outputSide), x, y: y + head };
  const colours = coloursOf([result]);
  write(svg, shorten(layer.last, outputSide + barRoom, 11, true), x, y + 11, { fill: ink, bold: true });
  write(svg, `channel ${layer.channel} of ${layer.depth}`, x, y + 25, { size: 10.5, fill: softInk });
  drawMap(stage, result, grid[1], colours, place);
  frameCells(svg, 'cell', place, grid, { top: Math.floor(at / grid[1]), left: at % grid[1], rows: 1, columns: 1 });
  // Long enough for more than one number.
  const height = Math.max(160, place.height);
  drawBar(svg, barOf('output', colours, [result]), x + place.width + 12, place.y, height);
  drawBar(svg, barOf('input', coloursOf(inputs), inputs), x + place.width + 12 + barRoom, place.y, height);
  return { place, bottom: place.y + height };
}

const titleOf = (data: StepperData, at: number): string => {
  const { layer, channel, arithmetic } = data.layer;
  return `${placeName(data, at)} of ${layer}${gridOf(arithmetic) ? `, channel ${channel}` : ''}`;
};

const headingOf = ({ model, image, layer }: StepperData): string => joinParts([layer.layer === layer.last ? layer.layer : `${layer.layer} to ${layer.last}`, `${layer.kind}`, model, image]);

/** What of the layer is shown, and how. */
function detailsOf({ layer }: StepperData): string {
  const { arithmetic: work, depth, channel } = layer;
  const which = `channel ${channel} of ${depth}`;
  if (work.kind === 'convolution') {
    const [down, across] = work.slides;
    const kernel = `kernel ${work.size.join(' × ')} on ${work.channels} channel${work.channels === 1 ? '' : 's'}`;
    const stride = `moved by ${down.stride === across.stride ? down.stride : `${down.stride} × ${across.stride}`}`;
    const dilated = down.reach > work.size[0] || across.reach > work.size[1] ? `dilated to ${down.reach} × ${across.reach}` : '';
    const shown = work.parts.length < work.channels ? `shown: the ${work.parts.length} input channels that contribute most over the whole map` : '';
    const merged = layer.kind === 'SeparableConv2D' ? 'its two kernels multiplied into one' : '';
    return joinParts([which, kernel, merged, stride, dilated, shown, isPadded(work) && 'dashed cells are padding and count as 0']);
  }
  if (work.kind === 'pool') return joinParts([which, `${work.how === 'max' ? 'largest' : 'mean'} of ${work.size.join(' × ')}`, `moved by ${work.slides[0].stride}`, isPadded(work) && 'dashed cells are padding and left out']);
  if (work.kind === 'dense') return joinParts([`${work.inputs} inputs, ${depth} units`, `shown: the ${work.units.length} strongest units, and of each the inputs that count most`]);
  if (work.kind === 'softmax') return joinParts([`${work.share.classes} classes`, `shown: the ${work.rows.length} likeliest`, 'the greatest logit is taken from all, so that exp does not overflow']);
  if (work.kind === 'globalPool') return joinParts([`${work.grid.join(' × ')} cells, ${depth} channels`, `shown: the ${work.channels.length} strongest`]);
  return which;
}

/** Whether the window of any cell stands out over the edge. */
const isPadded = ({ input, output, slides }: Window): boolean =>
  slides.some(({ reach, stride, before }, axis) => before > 0 || (output[axis] - 1) * stride - before + reach > input[axis]);

/** One line about the figure. */
export const captionOf = (data: StepperData): string => `${headingOf(data)} · ${detailsOf(data)}`;

/** The cell and its sum in plain words. */
function altOf(data: StepperData, at: number, { lines, output }: Working): string {
  const told = lines.map(({ label, value }) => `${label} ${readable(value)}`).join(', ');
  return `How ${titleOf(data, at)} comes about: ${told}. Output of ${data.layer.last}: ${readable(output)}.`;
}
