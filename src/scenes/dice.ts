/** Draws from a seed: the same seed and place give the same draws on every machine. */
export class Dice {
  private readonly state: Uint32Array;

  /** `place`: which of the scenes of this seed; each has draws of its own. */
  constructor(seed: number, place = 0, stream = 0) {
    this.state = Uint32Array.of(seed, Math.floor(seed / 2 ** 32) ^ Math.imul(stream, 0x9e3779b9), place, 1);
    // Until neighbouring seeds have nothing in common.
    for (let round = 0; round < 15; round++) this.bits();
  }

  /** From `low` up to `high`: 0 to 1 unless told. */
  float(low = 0, high = 1): number {
    return low + (this.bits() / 2 ** 32) * (high - low);
  }

  /** A whole number from `low` to `high`, both possible. */
  whole(low: number, high: number): number {
    return low + Math.floor(this.float() * (high - low + 1));
  }

  chance(share: number): boolean {
    return this.float() < share;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.whole(0, list.length - 1)];
  }

  /** The list in another order (Fisher and Yates). */
  shuffled<T>(list: readonly T[]): T[] {
    const order = [...list];
    for (let at = order.length - 1; at > 0; at--) {
      const other = this.whole(0, at);
      [order[at], order[other]] = [order[other], order[at]];
    }
    return order;
  }

  /** Chris Doty-Humphrey's sfc32. */
  private bits(): number {
    const { state } = this;
    const [a, b, c] = state;
    const next = (a + b + state[3]) >>> 0;
    state[3] += 1;
    state[0] = b ^ (b >>> 9);
    state[1] = c + (c << 3);
    state[2] = ((c << 21) | (c >>> 11)) + next;
    return next;
  }
}
