import type { Attribution } from '../../attribution/attribution';
import { meanOf, rateOf } from './intervals';
import type { BenchmarkRow } from './result';
import type { Marks } from './score';

/** The marks of one method, map by map. */
export class Tally {
  private readonly marks: Marks[] = [];
  private first?: Attribution;

  constructor(
    private readonly kind: BenchmarkRow['kind'],
    private readonly given?: string,
  ) {}

  /** What it is called, and the layer that it looks at. */
  get called(): { name: string; layer?: string } {
    return { name: this.given ?? this.first?.method ?? 'method', layer: this.first?.layer };
  }

  add(map: Attribution, marks: Marks): void {
    this.first ??= map;
    this.marks.push(marks);
  }

  row(name: string): BenchmarkRow {
    const { marks, kind } = this;
    const known = <T>(of: (each: Marks) => T | undefined): T[] => marks.flatMap((each) => of(each) ?? []);
    const rate = (values: readonly boolean[]) => (values.length ? rateOf(values.filter(Boolean).length, values.length) : undefined);
    const mean = (values: readonly number[]) => (values.length ? meanOf(values) : undefined);
    const own = known(({ own: each }) => each);
    const seconds = marks.map((each) => each.seconds).sort((a, b) => a - b);
    return {
      name,
      kind,
      maps: marks.length,
      pointing: rate(known(({ hit }) => hit)),
      energy: mean(known(({ energy }) => energy)),
      iou: mean(known(({ iou }) => iou)),
      deletion: mean(known(({ deletion }) => deletion)),
      others: own.length ? { own: rateOf(own.filter(Boolean).length, own.length), other: rateOf(known(({ other }) => other).filter(Boolean).length, own.length), maps: own.length } : undefined,
      empty: marks.filter(({ empty }) => empty).length,
      seconds: seconds[Math.floor(seconds.length / 2)],
      options: this.first?.options ?? {},
    };
  }
}
