import os from 'node:os';
import type { About } from './contestant';
import { type Row, tenGoal, wasmGoal } from './rows';
import { median, ratio, type Times } from './timing';

/** What was measured of one row. */
export interface Measured {
  row: Row;
  times: Times;
  /** Relative L2 difference of convlens's map from the peer's. */
  difference?: number;
}

interface Results {
  beside: Measured[];
  lists: Measured[];
  wasm: Measured[];
  env: Measured[];
}

interface Setting {
  threads: number;
  rounds: number;
  kernelEnv: Record<string, string>;
}

const peers = ['captum', 'pytorch-grad-cam', 'tf-keras-vis'];

const milliseconds = (times: readonly number[]): string => `${Math.round(median(times))} (${Math.round(Math.min(...times))})`;
const fixed = (value: number): string => value.toFixed(value < 1 ? 2 : 1);
const table = (head: string[], rows: string[][]): string => [head, head.map((_, i) => (i ? '---:' : '---')), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
const judged = (value: number, goal: number | undefined): string => (goal === undefined ? '' : `${fixed(goal)} ${value <= goal ? 'reached' : '**missed**'}`);

function sideBySide({ row, times, difference }: Measured): string[] {
  const { native } = times;
  const against = peers.flatMap((peer) => (times[peer] ? [milliseconds(times[peer]), fixed(ratio(native, times[peer]))] : ['', '']));
  const first = peers.find((peer) => times[peer]);
  return [row.name, milliseconds(native), ...against, first ? judged(ratio(native, times[first]), row.goal) : '', difference === undefined ? '' : difference.toExponential(0)];
}

const besideTable = (rows: Measured[]): string => table(
  ['', 'convlens', 'Captum', 'ratio', 'pytorch-grad-cam', 'ratio', 'tf-keras-vis', 'ratio', 'goal', 'difference'],
  rows.map(sideBySide),
);

const listTable = (rows: Measured[]): string => table(
  ['ten targets, one image', 'one call', 'ten calls', 'ratio', 'goal', 'Captum, ten at once'],
  rows.map(({ row, times }) => {
    const value = ratio(times['one call'], times['ten calls']);
    const captum = times['Captum, ten at once'];
    return [row.name.split(',')[0], milliseconds(times['one call']), milliseconds(times['ten calls']), fixed(value), judged(value, tenGoal), captum ? milliseconds(captum) : ''];
  }),
);

function wasmTable(rows: Measured[]): string {
  const forward = rows.find(({ row }) => row.name === 'forward')?.times.wasm;
  return table(
    ['on wasm', 'convlens', 'by the forward pass', 'goal'],
    rows.map(({ row, times }) => {
      const value = forward ? median(times.wasm) / median(forward) : NaN;
      return [row.name, milliseconds(times.wasm), fixed(value), row.name === 'saliency' ? judged(value, wasmGoal) : ''];
    }),
  );
}

const envTable = (rows: Measured[]): string => table(['', ...Object.keys(rows[0].times)], rows.map(({ row, times }) => [row.name, ...Object.values(times).map(milliseconds)]));

const page = ({ beside, lists, wasm, env }: Results, about: About[], { threads, rounds, kernelEnv }: Setting): string => `# convlens beside its peers

${new Date().toISOString().slice(0, 10)}, ${os.cpus().length} cores of ${os.cpus()[0].model}, ${(os.totalmem() / 2 ** 30).toFixed(0)} GB, ${os.platform()}; ${threads} threads each.
${Object.entries(Object.assign({}, ...about.map(({ software }) => software)) as Record<string, string>).map(([name, version]) => `${name} ${version}`).join(', ')}.
Written by \`npm run bench\`. Optimised pictures (\`maximizeActivation\`) are timed in [FEATURES.md](FEATURES.md).

One VGG16 with random weights, the same in all, and the photograph \`cat\`, preprocessed, 224 x 224. Every process is warm; they take turns, round by round.
Milliseconds: the median of ${rounds} rounds (3 of the rows that take seconds, 1 of the longest), and the least in brackets.
Ratio: the median over the rounds of convlens's time by the peer's in the same round; below 1, convlens is faster. The goal is for the first peer of the row.
Difference: relative L2 error of convlens's map from Captum's, or, both scaled to 0..1 as that one does, from pytorch-grad-cam's.
${about.flatMap(({ notes }) => notes).join('\n')}
pytorch-grad-cam's backward pass also takes the gradients of the weights, as its users get it. convlens's \`forward 32\` is TensorFlow.js's own \`predict\`.

## Native backend

${beside.length ? besideTable(beside) : 'Nothing asked for.'}

${lists.length ? `## A list of targets\n\n${listTable(lists)}\n` : ''}
${wasm.length ? `## WebAssembly\n\n${wasmTable(wasm)}\n` : ''}
${env.length ? `## Environment\n\nAll of the above ran with the kernel's environment: ${Object.entries(kernelEnv).map((pair) => `\`${pair.join('=')}\``).join(', ')}. Without it:\n\n${envTable(env)}\n` : ''}`.replace(/\n{3,}/g, '\n\n');

/** One row as it is measured. */
const line = ({ row, times, difference }: Measured): string =>
  [row.name.padEnd(24), ...Object.entries(times).map(([label, list]) => `${label} ${milliseconds(list)}`), difference === undefined ? '' : `difference ${difference.toExponential(0)}`].join('  ');

export const report = { line, page };
