import { detailsOf, headingOf, nameOf } from '../../src/figure/caption';
import { drawBar } from '../../src/figure/colorbar';
import { altOf, heatmapPanel, notesOf, signOf } from '../../src/figure/mapPanel';
import { remembered } from '../../src/figure/memo';
import { drawPanel, margin } from '../../src/figure/sheet';
import type { Drawn, Place, Stage } from '../../src/figure/stage';
import type { Drawing } from '../../src/figure/svg';
import { captionLines, drawLines, styles } from '../../src/figure/textBlock';
import { barsText } from './bars';
import { type ClassRows, classRows } from './classTable';
import { covered } from './covered';
import type { ExplorerData, ExplorerMap } from './data';
import { layoutOf, titlesHeight } from './layout';
import { drawOutcome } from './outcome';
import { type Box, scanOf } from './scan';
import { columnsText, effectText, rankText, rowsText, windowText } from './words';

export interface ExplorerState {
  /** Which of the maps. */
  at: number;
  /** Which of its windows, row by row. */
  window: number;
  /** Whether the photograph is covered there, or only framed. */
  covered: boolean;
  /** The window that was taken for a place that was never scored, as the nearest one that was. */
  missed?: number;
}

export const start = ({ maps: [{ fall, rise }] }: ExplorerData): ExplorerState => ({ at: 0, window: fall ?? rise ?? 0, covered: true });

/** The map that is shown, and which of its windows. */
export function shownAt({ maps }: ExplorerData, { at, window }: ExplorerState): { each: ExplorerMap; window: number; box: Box } {
  const each = maps[at];
  const scan = scanOf(each.grid);
  const known = Math.min(window, scan.length - 1);
  return { each, window: known, box: scan.box(known) };
}

/** The covered photograph and the map, the window framed in both; beside them, or below where it is narrow, what becomes of the score and of the classes. */
export function drawExplorer(stage: Stage, data: ExplorerData, state: ExplorerState): Drawn {
  const { svg } = stage;
  const { each, window, box } = shownAt(data, state);
  const { map } = each;
  const { panel, bar } = heatOf(data, each);
  const { photo, heat, words, beside, caption, picturesEnd, ...layout } = layoutOf(stage.width, map.image, bar, each.classes !== undefined);
  drawTitle(svg, photo, state.covered ? 'covered photo' : 'photo', rowsText(box), columnsText(box));
  drawTitle(svg, heat, 'occlusion map', windowText(each, window), state.missed === window ? 'nearest scored' : rankText(each, window));
  drawPanel(stage, { pixels: state.covered ? covered(map.image, each.cover, box) : map.image, look: 'smooth' }, photo);
  drawPanel(stage, panel, heat);
  for (const place of [photo, heat]) drawFrame(svg, place, box, each.grid);
  if (bar) drawBar(svg, bar, layout.bar.x, layout.bar.y, layout.bar.height);

  const rows = each.classes && classRows(each.classes, each.target, window);
  const wordsEnd = drawOutcome(svg, each, window, rows, words);
  const lines = captionLines(caption, headingOf(map), detailsOf(map), [...notesOf(map), ...each.notes]);
  const end = drawLines(svg, lines, margin, (beside ? picturesEnd : wordsEnd) + 12);
  return {
    width: Math.ceil(words.x + words.width + margin),
    height: Math.ceil(Math.max(end, wordsEnd) + margin),
    alt: altText(data, each, window, box, rows),
    spots: [{ ...photo, name: 'photo' }, { ...heat, name: 'map' }],
  };
}

/** The map in colours, made once for all windows. */
const heatOf = ({ sign, colormap, clip, range }: ExplorerData, { map }: ExplorerMap) => remembered(map.values, 'occlusion', () => heatmapPanel(map, { sign, colormap, clip, range }));

function drawTitle(svg: Drawing, { x, y }: Place, title: string, first: string, second: string): void {
  drawLines(svg, [{ ...styles.title, text: title }, ...[first, second].map((text) => ({ ...styles.subtitle, text }))], x, y - 5 - titlesHeight);
}

/** A frame around the window, seen on any picture; never too small to be seen. */
function drawFrame(svg: Drawing, { x, y, width, height }: Place, box: Box, grid: { width: number; height: number }): void {
  const [across, down] = [width / grid.width, height / grid.height];
  const [wide, high] = [Math.max(5, (box.right - box.left) * across), Math.max(5, (box.bottom - box.top) * down)];
  const left = x + ((box.left + box.right) / 2) * across - wide / 2;
  const top = y + ((box.top + box.bottom) / 2) * down - high / 2;
  for (const [stroke, thick] of [['#fff', 4], ['#000', 1.5]] as const) svg.append('rect').attr('class', 'frame').attr('x', left).attr('y', top).attr('width', wide).attr('height', high).attr('fill', 'none').attr('stroke', stroke).attr('stroke-width', thick);
}

function altText(data: ExplorerData, each: ExplorerMap, window: number, box: Box, rows: ClassRows | undefined): string {
  const { map } = each;
  const special = rankText(each, window);
  const classes = rows ? ` Likeliest then: ${barsText(rows)}.` : '';
  return `${map.image.name} with ${rowsText(box)}, ${columnsText(box)} covered${special && `, ${special}`}: for ${nameOf(map.target)} the ${effectText(each, window)}.${classes} ${altOf('Map', map, signOf(map, data))}`;
}
