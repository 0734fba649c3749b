import { nearest, shown } from '../check';
import { type Exercise, type Given, type Judgement, notYet, right } from './exercise';

type Judge = Exercise['judge'];
/** A value, or how it follows from what the cell hands over. */
type Known<T> = T | ((given: Given) => T);

const known = <T>(value: Known<T>, given: Given): T => (typeof value === 'function' ? (value as (given: Given) => T)(given) : value);

/** What `amount` judges by. */
export interface Amount {
  is: Known<number>;
  /** How far it may be off. Default 0. */
  within?: Known<number>;
  because: string;
  /** Answers that a known mistake leads to, each with the hint that helps. */
  mistakes?: readonly { gives: Known<number>; hint: string }[];
  /** For answers that are too small and too large. */
  low: string;
  high: string;
}

/** Judges a number. */
export function amount({ is, within = 0, because, mistakes = [], low, high }: Amount): Judge {
  return (answer, given) => {
    if (typeof answer !== 'number' || Number.isNaN(answer)) return notYet(`The answer is a number, and this is ${shown(answer)}.`);
    const [wanted, tolerance] = [known(is, given), known(within, given)];
    const near = (value: number): boolean => Math.abs(answer - value) <= tolerance + 1e-9 * Math.abs(value);
    if (near(wanted)) return right(because);
    const mistake = mistakes.find(({ gives }) => near(known(gives, given)));
    return notYet(mistake?.hint ?? (answer < wanted ? low : high));
  };
}

/** What `choice` judges by. */
export interface Choice {
  /** The right one. */
  is: string;
  because: string;
  /** The others, each with the hint that helps whoever chose it. */
  hints: Record<string, string>;
}

/** Judges one of a few words. */
export function choice({ is, because, hints }: Choice): Judge {
  const options = [is, ...Object.keys(hints)].sort();
  return (answer) => {
    const listed = options.map((option) => JSON.stringify(option)).join(', ');
    if (typeof answer !== 'string') return notYet(`The answer is one of ${listed}, and this is ${shown(answer)}.`);
    const chosen = options.find((option) => option.toLowerCase() === answer.trim().toLowerCase());
    if (chosen === undefined) {
      const near = nearest(answer.trim(), options);
      return notYet(`${shown(answer)} is none of the answers${near ? `; did you mean ${JSON.stringify(near)}?` : `: they are ${listed}.`}`);
    }
    return chosen === is ? right(because) : notYet(hints[chosen]);
  };
}

/** What `numbers` judges by. */
export interface Numbers {
  is: Known<ArrayLike<number>>;
  /** How far each may be off, as a share of the largest. Default 1e-4. */
  within?: number;
  because: string;
  /** Answers that a known mistake leads to, each with the hint that helps. */
  mistakes?: readonly { gives: Known<ArrayLike<number>>; hint: string }[];
  /** For any other answer. */
  hint: string;
}

/** Judges a row of numbers, as a map's values: an array, a Float32Array, or an Attribution. */
export function numbers({ is, within = 1e-4, because, mistakes = [], hint }: Numbers): Judge {
  return (answer, given) => {
    const values = rowOf(answer);
    if (!values) return notYet(`The answer is a row of numbers, and this is ${shown(answer)}.`);
    const wanted = known(is, given);
    if (values.length !== wanted.length) return notYet(`It has ${values.length} numbers, and should have ${wanted.length}.`);
    if (values.some((value) => !Number.isFinite(value))) return notYet('Some of its numbers are NaN or infinite: is something divided by 0, or read past the end?');
    if (alike(values, wanted, within)) return right(because);
    return notYet(mistakes.find(({ gives }) => alike(values, known(gives, given), within))?.hint ?? hint);
  };
}

function rowOf(answer: unknown): number[] | undefined {
  const values = (answer as { values?: unknown } | null)?.values;
  const row = ArrayBuffer.isView(values) || Array.isArray(values) ? values : answer;
  if (!Array.isArray(row) && !ArrayBuffer.isView(row)) return undefined;
  const list = Array.from(row as unknown as ArrayLike<unknown>).flat(3) as number[];
  return list.every((value) => typeof value === 'number') ? list : undefined;
}

function alike(values: readonly number[], wanted: ArrayLike<number>, within: number): boolean {
  if (values.length !== wanted.length) return false;
  const largest = Array.from(wanted).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return values.every((value, at) => Math.abs(value - wanted[at]) <= within * largest + 1e-12);
}

/** A judge of its own making, which sees only answers of the type that it names. */
export function judged<T>(kind: 'a number' | 'a text' | 'a function' | 'a list' | 'true or false', judge: (answer: T, given: Given) => Judgement): Judge {
  const fits = {
    'a number': (answer: unknown) => typeof answer === 'number' && Number.isFinite(answer),
    'a text': (answer: unknown) => typeof answer === 'string',
    'a function': (answer: unknown) => typeof answer === 'function',
    'a list': (answer: unknown) => Array.isArray(answer) || ArrayBuffer.isView(answer),
    'true or false': (answer: unknown) => typeof answer === 'boolean',
  }[kind];
  return (answer, given) => {
    if (!fits(answer)) return notYet(`The answer is ${kind}, and this is ${shown(answer)}.`);
    try {
      return judge(answer as T, given);
    } catch (error) {
      // Of a function that is the answer.
      return notYet(`It was tried, and it failed: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
}

/** What is amiss with the answer of a function that should give a row of `length` numbers; undefined where nothing is. */
export function notARow(given: unknown, length: number): Judgement | undefined {
  if (given === undefined) return notYet('It returns nothing: is a return missing?');
  const row = rowOf(given);
  if (!row) return notYet('It should give a row of numbers, as a Float32Array.');
  return row.length === length ? undefined : notYet(`It was tried on a small example, for which it should give ${length} numbers, and gives ${row.length}.`);
}
