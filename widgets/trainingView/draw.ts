import { percent, readable } from '../../src/figure/numbers';
import type { Drawn, Place, Spot, Stage } from '../../src/figure/stage';
import { ink, softInk } from '../../src/figure/svg';
import { shorten } from '../../src/figure/text';
import { captionLines, drawLines, heightOf } from '../../src/figure/textBlock';
import { labelLines, totals } from '../modelView/facts';
import { drawLegend } from '../modelView/legend';
import { type Moving, seen } from '../modelView/moves';
import { drawNetwork, type NetworkLook } from '../modelView/network';
import { planOf } from '../modelView/plan';
import { tileOf } from '../modelView/tiles';
import type { Block } from '../modelView/visible';
import { drawCurves, type Metric, metricsOf } from './curves';
import type { Snapshot, TrainingData } from './data';

export interface TrainingState extends Moving {
  /** Which of the snapshots is shown, by its place. */
  at: number;
  /** What blocks are drawn as: the shapes of their outputs, or what they make of the image. */
  show: 'shapes' | 'maps';
}

export const start = ({ open, snapshots, image }: TrainingData): TrainingState => ({ open, at: snapshots.length - 1, show: image ? 'maps' : 'shapes' });

const margin = 16;
const widest = 1100;
const chart = { narrowest: 190, widest: 400, height: 150, gap: 24 };

/** The moment that is shown; undefined before any. */
export const snapshotAt = ({ snapshots }: TrainingData, { at }: TrainingState): Snapshot | undefined => snapshots[at];

/** Draws the curves and the likeliest classes at one epoch, and the network below them as it was then. */
export function drawTrainingView(stage: Stage, data: TrainingData, state: TrainingState): Drawn {
  const width = Math.min(stage.width, widest);
  const inner = width - 2 * margin;
  const snapshot = snapshotAt(data, state);
  const metrics = metricsOf(data.logs);
  const predictions = snapshot?.predictions ?? [];
  const panels = panelPlaces(metrics.length + (predictions.length ? 1 : 0), inner);
  const charts = metrics.map((metric, at): Spot => ({ name: `epochs ${at}`, ...drawCurves(stage.svg, metric, snapshot?.epoch ?? 0, panels[at]) }));
  if (predictions.length) drawPredictions(stage, predictions, data.image?.name ?? 'the image', panels[metrics.length]);
  const below = Math.max(margin, ...panels.map(({ y }) => y + chart.height + 18));

  const { visible, at } = seen(data, state);
  const legend = drawLegend(stage.svg, { layers: data.layers, outputs: snapshot?.outputs }, state.show === 'maps', margin, below, inner);
  const top = below + legend + 12;
  const tile = (block: Block): ReturnType<NonNullable<NetworkLook['tile']>> => (state.show === 'maps' ? tileIn(data, snapshot, block) : undefined);
  const plan = planOf(data, { open: state.open, key: `training ${state.show}`, lines: (block, group) => labelLines(data, block, group), note: '‖w‖ 00.0, +0.0 %', tile: (block) => tile(block)?.pixels }, inner);
  const spots = drawNetwork(stage, plan, { at, tile, note: (block) => weightsText(data, snapshot, block) }, margin, top);
  const caption = captionLines(inner, `${data.model} · ${momentOf(snapshot, data)}`, detailsOf(data, state));
  drawLines(stage.svg, caption, margin, top + plan.height + 12);
  const height = Math.ceil(top + plan.height + 12 + heightOf(caption) + margin);
  return { width, height, alt: altOf(data, metrics, snapshot), spots: [...charts, ...spots], focus: spots.find(({ name }) => name === visible.blocks[at]?.id) };
}

/** Panels in rows, as many side by side as are still read. */
function panelPlaces(count: number, inner: number): Place[] {
  const columns = Math.max(1, Math.min(count, Math.floor((inner + chart.gap) / (chart.narrowest + chart.gap))));
  const width = Math.min(chart.widest, (inner - chart.gap * (columns - 1)) / columns);
  return Array.from({ length: count }, (_, at) => ({ x: margin + (at % columns) * (width + chart.gap), y: margin + Math.floor(at / columns) * (chart.height + 14), width, height: chart.height }));
}

/** "after epoch 3 of 20", or "after epoch 3" while it is not known how many there will be. */
export function momentOf(snapshot: Pick<Snapshot, 'epoch'> | undefined, { logs, running }: Pick<TrainingData, 'logs' | 'running'>): string {
  if (!snapshot) return 'not trained yet: give its callbacks to model.fit';
  return snapshot.epoch ? `after epoch ${snapshot.epoch}${running ? '' : ` of ${logs.length}`}` : 'before the first epoch';
}

function detailsOf(data: TrainingData, { show }: TrainingState): string {
  const [layers, , params] = totals(data);
  return [
    `${layers[1]} layers, ${params[1]} parameters`,
    ...(show === 'maps' ? [`a block shows one channel of what it makes of ${data.image?.name ?? 'the image'}: the one that varied most before training`] : []),
    '‖w‖ is the norm of the weights, with its change since the start',
  ].join(' · ');
}

function tileIn({ image }: TrainingData, snapshot: Snapshot | undefined, { first, last }: Block): ReturnType<NonNullable<NetworkLook['tile']>> {
  if (first < 0) return image && { pixels: image, look: 'smooth' };
  const output = snapshot?.outputs?.[last];
  return output?.channels.length ? { pixels: tileOf(output, 0), look: 'crisp' } : undefined;
}

/** The norm of all weights of a block, and how far it has come; empty for a block without weights. */
export function weightsText({ snapshots }: Pick<TrainingData, 'snapshots'>, snapshot: Snapshot | undefined, { first, last }: Block): string {
  const norm = ({ norms }: Snapshot): number | undefined => {
    const own = norms.slice(Math.max(0, first), last + 1).filter((each): each is number => each !== null);
    return first >= 0 && own.length ? Math.hypot(...own) : undefined;
  };
  const now = snapshot && norm(snapshot);
  if (now === undefined) return '';
  const before = norm(snapshots[0]) ?? now;
  const change = now / before - 1;
  return `‖w‖ ${readable(now)}${snapshot === snapshots[0] || !Number.isFinite(change) ? '' : `, ${signedPercent(change)}`}`;
}

const signedPercent = (share: number): string => `${share < 0 ? '−' : '+'}${(Math.abs(share) * 100).toFixed(Math.abs(share) < 0.1 ? 1 : 0)}\u00a0%`;

const rowHeight = 24;

/** The likeliest classes as bars. */
function drawPredictions({ svg }: Stage, predictions: NonNullable<Snapshot['predictions']>, image: string, { x, y, width }: Place): void {
  svg.append('text').attr('x', x).attr('y', y + 10).attr('font-size', 12).attr('font-weight', 600).attr('fill', ink).text(shorten(`likeliest for ${image}`, width, 12, true));
  const labels = Math.min(120, width * 0.4);
  const bars = { x: x + labels + 8, width: width - labels - 8 - 42 };
  predictions.forEach(({ label, score }, at) => {
    const middle = y + 32 + at * rowHeight;
    const length = bars.width * Math.min(1, Math.max(0, score || 0));
    svg.append('text').attr('x', bars.x - 8).attr('y', middle + 4).attr('text-anchor', 'end').attr('font-size', 11).attr('fill', ink).text(shorten(label, labels, 11));
    svg.append('rect').attr('x', bars.x).attr('y', middle - 7).attr('width', Math.max(1, length).toFixed(1)).attr('height', 14).attr('rx', 1.5).attr('fill', at ? '#7fb0dc' : '#2f6fb0');
    svg.append('text').attr('x', bars.x + length + 6).attr('y', middle + 4).attr('font-size', 11).attr('fill', softInk).attr('style', 'font-variant-numeric:tabular-nums').text(percent(score));
  });
}

function altOf(data: TrainingData, metrics: readonly Metric[], snapshot: Snapshot | undefined): string {
  const told = metrics.map(({ name, training, validation }) => `${name} from ${readable(training[0])} to ${readable(training[training.length - 1])}${validation ? ` (validation ${readable(validation[validation.length - 1])})` : ''}`);
  const first = snapshot?.predictions?.[0];
  return `Training of ${data.model} over ${data.logs.length} epochs${told.length ? `: ${told.join(', ')}` : ''}. The network ${momentOf(snapshot, data)}${first ? `, which takes ${data.image?.name ?? 'the image'} for ${first.label} (${percent(first.score)})` : ''}.`;
}
