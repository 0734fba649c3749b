/** What a judge says of an answer. */
export interface Judgement {
  right: boolean;
  /** Why it is right, or a hint that helps further without giving the answer away. */
  words: string;
}

/** What a cell hands over beside the answer, for judges that compute with it. */
export type Given = Record<string, any>;

/** A question of a notebook. */
export interface Exercise {
  /** In one sentence. */
  asks: string;
  /** The names in `given` without which it cannot be judged. */
  needs?: readonly string[];
  judge(answer: unknown, given: Given): Judgement;
}

/** The exercises of one notebook, by their number. */
export type Exercises = Record<number, Exercise>;

export const right = (because: string): Judgement => ({ right: true, words: because });
export const notYet = (hint: string): Judgement => ({ right: false, words: hint });
