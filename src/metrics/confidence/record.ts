import type { ConfidencePair } from './change';

/** What seeing images only through their maps does to the scores, and how that is told in one number. */
export class ConfidenceChange {
  constructor(
    /** Which measure. */
    readonly measure: 'average drop' | 'average increase',
    /** The number: the mean drop, or the share of the images whose score rises. */
    readonly value: number,
    /** Each image, with its score before and after. */
    readonly pairs: readonly ConfidencePair[],
    /** The options that made it, defaults filled in. */
    readonly options: Record<string, unknown>,
    /** Anything that a reader must know. */
    readonly note?: string,
  ) {}

  toString(): string {
    const { measure, value, pairs, note } = this;
    const told = (each: number): string => each.toFixed(3);
    const [first] = pairs;
    const which = pairs.length === 1 ? `${first.method} on ${first.image}, ${first.target} from ${told(first.before)} to ${told(first.after)} seen through the map` : `${pairs.length} images seen through their maps`;
    return `${measure} ${told(value)} (${measure === 'average drop' ? 'lower' : 'higher'} is better): ${which}${note ? `; ${note}` : ''}`;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }

  toJSON(): object {
    return { ...this };
  }
}
