import { colorTable, type Colormap } from '../../src/figure/colormap';
import { hairline, softInk, type Drawing } from '../../src/figure/svg';
import { roomFor } from '../../src/figure/text';
import { kindsIn } from '../layerKinds';
import type { ModelViewData } from './data';
import { colormapOf } from './tiles';

const rowHeight = 19;

/** The colours of the kinds that occur, and those of the maps where maps are shown; gives the height. */
export function drawLegend(svg: Drawing, { layers, outputs = [] }: Pick<ModelViewData, 'layers' | 'outputs'>, maps: boolean, left: number, top: number, width: number): number {
  let [x, y] = [left, top];
  const room = (needed: number): number => {
    if (x > left && x + needed > left + width) [x, y] = [left, y + rowHeight];
    const start = x;
    x += needed + 14;
    return start;
  };
  const label = (text: string, at: number): void => void svg.append('text').attr('x', at).attr('y', y + 9.5).attr('font-size', 11).attr('fill', softInk).text(text);
  for (const { name, colour } of kindsIn(layers)) {
    const start = room(16 + roomFor(name, 11));
    svg.append('rect').attr('x', start).attr('y', y).attr('width', 11).attr('height', 11).attr('rx', 2).attr('fill', colour);
    label(name, start + 16);
  }
  if (maps) {
    const used = new Set(outputs.flatMap((output) => (output?.channels.length ? [colormapOf(output)] : [])));
    for (const colormap of used) {
      const [low, high] = colormap === 'RdBu' ? ['− layer’s largest', '+ layer’s largest'] : ['0', 'layer’s largest'];
      const start = room(roomFor(low, 11) + 64 + roomFor(high, 11) + 12);
      label(low, start);
      drawScale(svg, colormap, start + roomFor(low, 11) + 6, y);
      label(high, start + roomFor(low, 11) + 76);
    }
  }
  return y - top + 12;
}

/** A small lying colour scale. */
function drawScale(svg: Drawing, colormap: Colormap, x: number, y: number): void {
  const table = colorTable(colormap);
  for (let step = 0; step < 16; step++) {
    const at = Math.round((step / 15) * 255) * 3;
    svg.append('rect').attr('x', x + step * 4).attr('y', y).attr('width', 4.3).attr('height', 11).attr('fill', `rgb(${table.slice(at, at + 3).join(',')})`);
  }
  svg.append('rect').attr('x', x).attr('y', y).attr('width', 64).attr('height', 11).attr('fill', 'none').attr('stroke', hairline);
}
