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

const height = 11;
// From the curve to the middle of its label.
const beside = 11;
// Along a label, where the curves are looked at.
const samples = 17;

/** Where each label stands, above or below its own curve, clear of all curves and of the labels before it; a label with no such place is left out: the table names its mark. */
export function labelPlaces(labels: readonly Label[], lines: readonly Line[], inner: Place): (Label & { x: number; y: number })[] {
  const placed: (Label & { x: number; y: number })[] = [];
  for (const label of labels) {
    let best: { x: number; y: number; room: number } | undefined;
    for (const { points } of lines.filter(({ curve }) => curve === label.curve)) {
      for (let x = inner.x + label.width / 2 + 4; x < inner.x + inner.width - label.width / 2; x += 6) {
        for (const side of [-1, 1]) {
          const span = Array.from({ length: samples }, (_, at) => x + label.width * (at / (samples - 1) - 0.5));
          const own = span.map((at) => heightAt(points, at)).filter((y): y is number => y !== undefined);
          if (!own.length) continue;
          const y = side < 0 ? Math.min(...own) - beside : Math.max(...own) + beside;
          if (y < inner.y + height / 2 || y > inner.y + inner.height - height / 2) continue;
          if (placed.some((other) => Math.abs(other.y - 4 - y) < height + 2 && Math.abs(other.x - x) < (other.width + label.width) / 2 + 4)) continue;
          const gaps = lines.flatMap((line) => span.map((at) => heightAt(line.points, at)).filter((each): each is number => each !== undefined).map((each) => Math.abs(each - y)));
          // Far from the others, and near to its own.
          const room = Math.min(30, ...gaps) - Math.abs(y - (heightAt(points, x) ?? y)) * 0.3;
          if (Math.min(...gaps) >= height / 2 + 2 && (!best || room > best.room)) best = { x, y, room };
        }
      }
    }
    if (best) placed.push({ ...label, x: best.x, y: best.y + 4 });
  }
  return placed;
}

/** The height of a curve at a place; undefined beyond its ends. */
function heightAt(points: Line['points'], x: number): number | undefined {
  const next = points.findIndex(([at]) => at >= x);
  if (next < 0 || (next === 0 && points[0][0] > x)) return undefined;
  if (next === 0) return points[0][1];
  const [[x0, y0], [x1, y1]] = [points[next - 1], points[next]];
  return y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
}
