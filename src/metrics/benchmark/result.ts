import { draw } from '../../draw';
import type { Figure } from '../../figure/figure';
import { Showable } from '../../show';
import type { Estimate } from './intervals';
import { markdownOf } from './markdown';

/** What a benchmark measures of each map. */
export type BenchmarkMeasure = 'pointing' | 'energy' | 'iou' | 'deletion';

/** What is known of one method, or of a null that knows nothing of the network. */
export interface BenchmarkRow {
  name: string;
  /** `'null'`: a random map, a centre blob, an edge detector. */
  kind: 'method' | 'null';
  /** How many maps. */
  maps: number;
  /** The pointing game: the share of maps whose strongest place lies on the thing. */
  pointing?: Estimate;
  /** The mean share of the positive evidence that lies on the thing. */
  energy?: Estimate;
  /** The mean intersection over union with the thing, of as many of the map's strongest pixels as the thing has. */
  iou?: Estimate;
  /** The mean area under the deletion curve: the lower, the better. */
  deletion?: Estimate;
  /** In scenes with several classes: the shares of maps that point at their own thing, and at another one. A method that does not tell classes apart has the same for both. */
  others?: { own: Estimate; other: Estimate; maps: number };
  /** How many maps had no positive evidence; they count as missed. */
  empty: number;
  /** The median time of a map. */
  seconds: number;
  /** The options of its first map, defaults filled in. */
  options: Record<string, unknown>;
}

/** What `new MethodBenchmark` takes. */
export interface BenchmarkRecord {
  /** The model's name. */
  model: string;
  /** What the scenes are called. */
  scenes: string;
  /** How many scenes were looked at, and how many of them counted. */
  looked: number;
  used: number;
  /** Left out: the network took them for something else; they have no mask of a class; they could not be read. */
  wrong: number;
  unmasked: number;
  unreadable: number;
  /** How many of the scenes that counted hold several classes, and how many things there are in all. */
  several: number;
  things: number;
  /** The mean share of the picture that a thing takes: the energy that evidence spread evenly would have on it. */
  area: number;
  /** Methods first, then the nulls, each best pointing first. */
  rows: readonly BenchmarkRow[];
  measures: readonly BenchmarkMeasure[];
  /** How far beside a thing the strongest place may lie and still hit, in pixels. */
  tolerance: number;
  /** Whether only scenes counted that the network gets right. */
  onlyRight: boolean;
  seed: number;
  backend: string;
  seconds: number;
  /** Anything that a reader must know. */
  note?: string;
}

/** How well the maps of many methods lie on the things that they explain. Shows itself as a chart; `markdown()` is a table. */
export class MethodBenchmark extends Showable {
  constructor(record: BenchmarkRecord) {
    super();
    Object.assign(this, record);
  }

  /** A row by its name, as "Grad-CAM"; undefined for none. */
  row(name: string): BenchmarkRow | undefined {
    return this.rows.find((row) => row.name.toLowerCase() === name.toLowerCase());
  }

  /** The numbers as a Markdown table, with a line on how they were found. */
  markdown(): string {
    return markdownOf(this);
  }

  override toFigure(): Figure {
    return draw.benchmark(this);
  }

  override toString(): string {
    const best = this.rows.filter(({ kind }) => kind === 'method').slice(0, 3).map(({ name, pointing, energy }) => `${name} ${pointing ? `${(pointing.value * 100).toFixed(0)} % hits` : energy ? `${(energy.value * 100).toFixed(0)} % energy` : ''}`.trim());
    return `${this.rows.filter(({ kind }) => kind === 'method').length} methods on ${this.used} scenes (${this.things} things), ${this.model}: ${best.join(', ')}${this.note ? `; ${this.note}` : ''}`;
  }

  toJSON(): object {
    return { ...this };
  }
}

// The fields are the record's, told once, there.
export interface MethodBenchmark extends Readonly<BenchmarkRecord> {}
