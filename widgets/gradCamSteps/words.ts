import { heatText } from '../../src/figure/altText';
import { detailParts, joinParts, nameOf } from '../../src/figure/caption';
import { readable } from '../../src/figure/numbers';
import { cellAt, cellOf } from '../shared/cells';
import type { Cursor } from '../shared/crossHair';
import type { StepsData } from './data';
import { channelMap, greatest, mapAt, sumAt } from './maps';
import { correlationText, notationFor, shareText, totalText } from './numbers';
import { countOf, isEmpty, lastStop, rankOf, type StepsState } from './state';

/** `8 of 1280 channels make 29.6 % of the final map, correlation with it 0.94`. */
export function soFar(data: StepsData, stop: number): string {
  const some = `${data.stops[stop]} of ${data.order.length} channels`;
  if (isEmpty(data)) return `${some}; the final map is empty`;
  const r = data.correlationAt[stop];
  return `${some} ${makes(data.stops[stop])} ${totalText(data.shareAt[stop])} of the final map${r === null ? '' : `, correlation with it ${correlationText(r)}`}`;
}

export const makes = (count: number): string => (count === 1 ? 'makes' : 'make');

export function captionParts(data: StepsData): { heading: string; details: string } {
  const { target, explained, score, model, layer, image } = data;
  const details = detailParts({ score, model, layer, options: { score: explained } });
  return { heading: `Grad-CAM, step by step · ${nameOf(target)}`, details: joinParts([...details, image.name, 'Selvaraju et al. 2017, arXiv 1610.02391']) };
}

export function altText(data: StepsData, state: StepsState): string {
  const { image, target, layer, order, picked, weights } = { ...data, ...state };
  const final = mapAt(data, lastStop(data));
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
  const weights = notationFor(greatest(data.weights));
  const about = `channel ${channel}: weight ${weights.signed(data.weights[channel])}${weights.power}, ${shareText(data.shares[channel])} of the final map, number ${rankOf(data, channel) + 1} to be added`;
  return [soFar(data, state.stop), about, state.cursor && cellText(data, state, state.cursor, channel)].filter(Boolean).join(' · ');
}

function cellText(data: StepsData, state: StepsState, cursor: Cursor, channel: number): string {
  const [row, column] = cellOf(cursor, data.grid);
  const cell = cellAt(cursor, data.grid);
  const own = (['activation', 'gradient', 'product'] as const).flatMap((kind, at) => {
    const value = channelMap(data, kind, channel)?.[cell];
    return value === undefined ? [] : [`${['A', '∂y/∂A', 'α A'][at]} ${short(value)}`];
  });
  return [`row ${row}, column ${column}`, ...own, `sum of ${countOf(data, state)}: ${short(sumAt(data, state.stop)[cell])}`, `final map ${short(mapAt(data, lastStop(data))[cell])}`].join(', ');
}

/** As many digits as the values have that were sent. */
const short = (value: number): string => readable(Number(value.toPrecision(3)));
