/** A picture of one value to a pixel inside a frame of zeros, so that no neighbour is missing; `stride` is the length of its rows. */
interface Grid {
  height: number;
  width: number;
  stride: number;
  /** The places that are to be filled in. */
  holes: Int32Array;
  /** 1 where a value is known. */
  known: Uint8Array;
  /** For each of the holes the weights of its neighbours inside the picture, added up: 1, but for the edges. */
  weights: Float64Array;
}

const straight = 1 / 6;
const diagonal = 1 / 12;

// How small the equations' error is to become, beside the spread of the values; the noise that ROAD adds is a hundredth of it.
const precise = 3e-5;
const fewest = 48;

/**
 * Fills holes in a picture, `[height, width, channels]`, so that each hidden pixel is the mean of its neighbours, those beside it with weight 1/6 and those at its corners with 1/12 (Rong et al. 2022).
 * All hidden pixels have an equation each: conjugate gradients solve them, from the same picture at half the size filled in before (cascadic multigrid, Bornemann & Deuflhard 1996).
 * `hidden`: 1 for each pixel to fill. A picture of which nothing is known stays as it is.
 */
export function impute(values: ArrayLike<number>, hidden: Uint8Array, [height, width, channels]: readonly [number, number, number], tolerance = precise): Float32Array {
  const filled = Float32Array.from(values);
  const grids = pyramid(hidden, height, width);
  if (!grids[0].holes.length || !grids[0].known.includes(1)) return filled;
  const plane = new Float64Array(grids[0].known.length);
  for (let c = 0; c < channels; c++) {
    for (let y = 0, at = c; y < height; y++) for (let x = 0, to = (y + 1) * grids[0].stride + 1; x < width; x++, at += channels, to++) plane[to] = values[at];
    const solved = solve(grids, 0, plane, tolerance * spread(plane, grids[0].known));
    for (const hole of grids[0].holes) filled[((Math.floor(hole / grids[0].stride) - 1) * width + (hole % grids[0].stride) - 1) * channels + c] = solved[hole];
  }
  return filled;
}

/** The picture, the same at half the size, ..., until few holes are left. A coarse pixel is known where any of those it stands for is. */
function pyramid(hidden: Uint8Array, height: number, width: number): Grid[] {
  const grids = [gridOf(hidden, height, width)];
  for (let above = hidden; grids[grids.length - 1].holes.length > fewest; ) {
    const last = grids[grids.length - 1];
    const [rows, columns] = [Math.ceil(last.height / 2), Math.ceil(last.width / 2)];
    const coarse = new Uint8Array(rows * columns).fill(1);
    for (let at = 0; at < above.length; at++) if (!above[at]) coarse[(Math.floor(at / last.width) >> 1) * columns + ((at % last.width) >> 1)] = 0;
    grids.push(gridOf(coarse, rows, columns));
    above = coarse;
  }
  return grids;
}

function gridOf(hidden: Uint8Array, height: number, width: number): Grid {
  const stride = width + 2;
  const known = new Uint8Array((height + 2) * stride);
  const holes: number[] = [];
  const weights: number[] = [];
  for (let at = 0; at < hidden.length; at++) {
    const [y, x] = [Math.floor(at / width), at % width];
    const place = (y + 1) * stride + x + 1;
    known[place] = 1 - hidden[at];
    if (!hidden[at]) continue;
    const down = Number(y > 0) + Number(y < height - 1);
    const across = Number(x > 0) + Number(x < width - 1);
    holes.push(place);
    weights.push((down + across) * straight + down * across * diagonal);
  }
  return { height, width, stride, holes: Int32Array.from(holes), known, weights: Float64Array.from(weights) };
}

/** The plane of a level with its holes filled. */
function solve(grids: readonly Grid[], level: number, plane: Float64Array, limit: number): Float64Array {
  const grid = grids[level];
  const guess = plane.slice();
  const coarser = grids[level + 1];
  if (coarser) enlarge(solve(grids, level + 1, halve(plane, grid, coarser), limit), coarser, guess, grid);
  else guessMean(guess, grid);
  return conjugateGradients(grid, guess, limit);
}

/** The means of the known pixels of each two by two. */
function halve(plane: Float64Array, fine: Grid, coarse: Grid): Float64Array {
  const sums = new Float64Array(coarse.known.length);
  const counts = new Float64Array(coarse.known.length);
  for (let y = 0; y < fine.height; y++) {
    for (let x = 0, at = (y + 1) * fine.stride + 1; x < fine.width; x++, at++) {
      if (!fine.known[at]) continue;
      const to = ((y >> 1) + 1) * coarse.stride + (x >> 1) + 1;
      sums[to] += plane[at];
      counts[to]++;
    }
  }
  return sums.map((sum, at) => sum / (counts[at] || 1));
}

/** The holes of the finer grid, between the nearest four of the coarser one. */
function enlarge(from: Float64Array, coarse: Grid, to: Float64Array, fine: Grid): void {
  for (const hole of fine.holes) {
    const [y, x] = [Math.floor(hole / fine.stride) - 1, (hole % fine.stride) - 1];
    const [row, column] = [y >> 1, x >> 1];
    const beside = Math.min(coarse.height - 1, Math.max(0, row + (y % 2 ? 1 : -1)));
    const next = Math.min(coarse.width - 1, Math.max(0, column + (x % 2 ? 1 : -1)));
    const value = (r: number, c: number): number => from[(r + 1) * coarse.stride + c + 1];
    to[hole] = (9 * value(row, column) + 3 * value(beside, column) + 3 * value(row, next) + value(beside, next)) / 16;
  }
}

function guessMean(plane: Float64Array, { holes, known }: Grid): void {
  const sum = plane.reduce((total, value, at) => (known[at] ? total + value : total), 0);
  const mean = sum / known.reduce((count, each) => count + each, 0);
  for (const hole of holes) plane[hole] = mean;
}

/** The weighted sum of a place's neighbours. */
const around = (plane: Float64Array, at: number, stride: number): number =>
  straight * (plane[at - 1] + plane[at + 1] + plane[at - stride] + plane[at + stride]) +
  diagonal * (plane[at - stride - 1] + plane[at - stride + 1] + plane[at + stride - 1] + plane[at + stride + 1]);

/** Improves the holes of `plane`, in place, until the mean error of the equations is below the limit (Hestenes & Stiefel 1952). */
function conjugateGradients({ holes, weights, stride, known }: Grid, plane: Float64Array, limit: number): Float64Array {
  const count = holes.length;
  const residual = new Float64Array(count);
  // 0 in the frame and where values are known.
  const direction = new Float64Array(known.length);
  const image = new Float64Array(count);
  let power = 0;
  for (let i = 0; i < count; i++) {
    const at = holes[i];
    residual[i] = around(plane, at, stride) - weights[i] * plane[at];
    direction[at] = residual[i];
    power += residual[i] * residual[i];
  }
  const goal = limit * limit * count;
  for (let step = 0; power > goal && step < count; step++) {
    let curvature = 0;
    for (let i = 0; i < count; i++) {
      const at = holes[i];
      image[i] = weights[i] * direction[at] - around(direction, at, stride);
      curvature += image[i] * direction[at];
    }
    const length = power / curvature;
    let rest = 0;
    for (let i = 0; i < count; i++) {
      plane[holes[i]] += length * direction[holes[i]];
      residual[i] -= length * image[i];
      rest += residual[i] * residual[i];
    }
    const keep = rest / power;
    for (let i = 0; i < count; i++) direction[holes[i]] = residual[i] + keep * direction[holes[i]];
    power = rest;
  }
  return plane;
}

/** The standard deviation of what is known. */
function spread(plane: Float64Array, known: Uint8Array): number {
  let [count, sum, squares] = [0, 0, 0];
  for (let at = 0; at < plane.length; at++) {
    if (!known[at]) continue;
    count++;
    sum += plane[at];
    squares += plane[at] ** 2;
  }
  return Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2)) || 1;
}
