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
import { write } from './words';

const head = 16;
const operatorRoom = 20;

/** A grid of numbers with what stands above and before it. */
interface NumberPanel {
  name: string;
  title: string;
  operator: string;
  cells: readonly GridCell[];
  look: { colours: Colours; style: NumberStyle };
}

/** For each shown input channel: its map with the kernel's place, the patch, the kernel, the products, and their sum. */
export function drawConvolution(stage: Stage, data: StepperData, layer: Convolution, at: number, area: Place): Pictures {
  const { svg } = stage;
  const { size, input } = layer;
  const work = convolve(layer, at);
  const single = size[0] * size[1] === 1;
  const cell = single || (area.width >= 540 && size[1] <= 3) ? roomy : tight;
  const inputs = coloursOf(layer.parts.map(({ map }) => map));
  const looks = looksOf(layer, work, inputs, cell);
  const thumb = mapSize(input, single ? 62 : area.width < 400 ? 84 : 112);
  const grid = gridSize(size, cell);

  const blocks = work.parts.map((part, i) => {
    const sum = `= ${readable(part.sum)}`;
    const panels = panelsOf(part, looks, single);
    const items: Size[] = [
      { width: thumb.width + 8, height: head + thumb.height },
      ...panels.map(({ operator }) => ({ width: (operator ? operatorRoom : 0) + grid.width, height: head + grid.height })),
      // The one product of a 1 x 1 kernel is its sum.
      ...(single ? [] : [{ width: roomFor(sum, 13, true) + 10, height: 24 }]),
    ];
    return { part, map: layer.parts[i].map, sum, panels, ...arrange(items, area.width, 2, 8) };
  });
  const whole = arrange(blocks, area.width, 26, 14);
  const spots = blocks.map(({ part, map, sum, panels, places }, i) => {
    const [left, top] = [area.x + whole.places[i].x, area.y + whole.places[i].y];
    const thumbPlace = { ...thumb, x: left, y: top + head };
    const name = channelName(data, part.channel);
    write(svg, roomFor(name, 11, true) <= thumb.width + 6 ? name : `ch. ${part.channel}`, left, top + 11, { fill: ink, bold: true });
    drawMap(stage, map, input[1], inputs, thumbPlace);
    frameKernel(svg, layer, at, thumbPlace);
    panels.forEach(({ name, title, operator, cells, look }, each) => {
      const [x, y] = [left + places[each + 1].x + (operator ? operatorRoom : 0), top + places[each + 1].y];
      if (operator) write(svg, operator, x - operatorRoom / 2, y + head + grid.height / 2 + 6, { size: 16, fill: softInk, anchor: 'middle' });
      write(svg, shorten(title, single ? grid.width + operatorRoom - 4 : Math.max(grid.width, 70), 10.5), x, y + 11, { size: 10.5, fill: softInk });
      drawGrid(svg, name, cells, size[1], x, y + head, cell, look.colours, look.style);
    });
    if (!single) {
      const { x, y } = places[4];
      // Level with the middle of the products, unless it had to go below them.
      write(svg, sum, left + x + 8, top + y + (y === places[3].y ? head + grid.height / 2 + 5 : 14), { size: 13, fill: ink, bold: true });
    }
    return { ...thumbPlace, name: `input ${i}` };
  });
  return { bottom: area.y + whole.height, width: whole.width, spots };
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
