import { readable } from '../../src/figure/numbers';
import { softInk } from '../../src/figure/svg';
import { shorten, wrap } from '../../src/figure/text';
import { styles } from '../../src/figure/textBlock';
import { drawChannelRow } from './channelRow';
import type { StepsData } from './data';
import { drawFlow } from './flow';
import { formulas } from './formula';
import { channelMap, greatest } from './maps';
import { correlationText, notationFor, shareText, totalText } from './numbers';
import { drawLabel, drawTitle, type Easel } from './paint';
import { drawRunning } from './running';
import { countOf, isEmpty, rankOf } from './state';
import { drawWeights } from './weights';
import { makes } from './words';

const textSize = 11;
const textLine = 16;
const longestName = 240;

/** 1. From the photograph to the layer's maps and the score. */
export function drawForward(easel: Easel, y: number): number {
  const { data, state } = easel;
  const top = drawTitle(easel, `1. The photo goes forward: layer ${shorten(data.layer, longestName, styles.heading.size, true)} puts out its maps A, and the network ends in the score y`, [], y);
  return drawChannelRow(
    easel,
    {
      kind: 'activation',
      over: (channel) => `k = ${channel}`,
      remark: 'Above: the maps of the channels that add most in the end; k is the number of the channel.',
      aside: `A of channel ${state.picked}`,
    },
    drawFlow(easel, top),
  );
}

/** 2. The gradient of the score with respect to the maps. */
export function drawBackward(easel: Easel, y: number): number {
  const { data, state, layout } = easel;
  const weights = notationFor(greatest(data.weights));
  return drawChannelRow(
    easel,
    {
      kind: 'gradient',
      title: '2. The gradient goes back: how much y rises with each value of A',
      formula: formulas.gradient,
      under: (channel) => ({ text: `${layout.tile.width < 62 ? '' : 'mean '}${weights.signed(data.weights[channel])}` }),
      remark: `Below each: its mean${weights.power && `, in units of ${weights.power.replace(/[\u00a0×]/g, '')}`}. ${gradientRemark(data)}`,
      aside: `∂y/∂A of channel ${state.picked}`,
    },
    y,
  );
}

function gradientRemark({ even, weights }: StepsData): string {
  if (!even) return 'Red: more of it raises y; blue: more of it lowers y.';
  return greatest(weights) ? "The same in every cell of a map: the layers behind use only the map's mean." : 'It is 0 everywhere: the score does not depend on this layer.';
}

/** 3. The mean of each channel's gradient. */
export function drawPooled(easel: Easel, y: number): number {
  const { state, layout: { beside } } = easel;
  const top = drawTitle(easel, "3. A channel's weight α is the mean of its gradient", formulas.weight, y);
  const bottom = drawWeights(easel, top);
  return Math.max(bottom, drawText(easel, pooling(easel.data, state.picked), beside ? top + 2 : bottom)) + 10;
}

/** How the picked channel's weight comes about, in numbers. */
function pooling(data: StepsData, channel: number): string[] {
  const count = data.shape[0] * data.shape[1];
  const weight = data.weights[channel];
  const gradients = channelMap(data, 'gradient', channel);
  const { text, power } = notationFor(greatest(gradients ?? []));
  const some = gradients?.length === count && count > 2 ? [gradients[0], gradients[count - 1]] : [];
  const addends = some.some((value) => value !== 0) ? [`α = (${some.map(text).join(' + … + ')})${power} / ${count}`.replace('+ −', '− ')] : [];
  const own = notationFor(Math.abs(weight));
  return [`Channel ${channel}: the mean of its ${count} gradients.`, ...addends, `${addends.length ? '' : 'α '}= ${readable(Number((weight * count).toPrecision(3)))} / ${count} = ${own.signed(weight)}${own.power}`];
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
      under: (channel) => ({ text: isEmpty(data) ? '' : shareText(data.shares[channel]), pale: rankOf(data, channel) >= count }),
      remark: [!isEmpty(data) && "Below each: its part of the final map's sum.", data.silent > 0 && `Silent here, so that they add nothing whatever their weight: ${data.silent} of the ${data.order.length} channels.`].filter(Boolean).join(' '),
      aside: `α A of channel ${state.picked}`,
    },
    y,
  );
}

/** 5. The running sum. */
export function drawSum(easel: Easel, y: number): number {
  const { data, state, layout: { beside, aside } } = easel;
  const top = drawTitle(easel, '5. The channels are added, those that add most first', formulas.sum, y);
  const bottom = drawRunning(easel, top);
  const textTop = beside ? top + 4 : bottom;
  const count = countOf(data, state);
  drawLabel(easel, `${count} of ${data.order.length} channels`, aside.x, textTop + 14, { anchor: 'start', size: 14, bold: true });
  const r = data.correlationAt[state.stop];
  const told = isEmpty(data)
    ? ['The final map is empty: there is nothing to make a part of.']
    : [
        `${makes(count)} ${totalText(data.shareAt[state.stop])} of the final map.${r === null ? '' : ` Correlation of their map with it: ${correlationText(r)}.`}`,
        '100\u00a0% is the sum of the final map, over the cells that the ReLU keeps. A channel comes first if its |α A|, summed over the cells, is large.',
      ];
  return Math.max(bottom, drawText(easel, told, textTop + 20)) + 10;
}

/** Lines in the place beside the tiles, or below them. Gives the y below. */
function drawText(easel: Easel, texts: readonly string[], y: number): number {
  const { x, width } = easel.layout.aside;
  for (const text of texts.flatMap((each) => wrap(each, width, textSize))) drawLabel(easel, text, x, (y += textLine), { anchor: 'start', size: textSize, fill: softInk });
  return y + 4;
}
