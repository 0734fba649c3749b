import type { Cell } from '../../src/features/effective/cells';
import type { Spot, Stage } from '../../src/figure/stage';
import { accent, hairline, ink, softInk } from '../../src/figure/svg';
import { shorten } from '../../src/figure/text';
import type { ReceptiveData } from './data';
import { keyPlaces, seers, shownLayer } from './looking';

const side = 76;
const gap = 14;
const rowHeight = side + 40;

/** How wide the pictures of the maps may be: as many beside each other as there is room for. */
const perRow = (width: number): number => Math.max(1, Math.floor((width + gap) / (104 + gap)));

export const seenByHeight = (data: ReceptiveData, width: number): number => Math.ceil(keyPlaces(data).length / perRow(width)) * rowHeight - 8;

/** For a few layers, which cells see a pixel: small maps, each a picture of the image with those cells marked. Pressing one goes to its layer. */
export function drawSeenBy({ svg, ...stage }: Stage, data: ReceptiveData, shown: number, pixel: Cell, x: number, y: number, width: number): Spot[] {
  const { image } = data;
  const across = perRow(width);
  const scale = side / Math.max(image.width, image.height);
  const [w, h] = [image.width * scale, image.height * scale];
  const step = Math.max(104 + gap, Math.min(160, (width + gap) / Math.min(across, keyPlaces(data).length)));
  return keyPlaces(data).map((at, i): Spot => {
    const { name, map, fields } = shownLayer(data, at);
    const place = { x: x + (i % across) * step, y: y + Math.floor(i / across) * rowHeight, width: w, height: h };
    const { rows, columns, count } = seers(fields, pixel);
    stage.raster(place, image, 'smooth');
    const chosen = at === shown;
    if (count) {
      const [cellWidth, cellHeight] = [w / map[1], h / map[0]];
      const box = svg.append('rect').attr('class', 'seers').attr('x', (place.x + columns.start * cellWidth).toFixed(2)).attr('y', (place.y + rows.start * cellHeight).toFixed(2));
      box.attr('width', Math.max(2, (columns.end - columns.start) * cellWidth).toFixed(2)).attr('height', Math.max(2, (rows.end - rows.start) * cellHeight).toFixed(2));
      box.attr('fill', '#ffdd33').attr('fill-opacity', 0.45).attr('stroke', '#ffdd33').attr('stroke-width', 1.2);
    }
    const edge = chosen ? 1.5 : 0.5;
    svg.append('rect').attr('x', place.x - edge).attr('y', place.y - edge).attr('width', w + 2 * edge).attr('height', h + 2 * edge).attr('fill', 'none').attr('stroke', chosen ? accent : hairline).attr('stroke-width', chosen ? 3 : 1);
    const room = step - gap;
    const cells = count === map[0] * map[1] ? `all ${map[0]} × ${map[1]}` : `${rows.end - rows.start} × ${columns.end - columns.start} of ${map[0]} × ${map[1]}`;
    svg.append('text').attr('x', place.x).attr('y', place.y + h + 13).attr('font-size', 11).attr('font-weight', chosen ? 600 : null).attr('fill', ink).text(shorten(name, room, 11, chosen));
    svg.append('text').attr('x', place.x).attr('y', place.y + h + 27).attr('font-size', 10.5).attr('fill', softInk).text(shorten(cells, room, 10.5));
    return { ...place, name: `layer ${at}` };
  });
}
