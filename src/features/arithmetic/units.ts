import { type Applied, applyStages, type Stage } from './stage';

/** A fully connected layer: some of its units. */
export interface Dense {
  kind: 'dense';
  units: readonly Unit[];
  /** How many inputs each unit has. */
  inputs: number;
  stages: readonly Stage[];
}

/** One unit: the inputs that contribute most to it, and the rest. */
export interface Unit {
  unit: number;
  /** The class, in the last layer. */
  label?: string;
  terms: readonly Term[];
  /** What the inputs that are not shown contribute together. */
  rest: number;
  bias: number;
  /** What the network itself puts out after the last stage. */
  result: number;
}

export interface Term {
  input: number;
  value: number;
  weight: number;
}

export interface UnitWork {
  terms: (Term & { product: number })[];
  rest: number;
  sum: number;
  stages: Applied[];
  output: number;
}

/** The arithmetic of one unit. */
export function addUp({ terms, rest, bias }: Unit, stages: readonly Stage[]): UnitWork {
  const products = terms.map((term) => ({ ...term, product: term.value * term.weight }));
  const sum = products.reduce((total, { product }) => total + product, 0) + rest + bias;
  const applied = applyStages(stages, sum, 0);
  return { terms: products, rest, sum, stages: applied, output: applied.at(-1)?.output ?? sum };
}

/** A pooling over the whole map, for some channels. */
export interface GlobalPool {
  kind: 'globalPool';
  how: 'max' | 'average';
  grid: readonly [rows: number, columns: number];
  channels: readonly { channel: number; map: Float32Array; result: number }[];
}

export function poolAll({ how, channels }: GlobalPool, at: number): { sum: number; count: number; output: number; chosen: number } {
  const { map } = channels[at];
  const sum = map.reduce((total, value) => total + value, 0);
  const greatest = map.reduce((a, b) => Math.max(a, b), -Infinity);
  return { sum, count: map.length, output: how === 'max' ? greatest : sum / map.length, chosen: how === 'max' ? map.indexOf(greatest) : -1 };
}

/** Softmax over classes, the likeliest of which are shown. */
export interface Softmax {
  kind: 'softmax';
  rows: readonly { unit: number; label?: string; logit: number; result: number }[];
  /** What all classes share. */
  share: Extract<Stage, { kind: 'share' }>;
}

export interface ShareWork {
  /** exp(logit - greatest) of each row that is shown. */
  powers: number[];
  /** The same of the classes that are not shown, together. */
  rest: number;
  /** Each over the sum of all. */
  outputs: number[];
}

export function softmax({ rows, share: { greatest, total } }: Softmax): ShareWork {
  const powers = rows.map(({ logit }) => Math.exp(logit - greatest));
  return { powers, rest: total - powers.reduce((sum, power) => sum + power, 0), outputs: powers.map((power) => power / total) };
}
