/** Where the scored windows of a patch lie: on a grid, all of its places or, where the map was stopped early, some. */
export interface Grid {
  /** Of the picture, in pixels. */
  height: number;
  width: number;
  patch: readonly [height: number, width: number];
  /** The first row of each row of windows, and the first column of each column. */
  tops: readonly number[];
  lefts: readonly number[];
  /** 1 for each place, row by row, that was scored; undefined where all were. */
  scored?: Uint8Array;
}

/** A window: rows `top` to `bottom` (exclusive), columns `left` to `right`. */
export interface Box {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

const known = new WeakMap<Grid, Scan>();

/** The windows of a grid; a page asks in every frame. */
export function scanOf(grid: Grid): Scan {
  const scan = known.get(grid) ?? new Scan(grid);
  known.set(grid, scan);
  return scan;
}

/** What the arrow keys and their kin ask for. */
export type Step = 'left' | 'right' | 'up' | 'down' | 'rowStart' | 'rowEnd' | 'pageUp' | 'pageDown' | 'first' | 'last';

/** The scored windows, row by row, and the ways from one to another. */
export class Scan {
  private readonly boxes: readonly Box[];
  /** The first and the last window of each row. */
  private readonly rows: readonly (readonly [first: number, last: number])[];

  constructor(private readonly grid: Grid) {
    const { height, width, patch, tops, lefts, scored } = grid;
    const boxes: Box[] = [];
    const rows: [number, number][] = [];
    tops.forEach((top, row) => {
      const first = boxes.length;
      lefts.forEach((left, column) => {
        if (scored && !scored[row * lefts.length + column]) return;
        boxes.push({ top, left, bottom: Math.min(height, top + patch[0]), right: Math.min(width, left + patch[1]) });
      });
      if (boxes.length > first) rows.push([first, boxes.length - 1]);
    });
    this.boxes = boxes;
    this.rows = rows;
  }

  get length(): number {
    return this.boxes.length;
  }

  box(window: number): Box {
    return this.boxes[window];
  }

  /** The window whose middle lies nearest to a point of the picture; `exact`: whether no place that was left out lies nearer. */
  nearest(x: number, y: number): { window: number; exact: boolean } {
    const { tops, lefts, scored, patch } = this.grid;
    const [row, column] = [closest(tops, y - patch[0] / 2), closest(lefts, x - patch[1] / 2)];
    if (!scored) return { window: row * lefts.length + column, exact: true };
    const away = ({ top, left }: Box): number => Math.hypot(top - tops[row], left - lefts[column]);
    let window = 0;
    this.boxes.forEach((box, i) => {
      if (away(box) < away(this.boxes[window])) window = i;
    });
    return { window, exact: scored[row * lefts.length + column] === 1 };
  }

  /** The window that a step leads to; the same one at an edge. */
  step(window: number, step: Step): number {
    const row = this.rows.findIndex(([, last]) => window <= last);
    const [first, last] = this.rows[row];
    if (step === 'left') return Math.max(first, window - 1);
    if (step === 'right') return Math.min(last, window + 1);
    if (step === 'rowStart') return first;
    if (step === 'rowEnd') return last;
    if (step === 'first') return 0;
    if (step === 'last') return this.length - 1;
    // A page is a quarter of the rows.
    const far = step === 'up' || step === 'down' ? 1 : Math.max(1, Math.round(this.rows.length / 4));
    return this.inRow(row + (step === 'up' || step === 'pageUp' ? -far : far), this.boxes[window].left);
  }

  /** The window of a row that lies nearest to a column. */
  private inRow(row: number, left: number): number {
    const [first, last] = this.rows[Math.max(0, Math.min(this.rows.length - 1, row))];
    return first + closest(this.boxes.slice(first, last + 1).map((box) => box.left), left);
  }
}

/** The place in a list of the number that is nearest. */
function closest(values: readonly number[], wanted: number): number {
  let best = 0;
  values.forEach((value, i) => {
    if (Math.abs(value - wanted) < Math.abs(values[best] - wanted)) best = i;
  });
  return best;
}
