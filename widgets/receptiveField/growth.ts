import { scaleLinear, scaleLog } from 'd3-scale';
import type { Place } from '../../src/figure/stage';
import { accent, type Drawing, faintInk, hairline, softInk } from '../../src/figure/svg';
import { roomFor, shorten } from '../../src/figure/text';
import type { ReceptiveData } from './data';
import { shownLayer, typicalSide } from './looking';

/** Told apart in grey and by colour-blind readers (Paul Tol's bright scheme), and by dots. */
export const theoreticalInk = '#4477aa';
export const effectiveInk = '#aa3377';

const left = 62;
const bottom = 20;
const labelSize = 10.5;

export const growthHeight = 150;

/** How the field grows from layer to layer, on a logarithmic scale of pixels; gives the part that the layers stand in. */
export function drawGrowth(svg: Drawing, data: ReceptiveData, shown: number, x: number, y: number, width: number): Place {
  const { layers, image } = data;
  const sides = layers.map((_, at) => {
    const { rows, columns } = shownLayer(data, at).fields;
    return Math.max(1, Math.sqrt(rows.size * columns.size));
  });
  const imageSide = Math.sqrt(image.width * image.height);
  const place = { x: x + left, y: y + 8, width: width - left - 8, height: growthHeight - bottom - 8 };
  const across = scaleLinear([0, layers.length], [place.x, place.x + place.width]);
  const down = scaleLog([1, Math.max(imageSide, ...sides) * 1.25], [place.y + place.height, place.y]).base(2);
  drawGrid(svg, place, down, imageSide);
  drawStages(svg, data, place, across);

  const steps = sides.map((side, at) => `${at ? 'L' : 'M'}${across(at).toFixed(1)},${down(side).toFixed(1)}H${across(at + 1).toFixed(1)}`).join('');
  svg.append('path').attr('class', 'theoretical').attr('d', steps).attr('fill', 'none').attr('stroke', theoreticalInk).attr('stroke-width', 2);
  const dots = layers.flatMap((layer, at) => {
    const side = typicalSide(layer);
    return side === undefined ? [] : [{ x: across(at + 0.5), y: down(Math.max(1, side)) }];
  });
  for (const dot of dots) svg.append('circle').attr('class', 'effective').attr('cx', dot.x.toFixed(1)).attr('cy', dot.y.toFixed(1)).attr('r', 3.5).attr('fill', effectiveInk);

  const at = across(shown + 0.5);
  svg.append('path').attr('d', `M${at.toFixed(1)},${place.y}v${place.height}`).attr('stroke', accent).attr('stroke-width', Math.max(1.5, Math.min(6, across(1) - across(0)))).attr('stroke-opacity', 0.45);
  svg.append('circle').attr('cx', at.toFixed(1)).attr('cy', down(sides[shown]).toFixed(1)).attr('r', 4.5).attr('fill', theoreticalInk).attr('stroke', '#fff').attr('stroke-width', 1.5);
  return place;
}

/** Powers of four, and the side of the image. */
function drawGrid(svg: Drawing, { x, y, width, height }: Place, down: (side: number) => number, imageSide: number): void {
  const [, top] = [down(1), y];
  for (let side = 1; down(side) >= top; side *= 4) {
    if (Math.abs(down(side) - down(imageSide)) < 11) continue;
    svg.append('path').attr('d', `M${x},${down(side).toFixed(1)}h${width}`).attr('stroke', hairline);
    svg.append('text').attr('x', x - 6).attr('y', down(side) + 3.5).attr('text-anchor', 'end').attr('font-size', labelSize).attr('fill', faintInk).text(`${side}${side === 1 ? ' px' : ''}`);
  }
  svg.append('path').attr('d', `M${x},${down(imageSide).toFixed(1)}h${width}`).attr('stroke', softInk).attr('stroke-dasharray', '5 4');
  svg.append('text').attr('x', x - 6).attr('y', down(imageSide) + 3.5).attr('text-anchor', 'end').attr('font-size', labelSize).attr('fill', softInk).text(`image ${Math.round(imageSide)}`);
  svg.append('path').attr('d', `M${x},${y + height}h${width}`).attr('stroke', hairline);
}

/** Where the maps become smaller, and their sizes. */
function drawStages(svg: Drawing, { layers }: ReceptiveData, { y, height }: Place, across: (at: number) => number): void {
  for (let first = 0; first < layers.length; ) {
    const { map } = layers[first];
    const next = layers.findIndex((layer, at) => at > first && (layer.map[0] !== map[0] || layer.map[1] !== map[1]));
    const end = next < 0 ? layers.length : next;
    const room = across(end) - across(first) - 6;
    const text = [`${map[0]} × ${map[1]}`, `${map[0]}`].find((each) => roomFor(each, labelSize) <= room);
    svg.append('path').attr('d', `M${across(end).toFixed(1)},${y}v${height + 4}`).attr('stroke', hairline);
    if (text) svg.append('text').attr('x', (across(first) + across(end)) / 2).attr('y', y + height + 14).attr('text-anchor', 'middle').attr('font-size', labelSize).attr('fill', faintInk).text(shorten(text, room, labelSize));
    first = end;
  }
}
