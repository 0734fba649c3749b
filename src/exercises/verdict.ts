import { inKernel } from '../inKernel';

/** `'open'`: there is no answer yet. */
export type Outcome = 'right' | 'not yet' | 'open';

const marks: Record<Outcome, string> = { right: '✓ right.', 'not yet': '✗ not yet.', open: '○ open.' };
// Green and yellow of the page's theme; the mark and the words say the same.
const colours: Record<Outcome, string> = { right: '\x1b[1;32m', 'not yet': '\x1b[1;33m', open: '' };

/** What `check` says of an answer: whether it is right and why, or a hint. Prints as that sentence. */
export class Verdict {
  constructor(
    /** As in `check('04.1', ...)`. */
    readonly exercise: string,
    /** Whether the answer is right, not right yet, or missing. */
    readonly outcome: Outcome,
    /** Why it is right, or a hint. */
    readonly words: string,
  ) {}

  /** Whether the answer is right. */
  get right(): boolean {
    return this.outcome === 'right';
  }

  toString(): string {
    return `${marks[this.outcome]} ${this.words}`;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    const colour = inKernel() ? colours[this.outcome] : '';
    return colour ? `${colour}${marks[this.outcome]}\x1b[0m ${this.words}` : this.toString();
  }
}
