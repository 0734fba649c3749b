import { channelMap, gridOf, type Site } from './site';
import type { Share } from './stage';
import type { Dense, GlobalPool, Softmax, Unit } from './units';

/** How many units, and inputs of a unit, are shown; of a softmax as many classes. */
const shownUnits = 5;
const shownTerms = 8;
const shownClasses = 8;

/** The strongest units of a dense layer, and the asked one, with the inputs that count most for each. */
export function denseOf({ model, step, channel, inputs: [input], stages, result }: Site): Dense {
  const [kernel, bias] = step.source.getWeights();
  const [inputs, units] = kernel.shape as [number, number];
  const weights = kernel.dataSync();
  const shifts = bias?.dataSync();
  const unitOf = (unit: number): Unit => {
    const terms = Array.from(input.data, (value, at) => ({ input: at, value, weight: weights[at * units + unit] }));
    const order = [...terms].sort((a, b) => Math.abs(b.value * b.weight) - Math.abs(a.value * a.weight));
    const rest = order.slice(shownTerms).reduce((sum, { value, weight }) => sum + value * weight, 0);
    return { unit, label: labelOf(model, units, unit), terms: order.slice(0, shownTerms), rest, bias: shifts?.[unit] ?? 0, result: result.data[unit] };
  };
  return { kind: 'dense', units: strongest(result.data, channel, shownUnits).map(unitOf), inputs, stages };
}

export function globalPoolOf({ channel, inputs: [input], result }: Site, how: GlobalPool['how']): GlobalPool {
  const shown = strongest(result.data, channel, shownUnits);
  return { kind: 'globalPool', how, grid: gridOf(input), channels: shown.map((each) => ({ channel: each, map: channelMap(input, each), result: result.data[each] })) };
}

export function softmaxOf({ model, step, channel, inputs: [logits], result }: Site): Softmax {
  const { data } = logits;
  const rows = strongest(data, channel, shownClasses).map((unit) => ({ unit, label: labelOf(model, data.length, unit), logit: data[unit], result: result.data[unit] }));
  return { kind: 'softmax', rows, share: shareOf(step.layer, data) };
}

/** What all logits of a softmax share. */
export function shareOf(layer: string, logits: Float32Array): Share {
  const greatest = logits.reduce((a, b) => Math.max(a, b), -Infinity);
  return { kind: 'share', layer, greatest, total: logits.reduce((sum, logit) => sum + Math.exp(logit - greatest), 0), classes: logits.length };
}

/** The places of the greatest values, greatest first, `asked` among them. */
function strongest(values: Float32Array, asked: number, count: number): number[] {
  const order = [...values.keys()].sort((a, b) => values[b] - values[a]).slice(0, count);
  return order.includes(asked) ? order : [...order.slice(0, count - 1), asked];
}

const labelOf = (model: Site['model'], units: number, unit: number): string | undefined => (model.labels && units === model.head.classes ? model.label(unit) : undefined);
