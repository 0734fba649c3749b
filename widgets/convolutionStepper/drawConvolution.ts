import { type Convolution, convolve, type ConvolutionWork } from '../../src/features/arithmetic/convolution';
import { placesOf } from '../../src/features/arithmetic/window';
import { readable } from '../../src/figure/numbers';
import type { Place, Stage } from '../../src/figure/stage';
import { type Drawing, ink, softInk } from '../../src/figure/svg';
import { roomFor, shorten } from '../../src/figure/text';
import { arrange, type Size } from './arrange';
import { type Colours, coloursOf, frameInk, symmetrical } from './colours';
import type { StepperData } from './data';
import { drawMap, frameCells, mapSize, type Pictures } from './maps';
import { channelName } from './names';
import { type CellSize, drawGrid, type GridCell, gridSize, roomy, tight } from './numberGrid';
import { type NumberStyle, numberStyle } from './numbers';
import { write } from './write';

const head = 16;
const operatorRoom = 20;
const itemGap = 2;

/** A grid of numbers with what stands above and before it. */
interface NumberPanel {
  name: string;
  title: string;
  operator: string;
  cells: readonly GridCell[];
  look: { colours: Colours; style: NumberStyle };
}

/** An input channel as it is drawn: its map, three grids, and the sum behind them or, where they take all the room, under the map. */
interface Block extends Size {
  panels: NumberPanel[];
  /** Of the map, the grids, and the sum if it stands behind them. */
  places: { x: number; y: number }[];
  sum: 'behind' | 'under' | 'none';
}

/** What all blocks have in common. */
interface Measures {
  cell: CellSize;
  grid: Size;
  thumb: Size;
  /** A kernel of one weight, whose product is its sum. */
  single: boolean;
}

/** For each shown input channel: its map with the kernel's place, the patch, the kernel, the products, and their sum. */
export function drawConvolution(stage: Stage, data: StepperData, layer: Convolution, at: number, area: Place): Pictures {
  const work = convolve(layer, at);
  const measures = measuresOf(layer, area.width);
  const inputs = coloursOf(layer.parts.map(({ map }) => map));
  const looks = looksOf(layer, work, inputs, measures.cell);
  const blocks = work.parts.map((part) => blockOf(panelsOf(part, looks, measures.single), part.sum, measures, area.width));
  const whole = arrange(blocks, area.width, 26, 14);
  const spots = blocks.map((block, i) => {
    const corner = { x: area.x + whole.places[i].x, y: area.y + whole.places[i].y };
    const place = { ...measures.thumb, x: corner.x, y: corner.y + head };
    drawMap(stage, layer.parts[i].map, layer.input[1], inputs, place);
    frameKernel(stage.svg, layer, at, place);
    const name = channelName(data, work.parts[i].channel);
    const short = roomFor(name, 11, true) <= place.width + 6 ? name : `ch. ${work.parts[i].channel}`;
    write(stage.svg, short, corner.x, corner.y + 11, { fill: ink, bold: true });
    drawNumbers(stage.svg, block, work.parts[i].sum, measures, layer.size[1], corner);
    return { ...place, name: `input ${i}` };
  });
  return { bottom: area.y + whole.height, width: whole.width, spots };
}

function measuresOf({ size, input }: Convolution, room: number): Measures {
  const single = size[0] * size[1] === 1;
  const cell = single || (room >= 540 && size[1] <= 3) ? roomy : tight;
  return { single, cell, grid: gridSize(size, cell), thumb: mapSize(input, single ? 62 : room < 400 ? 84 : 112) };
}

function blockOf(panels: NumberPanel[], sum: number, { single, grid, thumb }: Measures, room: number): Block {
  const items: Size[] = [
    { width: thumb.width + 8, height: head + thumb.height },
    ...panels.map(({ operator }) => ({ width: (operator ? operatorRoom : 0) + grid.width, height: head + grid.height })),
  ];
  const behind = { width: roomFor(`= ${readable(sum)}`, 13, true) + 10, height: 24 };
  const taken = items.reduce((total, { width }) => total + width + itemGap, 0);
  const fits = taken + behind.width <= room;
  const under = !fits && taken <= room && grid.height >= thumb.height + 20;
  const place = single ? 'none' : under ? 'under' : 'behind';
  return { panels, sum: place, ...arrange(place === 'behind' ? [...items, behind] : items, room, itemGap, 8) };
}

function drawNumbers(svg: Drawing, { panels, places, sum: sumPlace }: Block, sum: number, { cell, grid, thumb, single }: Measures, columns: number, corner: { x: number; y: number }): void {
  panels.forEach(({ name, title, operator, cells, look }, i) => {
    const [x, y] = [corner.x + places[i + 1].x + (operator ? operatorRoom : 0), corner.y + places[i + 1].y];
    if (operator) write(svg, operator, x - operatorRoom / 2, y + head + grid.height / 2 + 6, { size: 16, fill: softInk, anchor: 'middle' });
    write(svg, shorten(title, single ? grid.width + operatorRoom - 4 : Math.max(grid.width, 70), 10.5), x, y + 11, { size: 10.5, fill: softInk });
    drawGrid(svg, name, cells, columns, x, y + head, cell, look.colours, look.style);
  });
  const strong = { size: 13, fill: ink, bold: true };
  if (sumPlace === 'under') write(svg, `Σ = ${readable(sum)}`, corner.x, corner.y + head + thumb.height + 18, strong);
  if (sumPlace !== 'behind') return;
  const { x, y } = places[4];
  // Level with the middle of the products, unless it had to go below them.
  write(svg, `= ${readable(sum)}`, corner.x + x + 8, corner.y + y + (y === places[3].y ? head + grid.height / 2 + 5 : 14), strong);
}

type Looks = Record<'input' | 'weight' | 'product', NumberPanel['look']>;

/** One scale for all inputs, one for all weights, one for all products. */
function looksOf({ parts }: Convolution, work: ConvolutionWork, inputs: Colours, cell: CellSize): Looks {
  const look = (colours: Colours): NumberPanel['look'] => ({ colours, style: numberStyle(colours.range[1], cell.letters) });
  return {
    input: look(inputs),
    weight: look(symmetrical(parts.flatMap(({ weights }) => [...weights]))),
    product: look(symmetrical(work.parts.flatMap(({ taps }) => taps.map(({ product }) => product)))),
  };
}

function panelsOf({ taps }: ConvolutionWork['parts'][number], { input, weight, product }: Looks, single: boolean): NumberPanel[] {
  const several = single ? '' : 's';
  const title = (text: string, { style }: NumberPanel['look']): string => (style.factor ? `${text}, ${style.factor}` : text);
  return [
    { name: 'patch', title: title('input', input), operator: '', cells: taps.map(({ value, padding }) => ({ value, padding })), look: input },
    { name: 'kernel', title: title(`weight${several}`, weight), operator: '×', cells: taps.map(({ weight: value }) => ({ value })), look: weight },
    { name: 'products', title: title(`product${several}`, product), operator: '=', cells: taps.map(({ product: value, padding }) => ({ value, padding })), look: product },
  ];
}

/** The kernel's place on its input map; of a dilated one its taps too. */
function frameKernel(svg: Drawing, layer: Convolution, at: number, place: Place): void {
  const { slides, output, input, size } = layer;
  const top = Math.floor(at / output[1]) * slides[0].stride - slides[0].before;
  const left = (at % output[1]) * slides[1].stride - slides[1].before;
  frameCells(svg, 'window', place, input, { top, left, rows: slides[0].reach, columns: slides[1].reach });
  if (size[0] === slides[0].reach && size[1] === slides[1].reach) return;
  for (const { row, column, padding } of placesOf(layer, at)) {
    if (!padding) svg.append('circle').attr('cx', place.x + ((column + 0.5) * place.width) / input[1]).attr('cy', place.y + ((row + 0.5) * place.height) / input[0]).attr('r', 1.6).attr('fill', frameInk);
  }
}
