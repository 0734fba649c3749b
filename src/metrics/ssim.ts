// The constants of Wang et al. 2004: an 11 x 11 Gaussian window.
const deviation = 1.5;
const reach = 5;
const [k1, k2] = [0.01, 0.03];

/**
 * The mean structural similarity of two grids whose values span `range`: of every place whose window lies within the grid, as scikit-image with `gaussian_weights=True`
 * and `use_sample_covariance=False`. The window is cut to what fits the shorter side; NaN below 3 x 3.
 */
export function ssim(a: Float32Array, b: Float32Array, [height, width]: readonly [number, number], range: number): number {
  const radius = Math.min(reach, Math.floor((Math.min(height, width) - 1) / 2));
  if (radius < 1) return NaN;
  const bell = gaussian(radius);
  const mean = (of: (at: number) => number): Float64Array => blurred(Float64Array.from(a, (_, at) => of(at)), [height, width], bell);
  const [meanA, meanB] = [mean((at) => a[at]), mean((at) => b[at])];
  const [squareA, squareB, product] = [mean((at) => a[at] ** 2), mean((at) => b[at] ** 2), mean((at) => a[at] * b[at])];
  const [c1, c2] = [(k1 * range) ** 2, (k2 * range) ** 2];
  let sum = 0;
  for (let at = 0; at < meanA.length; at++) {
    const [x, y] = [meanA[at], meanB[at]];
    sum += ((2 * x * y + c1) * (2 * (product[at] - x * y) + c2)) / ((x * x + y * y + c1) * (squareA[at] - x * x + (squareB[at] - y * y) + c2));
  }
  return sum / meanA.length;
}

function gaussian(radius: number): number[] {
  const bell = Array.from({ length: 2 * radius + 1 }, (_, i) => Math.exp(-((i - radius) ** 2) / (2 * deviation ** 2)));
  const sum = bell.reduce((total, value) => total + value, 0);
  return bell.map((value) => value / sum);
}

/** The means under the window, of the places where all of it lies within the grid. */
function blurred(values: Float64Array, [height, width]: readonly [number, number], bell: readonly number[]): Float64Array {
  const columns = width - bell.length + 1;
  const rows = height - bell.length + 1;
  const across = new Float64Array(height * columns);
  for (let y = 0; y < height; y++) for (let x = 0; x < columns; x++) for (let i = 0; i < bell.length; i++) across[y * columns + x] += bell[i] * values[y * width + x + i];
  const both = new Float64Array(rows * columns);
  for (let y = 0; y < rows; y++) for (let x = 0; x < columns; x++) for (let i = 0; i < bell.length; i++) both[y * columns + x] += bell[i] * across[(y + i) * columns + x];
  return both;
}
