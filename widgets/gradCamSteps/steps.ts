import { softInk } from '../../src/figure/svg';
import { wrap } from '../../src/figure/text';
import { drawChannelRow } from './channelRow';
import { drawFlow } from './flow';
import { formulas } from './formula';
import { channelMap } from './maps';
import { correlationText, notationFor, shareText, totalText } from './numbers';
import { drawLabel, drawTitle, type Easel } from './paint';
import { drawRunning } from './running';
import { countOf, rankOf } from './state';
import { drawWeights } from './weights';

const line = 15;

/** 1. From the photograph to the layer's maps and the score. */
export function drawForward(easel: Easel, y: number): number {
  const { data, layout } = easel;
  const [, , depth] = data.shape;
  const top = drawTitle(easel, `1. The photo goes forward: layer ${data.layer} puts out ${depth} maps A, the network the score y`, [], y, { rule: false });
  const tilesTop = drawFlow(easel, top + 8);
  return drawChannelRow(
    easel,
    {
      kind: 'activation',
      title: depth > layout.columns ? `The maps of the ${layout.columns} channels that add most in the end` : 'The maps, those that add most in the end first',
      over: (channel) => named(easel, channel),
      aside: (channel) => `A of channel ${channel} in numbers`,
      rule: false,
    },
    tilesTop,
  );
}

/** 2. The gradient of the score with respect to the maps. */
export function drawBackward(easel: Easel, y: number): number {
  const weights = notationFor(Math.max(...easel.data.weights.map(Math.abs)));
  return drawChannelRow(
    easel,
    {
      kind: 'gradient',
      title: `2. The gradient goes back: how much y rises with each value of A${easel.data.even ? ' (here the same in all cells of a map)' : ''}`,
      formula: formulas.gradient,
      under: (channel) => ({ text: `mean ${weights.signed(easel.data.weights[channel])}` }),
      aside: (channel) => `∂y/∂A of channel ${channel}`,
    },
    y,
  );
}

/** 3. The mean of each channel's gradient. */
export function drawPooled(easel: Easel, y: number): number {
  const { data, state, layout } = easel;
  const top = drawTitle(easel, "3. A channel's weight α is the mean of its gradient", formulas.weight, y);
  const chartBottom = drawWeights(easel, top);
  let textTop = layout.beside ? top : chartBottom + 4;
  for (const [at, text] of pooling(easel, state.picked).entries()) {
    for (const each of wrap(text, layout.aside.width, 11)) {
      textTop += line;
      drawLabel(easel, each, layout.aside.x, textTop, { anchor: 'start', size: 11, fill: at ? undefined : softInk });
    }
  }
  const { silent } = data;
  return Math.max(chartBottom, textTop + 4) + 10 + (silent ? 0 : 0);
}

/** How the picked channel's weight comes about, in numbers. */
function pooling({ data }: Easel, channel: number): string[] {
  const weight = data.weights[channel];
  const count = data.shape[0] * data.shape[1];
  const gradients = channelMap(data, 'gradient', channel);
  const size = Math.max(Math.abs(weight), gradients ? Math.max(...gradients.map(Math.abs)) : 0);
  const { text, signed, power } = notationFor(size);
  const sum = notationFor(size).factor * weight * count;
  const total = Math.abs(sum) >= 100 ? sum.toFixed(0) : Math.abs(sum) >= 10 ? sum.toFixed(1) : sum.toFixed(2);
  const whole = count === data.grid[0] * data.grid[1];
  const addends = gradients && whole && count > 3 ? [`(${[gradients[0], gradients[1]].map(text).join(' + ')} + … + ${text(gradients[count - 1])}) / ${count}`.replace(/\+ −/g, '− ')] : [];
  return [
    `channel ${channel}, the mean of ${count} gradients${power && `, ${power.trim()}`}`,
    ...addends.map((each) => `α = ${each}`),
    `${addends.length ? '   ' : 'α '}= ${total.replace('-', '−')} / ${count} = ${signed(weight)}`,
    `adds ${shareText(data.shares[channel])} of the final map`,
  ];
}

/** 4. Each map times its weight. */
export function drawProducts(easel: Easel, y: number): number {
  const { data, state } = easel;
  const count = countOf(data, state);
  return drawChannelRow(
    easel,
    {
      kind: 'product',
      title: '4. Each map times its weight: what the channel says for (red) or against (blue)',
      formula: formulas.product,
      under: (channel) => ({ text: shareText(data.shares[channel]), pale: rankOf(data, channel) >= count }),
      aside: (channel) => `α A of channel ${channel}`,
    },
    y,
  );
}

/** 5. The running sum. */
export function drawSum(easel: Easel, y: number): number {
  const { data, state, layout } = easel;
  const count = countOf(data, state);
  const top = drawTitle(easel, '5. The channels are added, those that add most first', formulas.sum, y);
  const bottom = drawRunning(easel, top);
  const { x, width } = layout.aside;
  let textTop = layout.beside ? top + 4 : bottom + 2;
  drawLabel(easel, `${count} of ${data.order.length} channels`, x, textTop + 14, { anchor: 'start', size: 14, bold: true });
  textTop += 20;
  const told = [`${totalText(data.shareAt[state.stop])} of the final map`, `correlation with it ${correlationText(data.correlationAt[state.stop])}`, ...(data.silent ? [`${data.silent} channels are silent here: whatever their weight, they add nothing`] : [])];
  for (const text of told.flatMap((each) => wrap(each, width, 11))) {
    textTop += line;
    drawLabel(easel, text, x, textTop, { anchor: 'start', size: 11, fill: softInk });
  }
  return Math.max(bottom, textTop + 4) + 10;
}

/** `channel 254`, as much of it as fits over a tile. */
const named = ({ layout }: Easel, channel: number): string => (layout.tile.width >= 62 ? `channel ${channel}` : `ch. ${channel}`);
