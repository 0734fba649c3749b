import { drawBar, barWidth } from '../../src/figure/colorbar';
import { percent, readable } from '../../src/figure/numbers';
import { overlayPanel } from '../../src/figure/overlayPanel';
import { remembered } from '../../src/figure/memo';
import { resizeMap } from '../../src/image/resizeMap';
import { drawPanel } from '../../src/figure/sheet';
import type { Shown } from '../../src/figure/shown';
import type { Drawn, Place, Spot, Stage } from '../../src/figure/stage';
import { ink, softInk } from '../../src/figure/svg';
import { shorten } from '../../src/figure/text';
import { captionLines, drawLines, heightOf } from '../../src/figure/textBlock';
import type { Pixels } from '../../src/image/canvas';
import { drawCurves, metricsOf } from '../trainingView/curves';
import { momentOf } from '../trainingView/draw';
import type { TinyData, TinyMoment } from './data';

export interface TinyState {
  /** Which of the moments is shown, by its place. */
  at: number;
}

export const start = ({ snapshots }: TinyData): TinyState => ({ at: snapshots.length - 1 });

const margin = 16;
const widest = 1000;
const gap = 24;
const chart = { height: 150, narrowest: 190 };
const narrowestScene = 200;
/** Of a map over its own maximum. */
const whole = { range: [0, 1] } as const;

/** Draws loss, accuracy and the first layer's filters in a row, and below them what the net makes of a few scenes. */
export function drawTinyTraining(stage: Stage, data: TinyData, { at }: TinyState): Drawn {
  const width = Math.min(stage.width, widest);
  const inner = width - 2 * margin;
  const moment = data.snapshots[at] as TinyMoment | undefined;
  const metrics = metricsOf(data.logs);
  const panels = panelPlaces(metrics.length + 1, inner, chart.height, chart.narrowest);
  const charts = metrics.map((metric, each): Spot => ({ name: `epochs ${each}`, ...drawCurves(stage.svg, metric, moment?.epoch ?? 0, panels[each]) }));
  if (moment) drawFilters(stage, data, moment, panels[metrics.length]);
  let y = Math.max(...panels.map((place) => place.y + place.height)) + 20;
  if (moment) y = drawScenes(stage, data, moment, y, inner);
  const caption = captionLines(inner, `${data.model} · ${momentOf(moment, data)}${data.stopped ? ', stopped' : ''}`, detailsOf(data));
  drawLines(stage.svg, caption, margin, y);
  return { width, height: Math.ceil(y + heightOf(caption) + margin), alt: altOf(data, moment), spots: charts };
}

/** Panels of one height in rows, as many side by side as are still read. */
function panelPlaces(count: number, inner: number, height: number, narrowest: number): Place[] {
  const columns = Math.max(1, Math.min(count, Math.floor((inner + gap) / (narrowest + gap))));
  const width = (inner - gap * (columns - 1)) / columns;
  return Array.from({ length: count }, (_, at) => ({ x: margin + (at % columns) * (width + gap), y: margin + Math.floor(at / columns) * (height + 14), width, height }));
}

function detailsOf({ layers, seed, scenes }: TinyData): string {
  return [
    `Grad-CAM of the class that is shown, at ${layers.last}, coloured by the share of its own maximum`,
    `filters of ${layers.first}: grey is 0, one scale for all`,
    `${scenes} new scenes an epoch; validation on 200 others`,
    `seed ${seed}`,
  ].join(' · ');
}

const text = ({ svg }: Stage, x: number, y: number, size: number, fill: string, words: string, bold = false): void =>
  void svg.append('text').attr('x', x).attr('y', y).attr('font-size', size).attr('font-weight', bold ? 600 : null).attr('fill', fill).attr('style', 'font-variant-numeric:tabular-nums').text(words);

/** The kernels of the first layer in their own colours. */
function drawFilters(stage: Stage, { filterSide, layers }: TinyData, { filters }: TinyMoment, { x, y, width, height }: Place): void {
  const count = filters.length / (filterSide * filterSide * 3);
  const top = greatest(filters);
  text(stage, x, y + 10, 12, ink, `filters of ${layers.first}`, true);
  text(stage, x, y + 26.5, 10.5, softInk, `weights from ${readable(-top)} to ${readable(top)}`);
  const room = { width, height: height - 38 };
  const columns = Array.from({ length: count }, (_, at) => at + 1).reduce((best, each) => (tileSide(each, count, room) > tileSide(best, count, room) ? each : best), 1);
  const side = Math.floor(tileSide(columns, count, room));
  for (let at = 0; at < count; at++) {
    const place = { x: x + (at % columns) * (side + 4), y: y + 36 + Math.floor(at / columns) * (side + 4), width: side, height: side };
    drawPanel(stage, { pixels: filterPixels(filters, filterSide, at, count, top), look: 'crisp' }, place);
  }
}

const tileSide = (columns: number, count: number, { width, height }: { width: number; height: number }): number => Math.min((width + 4) / columns, (height + 4) / Math.ceil(count / columns)) - 4;

function filterPixels(filters: Float32Array, side: number, filter: number, count: number, top: number): Pixels {
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  for (let cell = 0; cell < side * side; cell++) {
    for (let channel = 0; channel < 3; channel++) data[cell * 4 + channel] = 127.5 + (127.5 * filters[(cell * 3 + channel) * count + filter]) / (top || 1);
  }
  return { width: side, height: side, data };
}

/** Each scene and its map side by side, and what the net says. Gives the y below. */
function drawScenes(stage: Stage, data: TinyData, moment: TinyMoment, y: number, inner: number): number {
  const { bar } = overlayPanel(shownOf(data, moment, 0), whole);
  const barRoom = barWidth(bar, 110) + 12;
  const count = data.watched.length;
  const columns = Math.max(1, Math.min(count, Math.floor((inner - barRoom + gap) / (narrowestScene + gap))));
  const width = Math.min(320, (inner - barRoom - gap * (columns - 1)) / columns);
  const side = Math.floor((width - 6) / 2);
  const rowHeight = side + 58;
  data.watched.forEach(({ image, label, area }, at) => {
    const { top, inside } = moment.scenes[at];
    const [x, line] = [margin + (at % columns) * (width + gap), y + Math.floor(at / columns) * rowHeight];
    text(stage, x, line + 10, 12, ink, shorten(`shows ${article(label)}`, side, 12, true), true);
    text(stage, x + side + 6, line + 10, 12, ink, shorten(`where is its ${label}?`, side, 12), false);
    drawPanel(stage, { pixels: image, look: 'smooth' }, { x, y: line + 16, width: side, height: side });
    drawPanel(stage, { pixels: overlayPanel(shownOf(data, moment, at), whole).panel.pixels, look: 'smooth' }, { x: x + side + 6, y: line + 16, width: side, height: side });
    text(stage, x, line + side + 30, 11, ink, shorten(`${top.label === label ? 'right' : 'wrong'}: ${top.label} ${percent(top.score)}`, side, 11));
    text(stage, x + side + 6, line + side + 30, 11, softInk, shorten(inside === null ? 'the map is zero' : `${percent(inside)} on it`, side, 11));
    text(stage, x + side + 6, line + side + 44, 10, softInk, shorten(`(it covers ${percent(area)})`, side, 10));
  });
  drawBar(stage.svg, bar, margin + columns * (width + gap) - gap + 12, y + 16, Math.min(110, side));
  return y + Math.ceil(count / columns) * rowHeight;
}

/** A map as the overlay takes it, over its own maximum. */
function shownOf({ watched, grid, layers, model }: TinyData, { scenes }: TinyMoment, at: number): Shown {
  const { image, label } = watched[at];
  const { map, top } = scenes[at];
  const values = remembered(map, 'enlarged', () => {
    const most = greatest(map) || 1;
    return resizeMap(map, grid, [image.height, image.width]).map((value) => value / most);
  });
  return {
    method: 'Grad-CAM', values, shape: [image.height, image.width], grain: 'coarse', signed: false, unit: 'share of the maximum', model, layer: layers.last, image, options: {},
    target: { index: -1, label }, score: { logit: 0, probability: top.score },
  };
}

const greatest = (values: Float32Array): number => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

const article = (label: string): string => `${/^[aeiou]/.test(label) ? 'an' : 'a'} ${label}`;

function altOf(data: TinyData, moment: TinyMoment | undefined): string {
  const told = metricsOf(data.logs).map(({ name, training, validation }) => `${name} from ${readable(training[0])} to ${readable(training[training.length - 1])}${validation ? ` (validation ${readable(validation[validation.length - 1])})` : ''}`);
  const scenes = moment?.scenes.map(({ top, inside }, at) => `a scene with ${article(data.watched[at].label)} is taken for ${article(top.label)} (${percent(top.score)})${inside === null ? '' : `, ${percent(inside)} of its Grad-CAM map on the ${data.watched[at].label}`}`);
  return `Training of ${data.model} over ${data.logs.length} epochs${told.length ? `: ${told.join(', ')}` : ''}. ${momentOf(moment, data)}: ${scenes?.join('; ') ?? ''}.`;
}
