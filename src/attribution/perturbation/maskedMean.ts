/** What the masks' scores say of each pixel, added up as they come, for several targets. */
export class MaskedMean {
  /** How much of each pixel was seen in all. */
  private readonly seen: Float64Array;
  private readonly sums: Float64Array[];
  private readonly totals: Float64Array;
  private readonly squares: Float64Array;
  private seenSquares = 0;
  private count = 0;

  constructor(pixels: number, targets: number) {
    this.seen = new Float64Array(pixels);
    this.sums = Array.from({ length: targets }, () => new Float64Array(pixels));
    this.totals = new Float64Array(targets);
    this.squares = new Float64Array(targets);
  }

  add(mask: Float32Array, scores: readonly number[]): void {
    this.count++;
    for (let i = 0; i < mask.length; i++) {
      this.seen[i] += mask[i];
      this.seenSquares += mask[i] * mask[i];
    }
    scores.forEach((score, target) => {
      const sums = this.sums[target];
      this.totals[target] += score;
      this.squares[target] += score * score;
      for (let i = 0; i < mask.length; i++) sums[i] += mask[i] * score;
    });
  }

  /** The mean score with the pixel seen, the masks as weights, minus the mean score of all masks where `centre`; `keep`: divided by how often the pixel should be seen. */
  values(target: number, centre: boolean, keep?: number): Float32Array {
    const mean = centre && this.count ? this.totals[target] / this.count : 0;
    const sums = this.sums[target];
    return Float32Array.from(this.seen, (seen, i) => {
      const weight = keep === undefined ? seen : keep * this.count;
      return weight > 0 ? (sums[i] - mean * seen) / weight : 0;
    });
  }

  /** The standard error of a pixel's centred value, were the scores independent of the masks: what chance alone would make of it. */
  error(target: number): number {
    const { count } = this;
    if (count < 2) return Infinity;
    const spread = Math.sqrt(Math.max(0, this.squares[target] / count - (this.totals[target] / count) ** 2));
    const share = this.seen.reduce((sum, seen) => sum + seen, 0) / (this.seen.length * count);
    const deviation = Math.sqrt(Math.max(0, this.seenSquares / (this.seen.length * count) - share * share));
    return (spread * deviation) / (share * Math.sqrt(count));
  }
}
