import { type Elementwise, type Merge, workCell } from '../../src/features/arithmetic/cellwise';
import { type Convolution, convolve, type Tap } from '../../src/features/arithmetic/convolution';
import { type Pool, pool } from '../../src/features/arithmetic/pool';
import type { Applied } from '../../src/features/arithmetic/stage';
import { addUp, type Dense, type GlobalPool, poolAll, type Softmax, softmax } from '../../src/features/arithmetic/units';
import { readable } from '../../src/figure/numbers';
import type { StepperData } from './data';
import { stageFormula, stageTitle } from './formulas';
import { channelName } from './names';

/** A line of the sum: what, how, and what it gives. */
export interface WorkLine {
  label: string;
  formula?: string;
  value: number;
  strong?: boolean;
}

/** How one cell comes about. */
export interface Working {
  lines: WorkLine[];
  /** What the arithmetic gives, and what the network itself gave. */
  output: number;
  network: number;
}

/** The arithmetic of a cell or a unit, line by line. */
export function workingOf(data: StepperData, at: number): Working {
  const work = data.layer.arithmetic;
  switch (work.kind) {
    case 'convolution': return convolutionWorking(data, work, at);
    case 'dense': return denseWorking(data, work, at);
    case 'pool': return poolWorking(work, at);
    case 'globalPool': return globalPoolWorking(work, at);
    case 'softmax': return softmaxWorking(work, at);
    case 'merge': return mergeWorking(data, work, at);
    case 'elementwise': return elementwiseWorking(data, work, at);
  }
}

/** More input channels than these are one line of the sum: each tells its own above. */
const fewParts = 4;

function convolutionWorking(data: StepperData, layer: Convolution, at: number): Working {
  const { parts, rest, sum, stages, output } = convolve(layer, at);
  const taps = layer.size[0] * layer.size[1];
  const others = layer.channels - parts.length;
  const lines: WorkLine[] =
    parts.length <= fewParts
      ? parts.map((part) => ({ label: channelName(data, part.channel), formula: productsText(part.taps), value: part.sum }))
      : [{ label: `${parts.length} channels above`, formula: `${parts.length * taps} products`, value: parts.reduce((all, part) => all + part.sum, 0) }];
  if (others) lines.push({ label: `${others} other channel${others === 1 ? '' : 's'}`, formula: `${others * taps} products`, value: rest });
  if (layer.bias) lines.push({ label: 'bias', value: layer.bias });
  if (lines.length > 1) lines.push({ label: 'sum', value: sum, strong: true });
  return { lines: [...lines, ...stageLines(data, stages, at)], output, network: layer.result[at] };
}

const productsText = (taps: readonly Tap[]): string => (taps.length === 1 ? `${readable(taps[0].value)} × ${bracketed(taps[0].weight)}` : `${taps.length} products`);

function denseWorking(data: StepperData, layer: Dense, at: number): Working {
  const unit = layer.units[at];
  const { terms, rest, sum, stages, output } = addUp(unit, layer.stages);
  const others = layer.inputs - terms.length;
  const lines: WorkLine[] = [{ label: `${terms.length} inputs above`, formula: `${terms.length} products`, value: terms.reduce((all, { product }) => all + product, 0) }];
  if (others) lines.push({ label: `${others} other inputs`, formula: `${others} products`, value: rest });
  if (unit.bias) lines.push({ label: 'bias', value: unit.bias });
  lines.push({ label: 'sum', value: sum, strong: true });
  return { lines: [...lines, ...stageLines(data, stages, 0)], output, network: unit.result };
}

function poolWorking(layer: Pool, at: number): Working {
  const { sum, count, output, taps } = pool(layer, at);
  const outside = taps.length - count;
  return { lines: poolLines(layer.how, sum, count, output, outside ? `; ${outside} in the padding left out` : ''), output, network: layer.result[at] };
}

function globalPoolWorking(layer: GlobalPool, at: number): Working {
  const { sum, count, output } = poolAll(layer, at);
  return { lines: poolLines(layer.how, sum, count, output), output, network: layer.channels[at].result };
}

const poolLines = (how: Pool['how'], sum: number, count: number, output: number, more = ''): WorkLine[] =>
  how === 'max'
    ? [{ label: 'largest', formula: `of ${count} values${more}`, value: output }]
    : [{ label: 'sum', formula: `of ${count} values${more}`, value: sum }, { label: 'mean', formula: `${readable(sum)} / ${count}`, value: output }];

function softmaxWorking(layer: Softmax, at: number): Working {
  const { rows, share } = layer;
  const { powers, outputs } = softmax(layer);
  const { logit, result } = rows[at];
  const lines: WorkLine[] = [
    { label: 'logit', value: logit },
    { label: 'less the greatest', formula: `${readable(logit)} − ${bracketed(share.greatest)}`, value: logit - share.greatest },
    { label: 'exp', formula: `exp(${readable(logit - share.greatest)})`, value: powers[at] },
    { label: 'share', formula: `${readable(powers[at])} / ${readable(share.total)}, the sum over ${share.classes} classes`, value: outputs[at] },
  ];
  return { lines, output: outputs[at], network: result };
}

const mergers: Record<Merge['how'], { label: string; sign: string }> = {
  add: { label: 'sum', sign: ' + ' },
  multiply: { label: 'product', sign: ' × ' },
  average: { label: 'mean', sign: ' + ' },
  maximum: { label: 'largest', sign: ', ' },
  minimum: { label: 'smallest', sign: ', ' },
};

function mergeWorking(data: StepperData, layer: Merge, at: number): Working {
  const { inputs, merged, stages, output } = workCell(layer, at);
  const { label, sign } = mergers[layer.how];
  const listed = inputs.map((value, i) => (i && sign !== ', ' ? bracketed(value) : readable(value))).join(sign);
  const lines: WorkLine[] = inputs.map((value, i) => ({ label: layer.maps[i].layer, value }));
  lines.push({ label, formula: layer.how === 'average' ? `(${listed}) / ${inputs.length}` : listed, value: merged, strong: true });
  return { lines: [...lines, ...stageLines(data, stages, at)], output, network: layer.result[at] };
}

function elementwiseWorking(data: StepperData, layer: Elementwise, at: number): Working {
  const { inputs, stages, output } = workCell(layer, at);
  return { lines: [{ label: data.layer.inputs[0], value: inputs[0] }, ...stageLines(data, stages, at)], output, network: layer.result[at] };
}

const stageLines = ({ layer }: StepperData, stages: readonly Applied[], cell: number): WorkLine[] =>
  stages.map((applied) => ({
    label: applied.stage.layer === layer.layer ? stageTitle(applied.stage) : `${stageTitle(applied.stage)} (${applied.stage.layer})`,
    formula: stageFormula(applied, cell),
    value: applied.output,
  }));

const bracketed = (value: number): string => (value < 0 ? `(${readable(value)})` : readable(value));
