import { aboutOf } from '../../src/metrics/benchmark/markdown';
import type { Estimate } from '../../src/metrics/benchmark/intervals';
import type { BenchmarkRow, MethodBenchmark } from '../../src/metrics/benchmark/result';

/** A quantity that methods are ranked by. */
export type RankingKey = 'pointing' | 'energy' | 'iou' | 'deletion' | 'others' | 'seconds';

/** What the widget shows. */
export interface RankingData {
  heading: string;
  about: string;
  /** What there are numbers of, in the order of the columns. */
  keys: RankingKey[];
  rows: RankingRow[];
  /** The energy that evidence spread evenly would have on a thing. */
  area: number;
}

export interface RankingRow extends Pick<BenchmarkRow, 'name' | 'kind' | 'maps' | 'empty' | 'seconds'> {
  pointing?: Estimate;
  energy?: Estimate;
  iou?: Estimate;
  deletion?: Estimate;
  others?: { own: Estimate; other: Estimate };
}

export function rankingData(benchmark: MethodBenchmark): RankingData {
  const { rows, measures, several, model, used, things, area } = benchmark;
  const keys: RankingKey[] = [...measures, ...(several && measures.includes('pointing') ? (['others'] as const) : []), 'seconds'];
  return {
    heading: `Methods on scenes · ${model} · ${things} things in ${used} scenes`,
    about: aboutOf(benchmark),
    keys,
    area,
    rows: rows.map(({ name, kind, maps, empty, seconds, pointing, energy, iou, deletion, others }) => ({ name, kind, maps, empty, seconds, pointing, energy, iou, deletion, others })),
  };
}
