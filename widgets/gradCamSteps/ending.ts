import { type Bar, barWidth, drawBar } from '../../src/figure/colorbar';
import type { Range } from '../../src/figure/normalize';
import { softInk } from '../../src/figure/svg';
import { styles, textLines } from '../../src/figure/textBlock';
import type { Pixels } from '../../src/image/canvas';
import { digitsFor, drawDigits } from './digits';
import { formulas } from './formula';
import { endingRange, mapAt, sumAt } from './maps';
import { type Notation, notationFor, wholeNotation } from './numbers';
import { drawArrow, drawLabel, drawMap, drawTitle, type Easel } from './paint';
import { overlayAt, picture } from './pictures';
import { countOf, lastStop } from './state';

const arrowRoom = 44;
const gap = 16;
const [least, greatest] = [120, 200];
const lineHeight = 14;

interface Panel {
  name: 'sum' | 'relu' | 'overlay' | 'whole';
  kind: 'sum' | 'map';
  pixels: Pixels;
  range: Range;
  /** On the layer's grid. */
  values?: Float32Array;
  label: string;
  /** What happens on the way to the next. */
  arrow?: string;
}

/** The sum, cut off, enlarged, and beside it the map of all channels. Gives the y below. */
export function drawEnding(easel: Easel, y: number): number {
  const { layout: { margin, inner }, data: { image } } = easel;
  const panels = panelsOf(easel);
  const relu = { title: '6. ReLU keeps what speaks for the class', formula: formulas.map };
  const resize = { title: `7. Enlarged to ${image.height} × ${image.width}, it is the Grad-CAM`, formula: [] };
  const row = planOf(easel, panels, 2 * arrowRoom + gap);
  if (row.side < least) {
    const middle = drawPanels(easel, planOf(easel, panels.slice(0, 2), arrowRoom), drawTitle(easel, relu.title, relu.formula, y));
    return drawPanels(easel, planOf(easel, panels.slice(2), gap), drawTitle(easel, resize.title, resize.formula, middle));
  }
  const third = 2 * (sizeIn(easel, row.side).width + arrowRoom) + (row.barred.includes(panels[0]) ? row.barRoom : 0);
  const tops = [
    drawTitle(easel, relu.title, relu.formula, y, { width: third - arrowRoom }),
    drawTitle(easel, resize.title, resize.formula, y, { x: margin + third, width: inner - third }),
  ];
  return drawPanels(easel, row, Math.max(...tops));
}

/** How a row of panels fills the width. */
interface RowPlan {
  panels: readonly Panel[];
  /** Of the longer side of a panel. */
  side: number;
  /** Whether the layer's own values are written into the cells. They need no colour bar then. */
  digits: boolean;
  barred: readonly Panel[];
  barRoom: number;
}

function planOf(easel: Easel, panels: readonly Panel[], between: number): RowPlan {
  const barRoom = Math.ceil(12 + Math.max(...panels.map((panel) => barWidth(barOf(panel), least))));
  const sideBeside = (bars: number): number => Math.min(greatest, Math.floor((easel.layout.inner - bars * barRoom - between) / panels.length));
  const coarse = panels.filter(({ values }) => values);
  const roomy = sideBeside(panels.length - coarse.length);
  const digits = coarse.length > 0 && coarse.every((panel) => digitsOf(easel, panel, roomy));
  // The map after the ReLU has the colours of the overlay beside it.
  const barred = panels.filter(({ name, values }) => !values || (!digits && (name === 'sum' || panels.length === 2)));
  return { panels, side: digits ? roomy : sideBeside(barred.length), digits, barred, barRoom };
}

function panelsOf({ data, state }: Easel): Panel[] {
  const [sum, map] = [sumAt(data, state.stop), mapAt(data, state.stop)];
  const all = data.order.length;
  const count = countOf(data, state);
  const some = count === all ? `all ${all} channels` : `${count} of ${all} channels`;
  const cut = sum.filter((value) => value < 0).length;
  const whole = { stop: lastStop(data), shared: state.shared };
  const [ofSum, ofMap] = [endingRange(data, 'sum', state), endingRange(data, 'map', state)];
  return [
    { name: 'sum', kind: 'sum', values: sum, pixels: picture(data, 'sum', state.stop, sum, ofSum), range: ofSum, label: `the sum of ${some}`, arrow: 'ReLU' },
    { name: 'relu', kind: 'map', values: map, pixels: picture(data, 'map', state.stop, map, ofMap), range: ofMap, label: cut ? `${cut} of ${sum.length} cells were negative` : 'no cell was negative', arrow: 'resize' },
    { name: 'overlay', kind: 'map', pixels: overlayAt(data, state), range: ofMap, label: `with ${some}` },
    { name: 'whole', kind: 'map', pixels: overlayAt(data, whole), range: endingRange(data, 'map', whole), label: `with all ${all}: the Grad-CAM` },
  ];
}

const barOf = ({ kind, range }: Panel): Bar => ({ colormap: kind === 'sum' ? 'RdBu' : 'viridis', range, unit: '', centred: kind === 'sum' });

/** As large as the photograph's proportions allow in a square. */
function sizeIn({ data: { image } }: Easel, side: number): { width: number; height: number } {
  const scale = side / Math.max(image.width, image.height);
  return { width: Math.round(image.width * scale), height: Math.round(image.height * scale) };
}

/** How the numbers of a panel are written into its cells, where they fit. */
const digitsOf = (easel: Easel, { values, range }: Panel, side: number): Notation | undefined => values && digitsFor(values, [notationFor(range[1], 2, 1), wholeNotation(range[1])], sizeIn(easel, side).width / easel.data.grid[1]);

function drawPanels(easel: Easel, { panels, side, digits, barred, barRoom }: RowPlan, top: number): number {
  const { stage: { svg }, layout } = easel;
  const size = sizeIn(easel, side);
  let x = layout.margin;
  let lowest = top + size.height;
  panels.forEach((panel, at) => {
    const { name, kind, values, pixels, range, arrow } = panel;
    const place = { x, y: top, ...size };
    drawMap(easel, name, place, pixels, { look: values ? 'crisp' : 'smooth' });
    const notation = digits ? digitsOf(easel, panel, side) : undefined;
    if (notation) drawDigits(easel, kind, place, values as Float32Array, range, notation.text);
    const hasBar = barred.includes(panel);
    const label = `${panel.label}${notation?.power ? `; in units of ${notation.power.replace(/[\u00a0×]/g, '')}` : ''}`;
    const room = Math.min(size.width + (hasBar ? barRoom : arrow ? arrowRoom : 0) - 8, layout.margin + layout.inner - x);
    textLines(label, room, styles.subtitle).forEach(({ text }, line) => {
      const y = top + size.height + 15 + line * lineHeight;
      drawLabel(easel, text, x, y, { anchor: 'start', size: styles.subtitle.size, fill: softInk });
      lowest = Math.max(lowest, y);
    });
    x += size.width;
    if (hasBar) {
      drawBar(svg, barOf(panel), x + 8, top, size.height);
      x += barRoom;
    }
    if (arrow && at < panels.length - 1) {
      drawArrow(svg, x + 5, top + size.height / 2, arrowRoom - 10, softInk);
      drawLabel(easel, arrow, x + arrowRoom / 2, top + size.height / 2 - 8, { fill: softInk });
      x += arrowRoom;
    } else x += gap;
  });
  return lowest + 16;
}
