/** How samples become one map. */
export type SmoothForm = 'signed' | 'absolute' | 'squared' | 'variance';
export const smoothForms: readonly SmoothForm[] = ['signed', 'absolute', 'squared', 'variance'];

/** A running mean, and for `'variance'` the squared distances from it: Welford's way, which does not subtract two large sums. */
export class Moments {
  private count = 0;
  private readonly mean: Float64Array;
  private readonly spread: Float64Array;

  constructor(
    size: number,
    private readonly form: SmoothForm,
  ) {
    this.mean = new Float64Array(size);
    this.spread = new Float64Array(form === 'variance' ? size : 0);
  }

  add(sample: Float32Array): void {
    const { mean, spread, form } = this;
    const share = 1 / ++this.count;
    for (let i = 0; i < sample.length; i++) {
      const value = form === 'absolute' ? Math.abs(sample[i]) : form === 'squared' ? sample[i] * sample[i] : sample[i];
      const step = value - mean[i];
      mean[i] += step * share;
      if (form === 'variance') spread[i] += step * (value - mean[i]);
    }
  }

  /** The variance divides by the number of samples. */
  values(): Float32Array {
    return this.form === 'variance' ? Float32Array.from(this.spread, (value) => value / this.count) : Float32Array.from(this.mean);
  }
}
