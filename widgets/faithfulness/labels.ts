import type { Place } from '../../src/figure/stage';

export interface Label {
  curve: number;
  text: string;
  width: number;
}

/** A curve in pixels, from left to right. */
export interface Line {
  curve: number;
  points: readonly (readonly [x: number, y: number])[];
}

/** A label with the middle of its baseline. */
export interface PlacedLabel extends Label {
  x: number;
  y: number;
}

const height = 11;
// From the middle of a label's letters to its baseline.
const drop = 4;
// From a curve to the middle of its label, and the least way to any curve.
const beside = 11;
const clear = height / 2 + 2;
// Along a label, where the curves are looked at; and from one place that is tried to the next.
const samples = 17;
const step = 6;

/** Where each label stands, above or below its own curve, clear of all curves and of the labels before it; one that has no such place is left out: the table names its mark. */
export function labelPlaces(labels: readonly Label[], lines: readonly Line[], inner: Place): PlacedLabel[] {
  const placed: PlacedLabel[] = [];
  for (const label of labels) {
    const own = lines.filter(({ curve }) => curve === label.curve);
    const free = own
      .flatMap((line) => placesBeside(label, line, inner))
      .filter((place) => !placed.some((other) => overlap(place, other)))
      .map((place) => ({ ...place, gap: gapAround(place, lines) }))
      .filter(({ gap }) => gap >= clear);
    // Far from the other curves, and near to its own.
    const rate = ({ gap, away }: { gap: number; away: number }): number => Math.min(30, gap) - away * 0.3;
    if (free.length) placed.push(free.reduce((best, each) => (rate(each) > rate(best) ? each : best)));
  }
  return placed.map(({ curve, text, width, x, y }) => ({ curve, text, width, x, y: y + drop }));
}

/** The places above and below a line, from left to right, with how far they are from it; `y` is the middle of the letters. */
function placesBeside(label: Label, { points }: Line, { x, y, width, height: tall }: Place): (PlacedLabel & { away: number })[] {
  const count = Math.max(0, Math.floor((width - label.width - 4) / step) + 1);
  return Array.from({ length: count }, (_, at) => x + 4 + label.width / 2 + at * step).flatMap((middle) => {
    const along = heightsAlong(points, middle, label.width);
    if (!along.length) return [];
    const own = heightAt(points, middle) ?? along[0];
    return [Math.min(...along) - beside, Math.max(...along) + beside]
      .filter((each) => each >= y + height / 2 && each <= y + tall - height / 2)
      .map((each) => ({ ...label, x: middle, y: each, away: Math.abs(each - own) }));
  });
}

const overlap = (a: PlacedLabel, b: PlacedLabel): boolean => Math.abs(a.y - b.y) < height + 2 && Math.abs(a.x - b.x) < (a.width + b.width) / 2 + 4;

/** How far the nearest curve passes above or below. */
const gapAround = ({ x, y, width }: PlacedLabel, lines: readonly Line[]): number => Math.min(...lines.flatMap(({ points }) => heightsAlong(points, x, width).map((each) => Math.abs(each - y))));

/** The heights of a curve along a label. */
const heightsAlong = (points: Line['points'], middle: number, width: number): number[] =>
  Array.from({ length: samples }, (_, at) => heightAt(points, middle + width * (at / (samples - 1) - 0.5))).filter((each): each is number => each !== undefined);

/** The height of a curve at a place; undefined beyond its ends. */
function heightAt(points: Line['points'], x: number): number | undefined {
  const next = points.findIndex(([at]) => at >= x);
  if (next < 0 || (next === 0 && points[0][0] > x)) return undefined;
  if (next === 0) return points[0][1];
  const [[x0, y0], [x1, y1]] = [points[next - 1], points[next]];
  return y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
}
