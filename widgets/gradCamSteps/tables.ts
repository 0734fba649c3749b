import { escapeXml } from '../../src/escapeXml';
import type { StepsData } from './data';
import { correlationText, notationFor, shareText, totalText } from './numbers';

const most = 40;

/** The numbers behind the charts, closed until someone asks. */
export function tables(data: StepsData): string {
  const { order, weights, shares, stops, shareAt, correlationAt } = data;
  const notation = notationFor(Math.max(...weights.map(Math.abs)));
  const channels = order.slice(0, most).map((channel, at) => [String(at + 1), String(channel), notation.signed(weights[channel]) + notation.power, shareText(shares[channel])]);
  const running = stops.map((count, stop) => [String(count), totalText(shareAt[stop]), correlationText(correlationAt[stop])]);
  const rest = order.length > most ? `the ${most} of ${order.length} channels that add most` : `all ${order.length} channels`;
  return `<details><summary>the numbers: channels, and the map as they are added</summary>${table(rest, ['order', 'channel', 'weight α', 'share of the final map'], channels)}${table('the map as channels are added', ['channels', 'share of the final map', 'correlation with it'], running)}</details>`;
}

/** Text takes the page's colour: it must read in a dark notebook too. */
function table(caption: string, head: readonly string[], rows: readonly string[][]): string {
  const cells = (tag: 'td' | 'th', texts: readonly string[]): string => `<tr>${texts.map((text) => `<${tag} style="text-align:right;padding:1px 10px">${escapeXml(text)}</${tag}>`).join('')}</tr>`;
  return `<div style="max-height:300px;overflow:auto;margin:6px 0"><table style="font-size:12px;border-collapse:collapse"><caption style="text-align:left">${escapeXml(caption)}</caption><thead>${cells('th', head)}</thead><tbody>${rows.map((row) => cells('td', row)).join('')}</tbody></table></div>`;
}
