import type { Image } from '../../image/image';
import type { Subject } from '../method';
import { OcclusionWindows } from './occlusionWindows';
import { WindowClasses } from './windowClasses';
import type { WindowScorer } from './windowScores';
import type { Window } from './windows';

/** Of more windows than these only the scores are kept: the classes of 5,000 take about a third of a megabyte. */
const mostWithClasses = 5000;

/** What is to be known of the windows beside their scores. */
export interface Placement {
  patch: readonly [number, number];
  stride: readonly [number, number];
  /** How many there are in all. */
  total: number;
  cover: Image;
}

/** Keeps what each window gave, for all targets of one image. */
export class WindowLog {
  private readonly windows: Window[] = [];
  private readonly targets: readonly number[];
  private readonly scores: readonly Float32Array[];
  private readonly classes?: WindowClasses;
  private readonly note?: string;

  constructor(
    { model, aims }: Subject,
    private readonly scorer: Pick<WindowScorer, 'whole' | 'logits'>,
    private readonly placement: Placement,
  ) {
    const { total } = placement;
    this.targets = aims.map((aim) => aim.reached.target.index);
    this.scores = aims.map(() => new Float32Array(total));
    if (!scorer.logits) this.note = 'the target lies before the logits, so the classes were not read';
    else if (total > mostWithClasses) this.note = `of more than ${mostWithClasses.toLocaleString('en-US')} windows the scores alone are kept, not the classes`;
    else this.classes = new WindowClasses(model.head, model.labels, scorer.logits, total, this.targets.filter((index) => index >= 0));
  }

  /** Takes some windows, each target's scores of them, and their logits. */
  take(some: readonly Window[], scores: readonly Float32Array[], logits: Float32Array | undefined): void {
    scores.forEach((each, aim) => this.scores[aim].set(each, this.windows.length));
    this.windows.push(...some);
    if (logits) this.classes?.take(logits);
  }

  /** What a target's map has of its windows so far; later ones do not change it. */
  of(aim: number): OcclusionWindows {
    const { placement, classes, note } = this;
    return new OcclusionWindows({ ...placement, windows: [...this.windows], scores: this.scores[aim], whole: this.scorer.whole[aim], target: this.targets[aim], classes, note });
  }
}
