import { workCell } from '../../src/features/arithmetic/cellwise';
import { convolve, type Tap } from '../../src/features/arithmetic/convolution';
import type { LayerArithmetic } from '../../src/features/arithmetic/layerArithmetic';
import { pool } from '../../src/features/arithmetic/pool';
import type { Applied } from '../../src/features/arithmetic/stage';
import { addUp, poolAll, softmax } from '../../src/features/arithmetic/units';
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

const stageLines = (stages: readonly Applied[], cell: number, { layer }: LayerArithmetic): WorkLine[] =>
  stages.map((applied) => ({
    label: applied.stage.layer === layer ? stageTitle(applied.stage) : `${stageTitle(applied.stage)} (${applied.stage.layer})`,
    formula: stageFormula(applied, cell),
    value: applied.output,
  }));

/** More input channels than these are one line of the sum: each tells its own above. */
const fewParts = 4;

const productsText = (taps: readonly Tap[]): string => (taps.length === 1 ? `${readable(taps[0].value)} × ${bracketed(taps[0].weight)}` : `${taps.length} products`);

const operators = { add: ' + ', multiply: ' × ', average: ' + ', maximum: ', ', minimum: ', ' } as const;

/** The arithmetic of a cell or a unit, line by line. */
export function workingOf(data: StepperData, at: number): Working {
  const { layer } = data;
  const work = layer.arithmetic;
  switch (work.kind) {
    case 'convolution': {
      const { parts, rest, sum, stages, output } = convolve(work, at);
      const others = work.channels - parts.length;
      const total = parts.reduce((all, part) => all + part.sum, 0);
      const few = parts.length <= fewParts;
      const lines: WorkLine[] = few ? parts.map(({ channel, taps, sum: value }) => ({ label: channelName(data, channel), formula: productsText(taps), value })) : [{ label: `${parts.length} channels above`, formula: `${parts.length * work.size[0] * work.size[1]} products`, value: total }];
      if (others) lines.push({ label: `${others} other channels`, formula: `${others * work.size[0] * work.size[1]} products`, value: rest });
      if (work.bias) lines.push({ label: 'bias', value: work.bias });
      if (lines.length > 1) lines.push({ label: 'sum', value: sum, strong: true });
      return { lines: [...lines, ...stageLines(stages, at, layer)], output, network: work.result[at] };
    }
    case 'pool': {
      const { sum, count, output, taps } = pool(work, at);
      const inside = taps.length - count ? `; ${taps.length - count} in the padding left out` : '';
      const lines: WorkLine[] = work.how === 'max' ? [{ label: 'largest', formula: `of ${count} values${inside}`, value: output }] : [{ label: 'sum', formula: `of ${count} values${inside}`, value: sum }, { label: 'mean', formula: `${readable(sum)} / ${count}`, value: output }];
      return { lines, output, network: work.result[at] };
    }
    case 'globalPool': {
      const { sum, count, output } = poolAll(work, at);
      const lines: WorkLine[] = work.how === 'max' ? [{ label: 'largest', formula: `of ${count} values`, value: output }] : [{ label: 'sum', formula: `of ${count} values`, value: sum }, { label: 'mean', formula: `${readable(sum)} / ${count}`, value: output }];
      return { lines, output, network: work.channels[at].result };
    }
    case 'dense': {
      const unit = work.units[at];
      const { terms, rest, sum, stages, output } = addUp(unit, work.stages);
      const others = work.inputs - terms.length;
      const lines: WorkLine[] = [{ label: `${terms.length} inputs above`, formula: `${terms.length} products`, value: terms.reduce((all, { product }) => all + product, 0) }];
      if (others) lines.push({ label: `${others} other inputs`, formula: `${others} products`, value: rest });
      if (unit.bias) lines.push({ label: 'bias', value: unit.bias });
      lines.push({ label: 'sum', value: sum, strong: true });
      return { lines: [...lines, ...stageLines(stages, 0, layer)], output, network: unit.result };
    }
    case 'softmax': {
      const { rows, share } = work;
      const { powers, outputs } = softmax(work);
      const { logit } = rows[at];
      const lines: WorkLine[] = [
        { label: 'logit', value: logit },
        { label: 'less the greatest', formula: `${readable(logit)} − ${bracketed(share.greatest)}`, value: logit - share.greatest },
        { label: 'exp', formula: `exp(${readable(logit - share.greatest)})`, value: powers[at] },
        { label: 'share', formula: `${readable(powers[at])} / ${readable(share.total)}, the sum over ${share.classes} classes`, value: outputs[at] },
      ];
      return { lines, output: outputs[at], network: rows[at].result };
    }
    default: {
      const { inputs, merged, stages, output } = workCell(work, at);
      const lines: WorkLine[] = work.kind === 'merge' ? inputs.map((value, i) => ({ label: work.maps[i].layer, value })) : [{ label: layer.inputs[0], value: inputs[0] }];
      if (work.kind === 'merge') {
        const listed = inputs.map((value, i) => (i && work.how !== 'maximum' && work.how !== 'minimum' ? bracketed(value) : readable(value))).join(operators[work.how]);
        lines.push({ label: { add: 'sum', multiply: 'product', average: 'mean', maximum: 'largest', minimum: 'smallest' }[work.how], formula: work.how === 'average' ? `(${listed}) / ${inputs.length}` : listed, value: merged, strong: true });
      }
      return { lines: [...lines, ...stageLines(stages, at, layer)], output, network: work.result[at] };
    }
  }
}

const bracketed = (value: number): string => (value < 0 ? `(${readable(value)})` : readable(value));
