import type { Estimate } from './intervals';
import type { BenchmarkRecord, BenchmarkRow } from './result';

interface Column {
  head: string;
  text(row: BenchmarkRow): string;
}

/** The table of a benchmark, the line on how it was made first. */
export function markdownOf(benchmark: BenchmarkRecord): string {
  const columns = columnsOf(benchmark);
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rows = benchmark.rows.map((row) => line([row.kind === 'null' ? `*${escaped(row.name)}*` : escaped(row.name), ...columns.map(({ text }) => text(row))]));
  return [`${aboutOf(benchmark)}.`, '', line(['method', ...columns.map(({ head }) => head)]), line(['---', ...columns.map(() => '---:')]), ...rows].join('\n');
}

/** How the numbers were found, in a line. */
export function aboutOf({ model, scenes, used, looked, things, several, area, tolerance, wrong, unmasked, unreadable, onlyRight, seed, backend, measures, note }: BenchmarkRecord): string {
  const left = [wrong && `${wrong} that the network takes for something else`, unmasked && `${unmasked} without a mask of a class`, unreadable && `${unreadable} that could not be read`].filter(Boolean);
  const about = [
    `${model} on ${scenes}: ${used} of ${looked} scenes${left.length ? ` (not ${left.join(', ')})` : ''}${onlyRight ? '' : ', right or wrong'}, ${things} things, ${several} scenes with several classes; a thing takes ${share(area)} of the picture on average`,
    measures.includes('pointing') && `a hit may lie ${tolerance.toFixed(1)} pixels beside the thing`,
    measures.includes('iou') && 'IoU is that of as many of the strongest pixels as the thing has',
    measures.includes('deletion') && 'deletion: area under the probability as the strongest pixels go, the lower the better',
    '95 % intervals',
    `seed ${seed}`,
    backend,
    note,
  ];
  return about.filter(Boolean).join('; ');
}

function columnsOf({ measures, several }: BenchmarkRecord): Column[] {
  const columns: (Column | false)[] = [
    measures.includes('pointing') && { head: 'pointing game', text: ({ pointing }) => interval(pointing) },
    measures.includes('energy') && { head: 'energy inside', text: ({ energy }) => interval(energy) },
    measures.includes('iou') && { head: 'IoU', text: ({ iou }) => (iou ? `${iou.value.toFixed(3)} (${iou.low.toFixed(3)} to ${iou.high.toFixed(3)})` : '') },
    measures.includes('deletion') && { head: 'deletion AUC', text: ({ deletion }) => (deletion ? `${deletion.value.toFixed(3)} (${deletion.low.toFixed(3)} to ${deletion.high.toFixed(3)})` : '') },
    several > 0 && measures.includes('pointing') && { head: 'two classes: on its own / on the other', text: ({ others }) => (others ? `${share(others.own.value)} / ${share(others.other.value)}` : '') },
    { head: 'ms a map', text: ({ kind, seconds }) => (kind === 'null' ? '' : milliseconds(seconds)) },
  ];
  return columns.filter((column) => column !== false);
}

const share = (value: number): string => `${(value * 100).toFixed(1)} %`;
const interval = (estimate: Estimate | undefined): string => (estimate ? `${share(estimate.value)} (${(estimate.low * 100).toFixed(1)} to ${(estimate.high * 100).toFixed(1)})` : '');
const milliseconds = (seconds: number): string => (seconds < 0.01 ? (seconds * 1000).toFixed(1) : (seconds * 1000).toFixed(0));

/** A name that a caller gave, as one cell's text. */
const escaped = (name: string): string => name.replace(/\s+/g, ' ').replace(/[\\|*_`<[\]]/g, (letter) => `\\${letter}`);
