import { type Pool, pool } from '../../src/features/arithmetic/pool';
import { type GlobalPool, poolAll } from '../../src/features/arithmetic/units';
import { drawBar } from '../../src/figure/colorbar';
import type { Place, Stage } from '../../src/figure/stage';
import { ink, softInk } from '../../src/figure/svg';
import { roomFor, shorten } from '../../src/figure/text';
import { arrange } from './arrange';
import { barOf, barRoom, coloursOf } from './colours';
import type { StepperData } from './data';
import { drawMap, frameCells, mapSize, type Pictures } from './maps';
import { unitName } from './names';
import { drawGrid, type GridCell, gridSize, roomy, tight } from './numberGrid';
import { numberStyle } from './numbers';
import { write } from './write';

const head = 16;
const side = 150;

/** The map with the pool's place, and the numbers under it. */
export function drawPool(stage: Stage, data: StepperData, layer: Pool, at: number, area: Place): Pictures {
  const { input, output, slides, size, map, how } = layer;
  const box = { top: Math.floor(at / output[1]) * slides[0].stride - slides[0].before, left: (at % output[1]) * slides[1].stride - slides[1].before, rows: size[0], columns: size[1] };
  const cells = pool(layer, at).taps.map(({ value, padding, chosen }): GridCell => ({ value, padding, chosen }));
  const pictures = drawBeside(stage, { title: `${data.layer.inputs[0]}, channel ${data.layer.channel}`, map, grid: input, cells, size, told: how === 'max' ? 'the largest is framed' : 'their mean' }, area);
  frameCells(stage.svg, 'window', pictures.spots[0], input, box);
  return pictures;
}

/** The whole map of a channel, with its numbers where they are few. */
export function drawGlobalPool(stage: Stage, data: StepperData, layer: GlobalPool, at: number, area: Place): Pictures {
  const { grid, how, channels } = layer;
  const { map } = channels[at];
  const { chosen } = poolAll(layer, at);
  const few = grid[0] <= 8 && grid[1] <= 8;
  const cells = few ? Array.from(map, (value, cell): GridCell => ({ value, chosen: cell === chosen })) : [];
  return drawBeside(stage, { title: `${data.layer.inputs[0]}, ${unitName(data, at)}`, map, grid, cells, size: grid, told: how === 'max' ? 'the largest is framed' : 'all of its cells', bar: true }, area);
}

interface Beside {
  title: string;
  map: Float32Array;
  grid: readonly [number, number];
  cells: readonly GridCell[];
  size: readonly [number, number];
  told: string;
  /** Whether the map brings its own colour bar. */
  bar?: boolean;
}

/** A map, and numbers beside it, or below it where there is no room. */
function drawBeside(stage: Stage, { title, map, grid, cells, size, told, bar = false }: Beside, area: Place): Pictures {
  const { svg } = stage;
  const colours = coloursOf([map]);
  const picture = mapSize(grid, side);
  const cell = size[1] <= 3 ? roomy : tight;
  const numbers = cells.length ? gridSize(size, cell) : { width: 0, height: 0 };
  const left = Math.max(picture.width + (bar ? barRoom : 0), Math.min(area.width, roomFor(title, 11, true)));
  const { places, height, width } = arrange([{ width: left, height: head + (bar ? side : picture.height) }, { width: numbers.width, height: head + numbers.height }], area.width, 24, 12);
  const place = { ...picture, x: area.x, y: area.y + head };
  write(svg, shorten(title, area.width, 11, true), area.x, area.y + 11, { fill: ink, bold: true });
  drawMap(stage, map, grid[1], colours, place);
  if (bar) drawBar(svg, barOf('input', colours, [map]), place.x + place.width + 12, place.y, side);
  if (cells.length) {
    const style = numberStyle(colours.range[1], cell.letters);
    const [x, y] = [area.x + places[1].x, area.y + places[1].y];
    write(svg, style.factor ? `${told}, ${style.factor}` : told, x, y + 11, { size: 10.5, fill: softInk });
    drawGrid(svg, 'patch', cells, size[1], x, y + head, cell, colours, style);
  }
  return { bottom: area.y + height, width, spots: [{ ...place, name: 'input 0' }] };
}
