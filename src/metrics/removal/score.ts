import type { Aim } from '../../attribution/aim';
import type { Subject } from '../../attribution/method';
import { batchScorer } from '../../attribution/perturbation/batchScores';
import { Pace } from '../../attribution/perturbation/pace';
import { byValue } from '../../attribution/records';
import { coarseFirst } from './order';

/** One curve to be computed: what it scores, and the input that it makes of the image at each of its points. */
export interface Course {
  aim: Aim;
  /** Writes the input at a point. */
  write(row: Float32Array, step: number): void;
}

/**
 * The score of each course at each of its points, points far apart first. The first and the last point may be the same for all of them, and are computed once then. Where it is
 * stopped what was not reached is NaN.
 */
export async function scored(subject: Omit<Subject, 'of' | 'aims'>, courses: readonly Course[], points: number, same: { first: boolean; last: boolean }, batchSize: number | undefined): Promise<{ scores: number[][]; done: number; count: number }> {
  const scores = courses.map(() => new Array<number>(points).fill(NaN));
  const isShared = (step: number): boolean => (same.first && step === 0) || (same.last && step === points - 1);
  let [done, count] = [0, 0];
  for (const [of, aims] of byValue([...new Set(courses.map(({ aim }) => aim))])) {
    const own = [...courses.keys()].filter((at) => courses[at].aim.of === of);
    const items = coarseFirst(points - 1).flatMap((step) => (isShared(step) ? own.slice(0, 1) : own).map((course) => ({ course, step })));
    count += items.length;
    if (subject.job.signal.aborted && done) continue;
    const next = items[Symbol.iterator]();
    const pace = new Pace(subject.job.signal);
    const scorer = batchScorer({ ...subject, of, aims }, () => next.next().value as (typeof items)[number], items.length, (row, { course, step }) => courses[course].write(row, step), batchSize);
    await scorer.run(async (some, found) => {
      found?.items.forEach(({ course, step }, row) => {
        const take = (at: number): void => void (scores[at][step] = found.scores[aims.indexOf(courses[at].aim)][row]);
        if (isShared(step)) own.forEach(take);
        else take(course);
      });
      done += some;
      await subject.job.add(some);
      return !pace.over;
    }, pace);
  }
  return { scores, done, count };
}

/** How many inputs that takes. */
export const inputsOf = (courses: number, points: number, same: { first: boolean; last: boolean }): number => courses * (points - Number(same.first) - Number(same.last)) + Number(same.first) + Number(same.last);
