import type { Rectangle, Spans } from './spans';
import type { WindowStep } from './steps';

/** The longest list of windows that is grouped at once: what is left undone when a map is stopped lies together. */
const longest = 256;

/** The list in pieces that grow in length, so that the first results are there soon and cover what the first windows cover. */
export function chunked(windows: readonly Rectangle[]): Rectangle[][] {
  const chunks: Rectangle[][] = [];
  for (let at = 0, size = 16; at < windows.length; at += size, size = Math.min(longest, size * 3)) chunks.push(windows.slice(at, at + size));
  return chunks;
}

/** Windows sorted into `classes` by the height of what they change, and as many by width: one batch has boxes of one size, as wide as its widest. */
export function grouped(spans: Spans, leading: readonly WindowStep[], windows: readonly Rectangle[], classes: number): Rectangle[][] {
  const heights = ranks(windows.map((window) => extent(spans.rows(window), leading, 0)), classes);
  const widths = ranks(windows.map((window) => extent(spans.columns(window), leading, 1)), classes);
  const groups = new Map<number, Rectangle[]>();
  windows.forEach((window, i) => {
    const key = heights[i] * classes + widths[i];
    const group = groups.get(key);
    if (group) group.push(window);
    else groups.set(key, [window]);
  });
  return [...groups.values()];
}

/** The sum over all maps of the share of its length that changes. */
const extent = (spans: readonly { start: number; end: number }[], leading: readonly WindowStep[], axis: 0 | 1): number =>
  leading.reduce((sum, { step, output }) => sum + (spans[step.outputs[0]].end - spans[step.outputs[0]].start) / output[axis], 0);

/** Numbers 0 to `classes` - 1 for equal parts of the range. */
function ranks(values: readonly number[], classes: number): number[] {
  const least = Math.min(...values);
  const range = Math.max(...values) - least || 1;
  return values.map((value) => Math.min(classes - 1, Math.floor(((value - least) / range) * classes)));
}
