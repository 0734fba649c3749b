import { colorTable } from '../../src/figure/colormap';
import { inkOn } from '../../src/figure/luminance';
import { drawLyingScale } from '../../src/figure/lyingScale';
import { minus, powerOfTen } from '../../src/figure/numbers';
import { normalize } from '../../src/figure/normalize';
import { drawPanel } from '../../src/figure/sheet';
import type { Place, Stage } from '../../src/figure/stage';
import { type Drawing, faintInk, hairline, softInk } from '../../src/figure/svg';
import { roomFor, shorten } from '../../src/figure/text';
import { drawLines, styles, textLines } from '../../src/figure/textBlock';
import { type GalleryData, kernelAt, layoutOf, shownInputs, weightsOf } from './data';
import { colourPixels, rangeOf, signedColours } from './pictures';
import type { GalleryState } from './state';
import { factsText, filterText, inputText, isPointwise, numberText } from './words';

const gap = 14;
const titleHeight = 15;
/** A cell that holds a number, and the least one that does not. */
const written = { width: 36, height: 22 };
const colourSide = 112;
const barsHeight = 118;

/** The picked filter large, with its weights in numbers; gives the y below. */
export function drawDetail(stage: Stage, data: GalleryData, state: GalleryState, x: number, top: number, width: number): number {
  const { svg } = stage;
  const { picked } = state;
  let y = drawLines(svg, [...textLines(filterText(data, picked), width, styles.title), ...textLines(factsText(data, picked), width, styles.subtitle)], x, top) + 8;
  if (isPointwise(data) && data.inputs.length > 1) return drawWeightBars(svg, data, picked, { x, y, width, height: barsHeight });
  if (layoutOf(data) === 'colour') {
    const [rows, columns] = data.size;
    const scale = colourSide / Math.max(rows, columns);
    const place = { x, y, width: Math.round(columns * scale), height: Math.round(rows * scale) };
    drawPanel(stage, { pixels: colourPixels(data, state, picked), look: 'crisp' }, place);
    const ends = rangeOf(data, state, picked).map(numberText) as [string, string];
    drawLyingScale(svg, signedColours, ends, x + width, y + place.height - 12);
    y += place.height + 12;
  }
  const { power, decimals } = writingOf(weightsOf(data, picked));
  const told = power ? `numbers × ${powerOfTen(power)}` : '';
  const title = data.inputCount > 1 ? titleHeight : 0;
  const { cell, grids, perLine } = gridsOf(data, picked, width);
  const more = grids.length < data.inputs.length ? `the ${grids.length} of ${data.inputCount} input channels on which its weights are greatest` : '';
  const lines = textLines([more, told].filter(Boolean).join(' · '), width, styles.subtitle);
  y = drawLines(svg, lines, x, y - (lines.length ? 4 : 0)) + (lines.length ? 6 : 0);
  const [across, down] = [data.size[1] * cell.width, data.size[0] * cell.height];
  grids.forEach((input, at) => {
    const place = { x: x + (at % perLine) * (across + gap), y: y + Math.floor(at / perLine) * (down + title + gap), width: across, height: down };
    if (title) svg.append('text').attr('x', place.x).attr('y', place.y + 10).attr('font-size', 11).attr('fill', softInk).text(shorten(inputText(data, input), across, 11));
    drawNumbers(svg, data, state, input, { ...place, y: place.y + title }, (weight) => numberIn(weight / 10 ** power, decimals));
  });
  return y + Math.ceil(grids.length / perLine) * (down + title + gap) - gap;
}

/** Which input channels are shown in numbers, the strongest of the filter, and how large their cells are. */
function gridsOf(data: GalleryData, filter: number, width: number): { cell: typeof written; grids: number[]; perLine: number } {
  const [rows, columns] = data.size;
  // Without numbers, up to three stand side by side.
  const beside = Math.min(3, data.inputs.length);
  const room = Math.min(230, (width - (beside - 1) * gap) / beside);
  const side = Math.max(3, Math.min(written.height, Math.floor(room / Math.max(rows, columns))));
  const cell = columns * written.width <= Math.max(width, 110) && rows <= 7 ? written : { width: side, height: side };
  const perLine = Math.max(1, Math.floor((width + gap) / (columns * cell.width + gap)));
  const most = layoutOf(data) === 'rows' ? perLine * (perLine < 4 ? 2 : 1) : data.inputs.length;
  const sizeOf = (input: number): number => kernelAt(data, filter, input).reduce((sum, value) => sum + value * value, 0);
  const places = shownInputs(data);
  const grids = places.length <= most ? places : places.sort((a, b) => sizeOf(b) - sizeOf(a)).slice(0, most);
  return { cell, grids, perLine };
}

/** How the numbers of a filter are written so that they fit their cells: without a power of ten where they are very small or large. */
function writingOf(weights: Float32Array): { power: number; decimals: number } {
  const size = weights.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (size >= 1000 || (size > 0 && size < 0.1)) return { power: Math.floor(Math.log10(size)), decimals: 2 };
  return { power: 0, decimals: size < 10 ? 2 : size < 100 ? 1 : 0 };
}

/** No zero has a minus sign. */
const numberIn = (value: number, decimals: number): string => minus(value.toFixed(decimals).replace(/^-(0(?:\.0*)?)$/, '$1'));

/** The weights of one kernel in cells of their colours, written in where there is room. */
function drawNumbers(svg: Drawing, data: GalleryData, state: GalleryState, input: number, { x, y, width, height }: Place, write: (weight: number) => string): void {
  const [rows, columns] = data.size;
  const cell = { width: width / columns, height: height / rows };
  const kernel = kernelAt(data, state.picked, input);
  const table = colorTable(signedColours);
  const places = normalize(kernel, rangeOf(data, state, state.picked), 'signed');
  kernel.forEach((weight, tap) => {
    const [left, top] = [x + (tap % columns) * cell.width, y + Math.floor(tap / columns) * cell.height];
    const [r, g, b] = table.subarray(Math.round(places[tap] * 255) * 3, Math.round(places[tap] * 255) * 3 + 3);
    svg.append('rect').attr('x', left).attr('y', top).attr('width', cell.width).attr('height', cell.height).attr('fill', `rgb(${r},${g},${b})`).attr('stroke', hairline).attr('stroke-width', 0.5);
    if (cell.width < written.width) return;
    svg.append('text').attr('data-on-colour', '').attr('x', left + cell.width / 2).attr('y', top + cell.height / 2 + 3.5).attr('text-anchor', 'middle').attr('font-size', 10).attr('fill', inkOn(r, g, b)).text(write(weight));
  });
}

/** The weights of a kernel of 1 x 1 as bars about 0, one for each input channel. */
function drawWeightBars(svg: Drawing, data: GalleryData, filter: number, { x, y, width, height }: Place): number {
  const weights = weightsOf(data, filter);
  const most = weights.reduce((top, value) => Math.max(top, Math.abs(value)), 0) || 1;
  const label = numberText(most);
  const left = x + roomFor(`−${label}`, 10) + 6;
  const step = Math.min(46, (x + width - left) / weights.length);
  const [room, chart] = [step * weights.length, height - 30];
  const [middle, half] = [y + chart / 2, chart / 2];
  for (const [text, at] of [[label, y], ['0', middle], [`−${label}`, y + chart]] as const) {
    svg.append('text').attr('x', left - 5).attr('y', at + 3.5).attr('text-anchor', 'end').attr('font-size', 10).attr('fill', faintInk).text(text);
    svg.append('path').attr('d', `M${left},${at}h${room}`).attr('stroke', hairline);
  }
  const bar = (value: number, at: number): string => `M${(left + at * step).toFixed(1)},${middle}v${((-value / most) * half).toFixed(1)}h${Math.max(0.8, step - 1.5).toFixed(1)}V${middle}z`;
  const table = colorTable(signedColours);
  const colour = (at: number): string => `rgb(${table.slice(at * 3, at * 3 + 3).join(',')})`;
  for (const [sign, fill] of [[1, colour(230)], [-1, colour(25)]] as const) {
    const bars = [...weights].map((value, at) => (value * sign > 0 ? bar(value, at) : '')).join('');
    if (bars) svg.append('path').attr('d', bars).attr('fill', fill);
  }
  const every = Math.ceil(26 / step);
  data.inputs.forEach((input, at) => {
    if (at % every === 0) svg.append('text').attr('x', left + (at + 0.5) * step).attr('y', y + chart + 14).attr('text-anchor', 'middle').attr('font-size', 10).attr('fill', faintInk).text(input);
  });
  svg.append('text').attr('x', left).attr('y', y + chart + 28).attr('font-size', 10).attr('fill', softInk).text(shorten(`its weight on each input channel${data.inputs.length < data.inputCount ? ` (${data.inputs.length} of ${data.inputCount})` : ''}`, room, 10));
  return y + height;
}
