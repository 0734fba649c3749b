import type { EnergyInside } from '../metrics/energyInside';
import type { IntersectionOverUnion } from '../metrics/intersectionOverUnion';
import type { PointingGame } from '../metrics/pointingGame';
import { capital, headingOf } from './caption';
import { Figure } from './figure';
import { altOf, notesOf, signOf } from './mapPanel';
import { overlayPanel } from './overlayPanel';
import { plain } from './plain';
import { drawSheet } from './sheet';
import { singleChannel } from './shown';
import type { Place } from './stage';
import type { Drawing } from './svg';
import { svgStage } from './svgStage';

/** A map over its image with the region that it was held against: outlined, and, as the measure has them, the strongest place or the strong part. */
export function localisationFigure(result: PointingGame | EnergyInside | IntersectionOverUnion): Figure {
  const { map, region } = result;
  const { panel, bar } = overlayPanel(map, {});
  const { stage, finish } = svgStage();
  const lines = ['white line: the region', 'strong' in result && 'yellow: the strong part of the map', 'hit' in result && 'ring: the strongest place, as wide as the tolerance'].filter(Boolean).join('; ');
  const size = drawSheet(stage, { panels: [panel], bar, heading: headingOf(map), details: `${capital(result.measure)}: ${result.finding} · ${lines}`, notes: notesOf(map) });
  const [place] = size.places;
  if ('strong' in result) outline(stage.svg, result.strong, map.image, place, '#ffd23f');
  outline(stage.svg, region, map.image, place, '#fff');
  if ('hit' in result && !Number.isNaN(result.x)) ring(stage.svg, result, place);
  const alt = `${String(result)}. ${altOf('Overlay', map, signOf(singleChannel(map), {}))}`;
  return new Figure({ svg: finish(size), width: size.width, height: size.height, alt: plain(alt), caption: plain(`${headingOf(map)} · ${result}`), data: result });
}

/** A line on a wider dark one, to be seen on any picture. */
const onDark = (colour: string): (readonly [stroke: string, thick: number])[] => [['#000', 3.5], [colour, 1.75]];

/** The edge of a mask, along its pixels. */
function outline(svg: Drawing, mask: Uint8Array, { width, height }: { width: number; height: number }, place: Place, colour: string): void {
  const inside = (x: number, y: number): number => (x < 0 || y < 0 || x >= width || y >= height ? 0 : mask[y * width + x]);
  const [across, down] = [place.width / width, place.height / height];
  let d = '';
  const line = (x0: number, y0: number, x1: number, y1: number): void => {
    d += `M${(place.x + x0 * across).toFixed(1)},${(place.y + y0 * down).toFixed(1)}L${(place.x + x1 * across).toFixed(1)},${(place.y + y1 * down).toFixed(1)}`;
  };
  runs(height + 1, width, (y, x) => inside(x, y - 1) !== inside(x, y), (y, from, to) => line(from, y, to, y));
  runs(width + 1, height, (x, y) => inside(x - 1, y) !== inside(x, y), (x, from, to) => line(x, from, x, to));
  for (const [stroke, thick] of onDark(colour)) svg.append('path').attr('d', d).attr('fill', 'none').attr('stroke', stroke).attr('stroke-width', thick).attr('stroke-linecap', 'square');
}

/** Neighbouring edges of one line as one piece. */
function runs(lines: number, length: number, isEdge: (line: number, at: number) => boolean, take: (line: number, from: number, to: number) => void): void {
  for (let line = 0; line < lines; line++) {
    for (let at = 0; at < length; at++) {
      if (!isEdge(line, at)) continue;
      const from = at;
      while (at < length && isEdge(line, at)) at++;
      take(line, from, at);
    }
  }
}

/** Around the strongest place, as wide as the tolerance, and a dot in it. */
function ring(svg: Drawing, { map: { image }, x, y, tolerance }: PointingGame, place: Place): void {
  const scale = place.width / image.width;
  const [cx, cy] = [place.x + (x + 0.5) * scale, place.y + ((y + 0.5) * place.height) / image.height];
  for (const [stroke, thick] of onDark('#fff')) {
    svg.append('circle').attr('cx', cx).attr('cy', cy).attr('r', Math.max(5, tolerance * scale)).attr('fill', 'none').attr('stroke', stroke).attr('stroke-width', thick);
    svg.append('circle').attr('cx', cx).attr('cy', cy).attr('r', stroke === '#000' ? 3.5 : 2).attr('fill', stroke);
  }
}
