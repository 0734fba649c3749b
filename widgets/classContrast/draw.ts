import { nameOf } from '../../src/figure/caption';
import type { Colormap } from '../../src/figure/colormap';
import { remembered } from '../../src/figure/memo';
import { altOf, heatmapPanel, photoPanel, signOf } from '../../src/figure/mapPanel';
import { type Range, valueRange } from '../../src/figure/normalize';
import { overlayPanel } from '../../src/figure/overlayPanel';
import { margin, type Panel } from '../../src/figure/sheet';
import type { Shown } from '../../src/figure/shown';
import type { Drawn, Place, Stage } from '../../src/figure/stage';
import { ink } from '../../src/figure/svg';
import { captionLines, drawLines } from '../../src/figure/textBlock';
import type { Bar } from '../../src/figure/colorbar';
import { cellAt } from '../shared/cells';
import { type Cursor, drawCrossHair, drawValueMark } from '../shared/crossHair';
import type { ClassContrastData, ContrastView, Difference } from './data';
import { classField, differenceField, type DifferenceField } from './fields';
import { type Cell, drawCells, type Placed } from './layout';
import { contrastDetails, contrastHeading, contrastName, differenceText, oddsText, ratingText, whereText } from './texts';

export interface ClassContrastState {
  /** The two classes, by their places in the list. */
  a: number;
  b: number;
  view: ContrastView;
  difference: Difference;
  opacity: number;
  /** Of the two maps. */
  colormap: Colormap;
  /** Of what has two signs. */
  diverging: Colormap;
  cursor?: Cursor;
  /** A class that another view asked for, and of which there is no map. */
  missing?: number;
}

export const start = ({ view, difference, opacity, colormap, about }: ClassContrastData): ClassContrastState => ({
  a: 0,
  b: 1,
  view: view ?? (about.grain === 'fine' ? 'map' : 'overlay'),
  difference: difference ?? 'scores',
  opacity: opacity ?? 0.6,
  colormap: colormap ?? 'viridis',
  diverging: 'RdBu',
});

/** The three maps of a state. */
export interface Fields {
  a: Shown;
  b: Shown;
  difference: DifferenceField;
}

export const fieldsOf = (data: ClassContrastData, { a, b, difference }: ClassContrastState): Fields => ({ a: classField(data, a), b: classField(data, b), difference: differenceField(data, a, b, difference) });

/** Why A and not B: both maps on one scale, and their difference. */
export function drawClassContrast(stage: Stage, data: ClassContrastData, state: ClassContrastState): Drawn {
  const fields = fieldsOf(data, state);
  const { a, b, difference } = fields;
  const shared = sharedRange([a, b]);
  const size = data.size ?? 224;
  const first = painted(a, state, size, shared);
  const second = painted(b, state, size, shared);
  const third = painted(difference.map, state, size, valueRange(difference.map.values, signOf(difference.map, {})));
  const cells: Cell[] = [
    { name: 'A', panel: { ...first.panel, title: `A: ${nameOf(a.target)}`, subtitle: ratingText(data.classes[state.a]) } },
    { name: 'B', panel: { ...second.panel, title: `B: ${nameOf(b.target)}`, subtitle: ratingText(data.classes[state.b]) }, bar: first.bar },
    { name: 'A − B', panel: { ...third.panel, title: titleOf(difference), subtitle: oddsText(data, state.a, state.b) }, bar: third.bar },
  ];
  const photo: Cell | undefined = state.view === 'map' ? { name: 'photo', panel: { ...photoPanel(a, size), title: a.image.name, subtitle: 'what the network saw' } } : undefined;
  const { placed, right, bottom } = drawCells(stage, cells, photo, size);
  if (state.cursor) drawCursor(stage, placed, fields, state.cursor, shared, third.bar.range);
  const width = Math.ceil(right + margin);
  const colormap = difference.directed ? state.diverging : state.colormap;
  const details = [contrastDetails(data), differenceText(data, difference, colormap)].filter(Boolean).join(' · ');
  const caption = captionLines(width - 2 * margin, contrastHeading(data, state.a, state.b), details, notesOf(data, state, fields));
  return { width, height: Math.ceil(drawLines(stage.svg, caption, margin, bottom + 10) + margin), alt: () => contrastAlt(data, state, fields), spots: placed.map(({ name, place }) => ({ ...place, name })) };
}

const titleOf = ({ way, directed }: DifferenceField): string => (way === 'maps' ? 'map A − map B' : directed ? 'A − B' : 'A against B');

interface Painted {
  panel: Panel;
  bar: Bar;
}

/** The panel of a map in its colours, and the colour bar. The last one is kept: a cursor that moves changes no colours. */
function painted(map: Shown, { view, opacity, colormap, diverging }: ClassContrastState, size: number, range: Range): Painted {
  const look = { size, colormap: map.signed ? diverging : colormap, range: range[1] > range[0] ? range : undefined };
  const key = JSON.stringify([look, view, opacity]);
  const last = remembered<{ key?: string; of?: Painted }>(map.values, 'painted', () => ({}));
  if (!last.of || last.key !== key) Object.assign(last, { key, of: view === 'map' ? heatmapPanel(map, look) : overlayPanel(map, { ...look, opacity }) });
  return last.of as Painted;
}

/** One scale for both. */
function sharedRange(maps: readonly Shown[]): Range {
  const ranges = maps.map((map) => valueRange(map.values, signOf(map, {})));
  return [Math.min(...ranges.map(([low]) => low)), Math.max(...ranges.map(([, high]) => high))];
}

function drawCursor({ svg }: Stage, placed: readonly Placed[], { a, b, difference }: Fields, cursor: Cursor, shared: Range, own: Range): void {
  for (const { place } of placed) drawCrossHair(svg, place, cursor);
  const bars = placed.filter(({ barPlace }) => barPlace).map(({ barPlace }) => barPlace as Place);
  const [first, second] = [a, b].map((map) => valueAt(map, cursor));
  drawValueMark(svg, bars[0], shared, first);
  drawValueMark(svg, bars[0], shared, second);
  drawValueMark(svg, bars[1], own, valueAt(difference.map, cursor));
  const [high, low] = [first, second].map((value) => markAt(bars[0], shared, value));
  const letters = Math.abs(high - low) < 11 ? [{ text: 'AB', y: (high + low) / 2 }] : [{ text: 'A', y: high }, { text: 'B', y: low }];
  for (const { text, y } of letters) if (Number.isFinite(y)) svg.append('text').attr('x', bars[0].x - 9).attr('y', y + 4).attr('text-anchor', 'end').attr('font-size', 11).attr('font-weight', 600).attr('fill', ink).text(text);
}

export const valueAt = (map: Shown, cursor: Cursor): number => map.values[cellAt(cursor, map.shape)];

const markAt = ({ y, height }: Place, [low, high]: Range, value: number): number => (high > low ? y + height * (1 - Math.min(1, Math.max(0, (value - low) / (high - low)))) : NaN);

/** What the reader must know before believing the picture. */
function notesOf(data: ClassContrastData, state: ClassContrastState, { a, b, difference }: Fields): string[] {
  const empty = [a, b].filter(({ values, signed }) => !signed && values.every((value) => value === 0));
  const same = difference.map.values.every((value) => value === 0);
  return [
    ...(data.about.note ? [data.about.note] : []),
    ...empty.map(({ target, layer }) => `no positive evidence for ${nameOf(target)}${layer ? ` at layer ${layer}` : ''}`),
    ...(same && empty.length < 2 ? ['the two maps are the same: they tell nothing of why one class and not the other'] : []),
    ...(state.difference === 'scores' && difference.way === 'maps' ? [`the map of the difference of the scores was computed for ${data.pairs.map((pair) => contrastName(data, pair.a, pair.b)).join('; ') || 'no two classes'}; this is the difference of the two maps`] : []),
  ];
}

function contrastAlt(data: ClassContrastData, { a, b, view }: ClassContrastState, fields: Fields): string {
  const kind = view === 'map' ? 'Heatmap' : 'Overlay';
  return `${altOf(kind, fields.a, signOf(fields.a, {}))} ${altOf(kind, fields.b, signOf(fields.b, {}))} For ${contrastName(data, a, b)}: ${whereText(fields.difference)}; ${oddsText(data, a, b)}.`;
}
