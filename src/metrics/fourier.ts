/** Complex numbers: their real and imaginary parts. */
export interface Complex {
  re: Float64Array;
  im: Float64Array;
}

/** Fourier transform of a grid, row by row, of any height and width; not scaled. */
export function fourier(grid: Complex, [height, width]: readonly [number, number]): Complex {
  const rows = lines(grid, width, height, 1, width);
  return lines(rows, height, width, width, 1);
}

/** The grid of a transform, scaled back: a transform with real and imaginary parts changed over. */
export function inverseFourier({ re, im }: Complex, size: readonly [number, number]): Complex {
  const back = fourier({ re: im, im: re }, size);
  const scale = (value: number): number => value / re.length;
  return { re: back.im.map(scale), im: back.re.map(scale) };
}

/** Transforms `count` lines of `length` numbers that lie `step` apart; the lines begin `between` apart. */
function lines(grid: Complex, length: number, count: number, step: number, between: number): Complex {
  const done = { re: new Float64Array(grid.re.length), im: new Float64Array(grid.re.length) };
  const transform = transformer(length);
  const line = { re: new Float64Array(length), im: new Float64Array(length) };
  for (let at = 0; at < count; at++) {
    transform(grid, at * between, step, line);
    for (let i = 0; i < length; i++) {
      done.re[at * between + i * step] = line.re[i];
      done.im[at * between + i * step] = line.im[i];
    }
  }
  return done;
}

/** The fast Fourier transform (Cooley and Tukey 1965) of lines of `length` numbers, split by its prime factors: 224 is 2 · 2 · 2 · 2 · 2 · 7. */
function transformer(length: number): (from: Complex, start: number, step: number, to: Complex) => void {
  const cos = Float64Array.from({ length }, (_, i) => Math.cos((2 * Math.PI * i) / length));
  const sin = Float64Array.from({ length }, (_, i) => -Math.sin((2 * Math.PI * i) / length));
  const partRe = new Float64Array(length);
  const partIm = new Float64Array(length);
  const split = (from: Complex, start: number, step: number, to: Complex, at: number, n: number): void => {
    if (n === 1) {
      to.re[at] = from.re[start];
      to.im[at] = from.im[start];
      return;
    }
    const parts = smallestFactor(n);
    const m = n / parts;
    for (let part = 0; part < parts; part++) split(from, start + part * step, step * parts, to, at + part * m, m);
    for (let i = at; i < at + n; i++) {
      partRe[i] = to.re[i];
      partIm[i] = to.im[i];
    }
    for (let k = 0; k < n; k++) {
      const step = k * (length / n);
      let re = 0;
      let im = 0;
      for (let i = k % m, turn = 0; i < n; i += m) {
        re += partRe[at + i] * cos[turn] - partIm[at + i] * sin[turn];
        im += partRe[at + i] * sin[turn] + partIm[at + i] * cos[turn];
        turn += step;
        if (turn >= length) turn %= length;
      }
      to.re[at + k] = re;
      to.im[at + k] = im;
    }
  };
  return (from, start, step, to) => split(from, start, step, to, 0, length);
}

function smallestFactor(n: number): number {
  for (let factor = 2; factor * factor <= n; factor++) if (n % factor === 0) return factor;
  return n;
}
