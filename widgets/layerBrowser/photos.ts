import { drawPanel } from '../../src/figure/sheet';
import type { Spot, Stage } from '../../src/figure/stage';
import { softInk } from '../../src/figure/svg';
import { shorten } from '../../src/figure/text';
import type { BrowserData } from './data';
import { drawFrame, placeOfCells } from './frames';
import { type BrowserState, cursorCell, isVector, layerAt, wholeOf, windowOf } from './state';

const gap = 10;
/** What a name below a photograph takes. */
export const nameHeight = 18;

/** What the network saw, side by side, with the part of which the values are shown and the place that is pointed at. */
export function drawPhotos(stage: Stage, data: BrowserData, state: BrowserState, left: number, top: number, side: number): Spot[] {
  const layer = layerAt(data, state);
  const whole = wholeOf(layer);
  const part = windowOf(data, state);
  return data.photos.map((photo, at) => {
    const scale = side / Math.max(photo.width, photo.height);
    const place = { x: left + at * (side + gap), y: top, width: photo.width * scale, height: photo.height * scale };
    drawPanel(stage, { pixels: photo, look: 'smooth' }, place);
    stage.svg.append('text').attr('x', place.x).attr('y', place.y + place.height + 13).attr('font-size', 11).attr('fill', softInk).text(shorten(photo.name, side, 11));
    if (!isVector(layer)) {
      const cell = cursorCell(layer, state);
      if (part.rows < whole.rows || part.columns < whole.columns) drawFrame(stage.svg, placeOfCells(place, whole, part), 'part');
      if (cell) drawFrame(stage.svg, placeOfCells(place, whole, cell), 'cursor');
    }
    return { name: `photo ${at}`, ...place };
  });
}
