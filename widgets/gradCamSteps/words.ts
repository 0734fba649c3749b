import { detailParts, joinParts, nameOf } from '../../src/figure/caption';
import { heatText } from '../../src/figure/altText';
import type { StepsData } from './data';
import { channelMap, mapAt, sumAt } from './maps';
import { correlationText, notationFor, readable, shareText, totalText } from './numbers';
import { cellAt, countOf, rankOf, type StepsState } from './state';

/** `8 of 1280 channels make 29.6 % of the final map, correlation with it 0.94`. */
export const soFar = (data: StepsData, stop: number): string =>
  `${data.stops[stop]} of ${data.order.length} channels make ${totalText(data.shareAt[stop])} of the final map, correlation with it ${correlationText(data.correlationAt[stop])}`;

const definition = "share: what the channels add up to in the cells that the ReLU keeps in the end, of the final map's sum; order: by the sum of |α A|";

export function captionParts(data: StepsData): { heading: string; details: string } {
  const { target, explained, score, model, layer, image } = data;
  const shown = { method: 'Grad-CAM', target, score, model, layer, options: { score: explained } };
  return { heading: `Grad-CAM, step by step · ${nameOf(target)}`, details: joinParts([...detailParts(shown as never), image.name, definition, 'Selvaraju et al. 2017']) };
}

export function altText(data: StepsData, state: StepsState): string {
  const { image, target, layer, order, picked, weights } = { ...data, ...state };
  const final = mapAt(data, data.stops.length - 1);
  const top = order.slice(0, 3).map((channel) => `${channel} (${shareText(data.shares[channel])})`);
  return [
    `Grad-CAM of ${image.name} for ${nameOf(target)} in seven steps: the ${order.length} maps of layer ${layer}, their gradients, the weights, map times weight, the sum, ReLU, and the map over the photo.`,
    `${soFar(data, state.stop)}.`,
    `The channels that add most: ${top.join(', ')}.`,
    `Channel ${picked} has the weight ${readable(weights[picked])}.`,
    `The final map is ${heatText(final, [data.grid[0], data.grid[1]], 'positive')}.`,
  ].join(' ');
}

/** What is looked at, in words and numbers. */
export function statusText(data: StepsData, state: StepsState): string {
  const channel = state.pointed ?? state.picked;
  const weights = notationFor(Math.max(...data.weights.map(Math.abs)));
  const about = `channel ${channel}: weight ${weights.signed(data.weights[channel])}${weights.power}, ${shareText(data.shares[channel])} of the final map, number ${rankOf(data, channel) + 1} to be added`;
  return [soFar(data, state.stop), about, state.cursor && cellText(data, state, channel)].filter(Boolean).join(' · ');
}

function cellText(data: StepsData, state: StepsState, channel: number): string {
  const { row, column, cell } = cellAt(data, state.cursor as NonNullable<StepsState['cursor']>);
  const [a, g, p] = (['activation', 'gradient', 'product'] as const).map((kind) => channelMap(data, kind, channel)?.[cell]);
  const own = a === undefined || g === undefined || p === undefined ? [] : [`A ${readable(round(a))}`, `∂y/∂A ${readable(round(g))}`, `α A ${readable(round(p))}`];
  const sum = sumAt(data, state.stop)[cell];
  return [`row ${row + 1}, column ${column + 1}`, ...own, `sum of ${countOf(data, state)} ${readable(round(sum))}`, `final map ${readable(round(mapAt(data, data.stops.length - 1)[cell]))}`].join(', ');
}

/** A float's own digits, no more. */
const round = (value: number): number => Number(value.toPrecision(4));
