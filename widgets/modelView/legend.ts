import { drawLyingScale, type Ends, lyingScaleWidth } from '../../src/figure/lyingScale';
import { softInk, type Drawing } from '../../src/figure/svg';
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
  for (const { name, colour } of kindsIn(layers)) {
    const start = room(16 + roomFor(name, 11));
    svg.append('rect').attr('x', start).attr('y', y).attr('width', 11).attr('height', 11).attr('rx', 2).attr('fill', colour);
    svg.append('text').attr('x', start + 16).attr('y', y + 9.5).attr('font-size', 11).attr('fill', softInk).text(name);
  }
  for (const colormap of maps ? new Set(outputs.flatMap((output) => (output?.channels.length ? [colormapOf(output)] : []))) : []) {
    const ends: Ends = colormap === 'RdBu' ? ['− the layer’s largest', '+ the layer’s largest'] : ['0', 'the layer’s largest'];
    const needed = lyingScaleWidth(ends);
    drawLyingScale(svg, colormap, ends, room(needed) + needed, y + 1);
  }
  return y - top + 12;
}
