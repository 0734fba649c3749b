import { folded, tableOf } from '../shared/dataTable';
import type { StepsData } from './data';
import { correlationText, notationFor, shareText, totalText } from './numbers';

const most = 40;

/** The numbers behind the charts, closed until someone asks. */
export function tables(data: StepsData): string {
  const { order, weights, shares, stops, shareAt, correlationAt } = data;
  const notation = notationFor(Math.max(...weights.map(Math.abs)));
  const rest = order.length > most ? `the ${most} of ${order.length} channels that add most` : `all ${order.length} channels`;
  const channels = tableOf(
    [
      { head: 'order', text: (_channel, at) => String(at + 1) },
      { head: 'channel', text: String },
      { head: 'weight α', text: (channel) => notation.signed(weights[channel]) + notation.power },
      { head: 'share of the final map', text: (channel) => shareText(shares[channel]) },
    ],
    Array.from(order).slice(0, most),
    rest,
  );
  const running = tableOf(
    [
      { head: 'channels', text: String },
      { head: 'share of the final map', text: (_count, stop) => totalText(shareAt[stop]) },
      { head: 'correlation with it', text: (_count, stop) => correlationText(correlationAt[stop]) },
    ],
    stops,
    'the map as channels are added',
  );
  return folded('the numbers: channels, and the map as they are added', channels + running);
}
