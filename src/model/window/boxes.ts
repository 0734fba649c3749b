import type { Frame, Slide } from '../../kernels/window';
import type { MapSize } from './steps';
import type { Rectangle, Spans } from './spans';

/** Above this share of a map the whole map is computed: it needs no cutting out. */
const nearlyAll = 0.85;

/** Rows and columns of a box that, moved about, holds what each of these windows changes of a map. */
export function boxSize(spans: Spans, windows: readonly Rectangle[], value: number, [height, width]: MapSize): [number, number] {
  let rows = 1;
  let columns = 1;
  for (const window of windows) {
    const down = spans.rows(window)[value];
    const across = spans.columns(window)[value];
    rows = Math.max(rows, down.end - down.start);
    columns = Math.max(columns, across.end - across.start);
  }
  return rows * columns > nearlyAll * height * width ? [height, width] : [rows, columns];
}

/** The box of each window, moved so far that it lies inside the map. */
export function boxes(spans: Spans, windows: readonly Rectangle[], value: number, map: MapSize): Frame {
  const size = boxSize(spans, windows, value, map);
  return {
    tops: Int32Array.from(windows, (window) => Math.min(spans.rows(window)[value].start, map[0] - size[0])),
    lefts: Int32Array.from(windows, (window) => Math.min(spans.columns(window)[value].start, map[1] - size[1])),
    size,
  };
}

/** The whole map, for each of `count` windows. */
export const wholeMaps = (count: number, [height, width]: MapSize): Frame => ({ tops: new Int32Array(count), lefts: new Int32Array(count), size: [height, width] });

/** How much an op must read to compute a box of this size. */
export const readSize = ([rows, columns]: readonly number[], [down, across]: [Slide, Slide]): [number, number] => [
  (rows - 1) * down.stride + down.reach,
  (columns - 1) * across.stride + across.reach,
];

/** Where it must read to compute these boxes. */
export const readFrame = ({ tops, lefts, size }: Frame, slides: [Slide, Slide]): Frame => ({
  tops: tops.map((top) => top * slides[0].stride - slides[0].before),
  lefts: lefts.map((left) => left * slides[1].stride - slides[1].before),
  size: readSize(size, slides),
});
