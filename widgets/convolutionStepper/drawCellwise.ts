import { axisBottom, axisLeft } from 'd3-axis';
import { scaleLinear } from 'd3-scale';
import type { Elementwise, Merge } from '../../src/features/arithmetic/cellwise';
import { applyStages, type Stage as Step } from '../../src/features/arithmetic/stage';
import { remembered } from '../../src/figure/memo';
import type { Place, Stage } from '../../src/figure/stage';
import { type Drawing, faintInk, hairline, ink, softInk } from '../../src/figure/svg';
import { shorten } from '../../src/figure/text';
import { arrange } from './arrange';
import { coloursOf, frameInk } from './colours';
import type { StepperData } from './data';
import { drawMap, frameCells, mapSize, type Pictures } from './maps';
import { write } from './write';

const head = 16;
const side = 150;
const chart = { width: 240, height: 166 };

/** The map that goes in, with the cell, and the function that it goes through. */
export function drawElementwise(stage: Stage, data: StepperData, layer: Elementwise, at: number, area: Place): Pictures {
  const picture = mapSize(layer.grid, side);
  const { places, height, width } = arrange([{ width: picture.width, height: head + picture.height }, chart], area.width, 28, 12);
  const place = { ...picture, x: area.x, y: area.y + head };
  drawInput(stage, data.layer.inputs[0], layer.map, layer.grid, at, place, coloursOf([layer.map]));
  drawFunction(stage.svg, layer, at, area.x + places[1].x, area.y + places[1].y);
  return { bottom: area.y + height, width, spots: [{ ...place, name: 'input 0' }] };
}

/** The branches that meet, each with the cell. */
export function drawMerge(stage: Stage, _data: StepperData, { maps, grid }: Merge, at: number, area: Place): Pictures {
  const picture = mapSize(grid, maps.length > 2 ? 100 : side);
  const colours = coloursOf(maps.map(({ map }) => map));
  const { places, height, width } = arrange(maps.map(() => ({ width: Math.max(picture.width, 120), height: head + picture.height })), area.width, 20, 12);
  const spots = maps.map(({ layer, map }, i) => {
    const place = { ...picture, x: area.x + places[i].x, y: area.y + places[i].y + head };
    drawInput(stage, layer, map, grid, at, place, colours);
    return { ...place, name: `input ${i}` };
  });
  return { bottom: area.y + height, width, spots };
}

function drawInput(stage: Stage, name: string, map: Float32Array, grid: readonly [number, number], at: number, place: Place, colours: ReturnType<typeof coloursOf>): void {
  write(stage.svg, shorten(name, Math.max(place.width, 120), 11, true), place.x, place.y - 5, { fill: ink, bold: true });
  drawMap(stage, map, grid[1], colours, place);
  frameCells(stage.svg, 'window', place, grid, { top: Math.floor(at / grid[1]), left: at % grid[1], rows: 1, columns: 1 });
}

const left = 44;
const bottom = 34;

/** What the stages make of every number between the least and the greatest of the map, and where this cell is. */
function drawFunction(svg: Drawing, { map, stages }: Elementwise, at: number, x: number, y: number): void {
  const [low, high] = remembered(map, 'extent with 0', () => [map.reduce((a, b) => Math.min(a, b), 0), map.reduce((a, b) => Math.max(a, b), 0)]);
  const of = (value: number, list: readonly Step[] = stages): number => applyStages(list, value, at).at(-1)?.output ?? value;
  const curve = Array.from({ length: 121 }, (_, i) => low + ((high - low || 1) * i) / 120).map((value) => [value, of(value)]);
  const outputs = curve.map(([, output]) => output);
  const across = scaleLinear([low, high || low + 1], [x + left, x + chart.width - 8]);
  const down = scaleLinear([Math.min(0, ...outputs), Math.max(0, ...outputs) || 1], [y + chart.height - bottom, y + head]);
  const group = svg.append('g').attr('class', 'function');
  const axes = [
    group.append('g').attr('transform', `translate(0,${y + chart.height - bottom})`).call(axisBottom(across).ticks(4).tickSize(4) as never),
    group.append('g').attr('transform', `translate(${x + left},0)`).call(axisLeft(down).ticks(4).tickSize(4) as never),
  ];
  for (const axis of axes) {
    axis.attr('font-size', 10.5).attr('font-family', null).attr('fill', null);
    axis.selectAll('line').attr('stroke', hairline);
    axis.select('.domain').remove();
    axis.selectAll('text').attr('fill', faintInk);
  }
  write(group as never, 'what goes in', x + left + (chart.width - left) / 2, y + chart.height - 4, { size: 10.5, fill: softInk, anchor: 'middle' });
  write(group as never, 'what comes out', x + left - 30, y + 9, { size: 10.5, fill: softInk });
  group.append('path').attr('d', curve.map(([value, output], i) => `${i ? 'L' : 'M'}${across(value).toFixed(1)},${down(output).toFixed(1)}`).join('')).attr('fill', 'none').attr('stroke', softInk).attr('stroke-width', 2);
  const value = map[at];
  group.append('path').attr('d', `M${across(value).toFixed(1)},${y + chart.height - bottom}V${down(of(value)).toFixed(1)}H${x + left}`).attr('fill', 'none').attr('stroke', frameInk).attr('stroke-dasharray', '3 3');
  group.append('circle').attr('cx', across(value).toFixed(1)).attr('cy', down(of(value)).toFixed(1)).attr('r', 5).attr('fill', frameInk).attr('stroke', '#fff').attr('stroke-width', 1.5);
}
