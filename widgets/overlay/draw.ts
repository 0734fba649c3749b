import { capital, detailsOf, headingOf, joinParts } from '../../src/figure/caption';
import type { Bar } from '../../src/figure/colorbar';
import type { Colormap } from '../../src/figure/colormap';
import { altOf, type ColorOptions, heatmapPanel, notesOf, photoPanel, signOf } from '../../src/figure/mapPanel';
import { maskPanel, type MaskOptions } from '../../src/figure/maskPanel';
import { type Range, type Sign, valueRange } from '../../src/figure/normalize';
import { percent } from '../../src/figure/numbers';
import { overlayPanel } from '../../src/figure/overlayPanel';
import { drawSheet, type Panel, type SheetParts } from '../../src/figure/sheet';
import { type Shown, singleChannel } from '../../src/figure/shown';
import type { Drawn, Stage } from '../../src/figure/stage';
import { type Cursor, drawCrossHair, drawValueMark } from '../shared/crossHair';
import { cellAt } from '../shared/cells';
import type { OverlayData, OverlayView } from './data';
import { swiped } from './swipe';

export interface OverlayState {
  view: OverlayView;
  /** Which of the maps. */
  at: number;
  opacity: number;
  fade: boolean;
  threshold: number;
  /** The share of the image, its strongest values, that is shown: over the photograph, and of the mask. */
  keep: number;
  maskKeep: number;
  /** The value that a mask shows from, where the options told one; until the share is moved. */
  cut?: number;
  rest: NonNullable<MaskOptions['rest']>;
  sign?: Sign;
  colormap?: Colormap;
  /** One scale for all maps. */
  shared: boolean;
  /** Where the divider of the swipe is, from the left, 0 to 1. */
  split: number;
  cursor?: Cursor;
  /** A class that another view asked for, and of which there is no map. */
  missing?: number;
}

export const start = (data: OverlayData): OverlayState => ({
  view: data.view,
  at: 0,
  opacity: data.opacity ?? 0.6,
  fade: data.fade ?? true,
  threshold: data.threshold ?? 0,
  keep: 1,
  maskKeep: data.keep ?? 0.2,
  cut: data.cut,
  rest: data.rest ?? 'dark',
  sign: data.sign,
  colormap: data.colormap,
  shared: data.maps.length > 1 && data.maps.every(({ unit, layer }) => unit === data.maps[0].unit && layer === data.maps[0].layer),
  split: 0.5,
});

/** The map that is shown. */
export const mapAt = ({ maps }: OverlayData, { at }: OverlayState): Shown => maps[at];

/** Draws a map and its photograph in one of five views, with the caption below. */
export function drawOverlay(stage: Stage, data: OverlayData, state: OverlayState): Drawn {
  const map = mapAt(data, state);
  const look = lookOf(data, state);
  const { panels, bar, told, notes = [] } = views[state.view](map, look, state);
  const parts: SheetParts = {
    panels,
    bar: data.colorbar === false ? undefined : bar,
    heading: headingOf(map),
    details: joinParts([detailsOf(map), told]),
    notes: [...notesOf(map), ...notes],
  };
  const { width, height, places, barPlace } = drawSheet(stage, parts);
  const single = singleChannel(map);
  if (state.view === 'swipe') drawDivider(stage, places[0], state.split);
  if (state.cursor) {
    for (const place of places) drawCrossHair(stage.svg, place, state.cursor);
    if (bar && barPlace && parts.bar) drawValueMark(stage.svg, barPlace, bar.range, single.values[cellAt(state.cursor, single.shape)]);
  }
  const alt = (): string => `${altOf(capital(kinds[state.view]), map, state.view === 'mask' ? 'positive' : signOf(state.view === 'overlay' ? single : map, look))}${told ? ` ${capital(told)}.` : ''}`;
  return { width, height, alt, spots: places.map((place, panel) => ({ ...place, name: String(panel) })) };
}

const kinds: Record<OverlayView, string> = { overlay: 'overlay', side: 'heatmap', map: 'heatmap', swipe: 'overlay', mask: 'the image masked by a map' };

/** The colours of this state; the scale is that of all maps where they share one. */
export function lookOf(data: OverlayData, state: OverlayState): ColorOptions & { size?: number } {
  const { clip, size } = data;
  const { sign, colormap } = state;
  const range = data.range ?? (state.shared ? sharedRange(data, sign) : undefined);
  return { sign, colormap, clip, size, range };
}

function sharedRange({ maps, clip }: OverlayData, sign: Sign | undefined): Range | undefined {
  const ranges = maps.map((map) => valueRange(singleChannel(map).values, signOf(singleChannel(map), { sign }), clip));
  const [low, high] = [Math.min(...ranges.map(([least]) => least)), Math.max(...ranges.map(([, most]) => most))];
  return high > low ? [low, high] : undefined;
}

interface View {
  panels: Panel[];
  bar?: Bar;
  told?: string;
  notes?: string[];
}

const views: Record<OverlayView, (map: Shown, look: ColorOptions & { size?: number }, state: OverlayState) => View> = {
  overlay: (map, look, state) => over(map, look, state),
  swipe(map, look, state) {
    const { panels, bar, told } = over(map, look, state);
    return { panels: [{ ...panels[0], pixels: swiped(map.image, panels[0].pixels, state.split) }], bar, told };
  },
  side: (map, look) => beside(map, look, [photoPanel(map, look.size)]),
  map: (map, look) => beside(map, look, []),
  mask(map, { size }, { maskKeep: keep, cut: threshold, rest }) {
    const { panel, told, notes } = maskPanel(map, { keep, threshold, rest, size });
    return { panels: [panel], told, notes };
  },
};

function over(map: Shown, look: ColorOptions & { size?: number }, { opacity, fade, threshold, keep }: OverlayState): View {
  const { panel, bar } = overlayPanel(map, { ...look, opacity, fade, threshold }, keep);
  return { panels: [panel], bar, told: keep < 1 ? `drawn: the strongest ${percent(keep)} of the image` : undefined };
}

function beside(map: Shown, look: ColorOptions & { size?: number }, before: Panel[]): View {
  const { panel, bar } = heatmapPanel(map, look);
  return { panels: [...before, panel], bar, told: bar ? undefined : 'colours scaled for show' };
}

function drawDivider({ svg }: Stage, { x, y, width, height }: { x: number; y: number; width: number; height: number }, split: number): void {
  const at = x + split * width;
  svg.append('path').attr('d', `M${at},${y}v${height}`).attr('stroke', '#fff').attr('stroke-width', 2);
  svg.append('circle').attr('cx', at).attr('cy', y + height / 2).attr('r', 11).attr('fill', '#fff').attr('stroke', '#59636e');
  svg.append('path').attr('d', `M${at - 3},${y + height / 2 - 4}l-4,4l4,4M${at + 3},${y + height / 2 - 4}l4,4l-4,4`).attr('fill', 'none').attr('stroke', '#24292f').attr('stroke-width', 1.5);
}
