import { type Bar, barWidth, drawBar } from '../../src/figure/colorbar';
import type { Range } from '../../src/figure/normalize';
import type { RasterLook } from '../../src/figure/stage';
import { softInk } from '../../src/figure/svg';
import { styles, textLines } from '../../src/figure/textBlock';
import type { Pixels } from '../../src/image/canvas';
import { digitsFit, drawDigits } from './digits';
import { formulas } from './formula';
import { endingRange, mapAt, sumAt } from './maps';
import { notationFor } from './numbers';
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
  look: RasterLook;
  /** The values on the layer's grid, to be written into the cells. */
  values?: Float32Array;
  label: string;
  /** What happens on the way to the next. */
  arrow?: string;
}

/** The sum, cut off, enlarged, and beside it the map of all channels. Gives the y below. */
export function drawEnding(easel: Easel, y: number): number {
  const { layout: { margin, inner }, data: { image } } = easel;
  const panels = panelsOf(easel);
  const barRoom = Math.ceil(8 + Math.max(...panels.map((panel) => barWidth(barIn(panel), least))) + 4);
  const fourWide = (inner - 3 * barRoom - 2 * arrowRoom - gap) / 4;
  const inOneRow = fourWide >= least;
  const side = Math.min(greatest, Math.floor(inOneRow ? fourWide : (inner - 2 * barRoom - arrowRoom) / 2));
  const titles = [
    { title: '6. ReLU keeps what speaks for the class', formula: formulas.map },
    { title: `7. Enlarged to ${image.height} × ${image.width}, it is the Grad-CAM`, formula: [] },
  ];
  if (!inOneRow) return [0, 1].reduce((top, row) => drawPanels(easel, panels.slice(row * 2, row * 2 + 2), margin, drawTitle(easel, titles[row].title, titles[row].formula, top), side, barRoom, true), y);
  const second = margin + 2 * side + barRoom + 2 * arrowRoom;
  const widths = [second - arrowRoom - margin, margin + inner - second];
  const top = Math.max(...titles.map(({ title, formula }, at) => drawTitle(easel, title, formula, y, { x: at ? second : margin, width: widths[at] })));
  return drawPanels(easel, panels, margin, top, side, barRoom, false);
}

function panelsOf({ data, state }: Easel): [Panel, Panel, Panel, Panel] {
  const sum = sumAt(data, state.stop);
  const map = mapAt(data, state.stop);
  const all = data.order.length;
  const count = countOf(data, state);
  const some = count === all ? `all ${all} channels` : `${count} of ${all} channels`;
  const cut = sum.filter((value) => value < 0).length;
  const whole = { stop: lastStop(data), shared: state.shared };
  const [ofSum, ofMap] = [endingRange(data, 'sum', state), endingRange(data, 'map', state)];
  return [
    { name: 'sum', kind: 'sum', values: sum, pixels: picture(data, 'sum', state.stop, sum, ofSum), range: ofSum, look: 'crisp', label: `the sum of ${some}`, arrow: 'ReLU' },
    { name: 'relu', kind: 'map', values: map, pixels: picture(data, 'map', state.stop, map, ofMap), range: ofMap, look: 'crisp', label: cut ? `${cut} of ${sum.length} cells were negative` : 'no cell was negative: nothing is cut', arrow: 'resize' },
    { name: 'overlay', kind: 'map', pixels: overlayAt(data, state), range: ofMap, look: 'smooth', label: `with ${some}` },
    { name: 'whole', kind: 'map', pixels: overlayAt(data, whole), range: endingRange(data, 'map', whole), look: 'smooth', label: `with all ${all}: the Grad-CAM` },
  ];
}

/** With the values as they are: two pictures side by side have different powers of ten. */
const barIn = ({ kind, range }: Pick<Panel, 'kind' | 'range'>): Bar => ({ colormap: kind === 'sum' ? 'RdBu' : 'viridis', range, unit: '', centred: kind === 'sum' });

/** Pictures in a row, each with its colour bar; one is left out where the next has the same. */
function drawPanels(easel: Easel, panels: readonly Panel[], left: number, top: number, side: number, barRoom: number, everyBar: boolean): number {
  const { stage: { svg }, data } = easel;
  const scale = side / Math.max(data.image.width, data.image.height);
  const size = { width: Math.round(data.image.width * scale), height: Math.round(data.image.height * scale) };
  let x = left;
  let lowest = top + size.height;
  panels.forEach(({ name, kind, values, pixels, range, look, label, arrow }, at) => {
    const place = { x, y: top, ...size };
    drawMap(easel, name, place, pixels, { look });
    const notation = notationFor(range[1], 2, 1);
    const hasBar = everyBar || name !== 'relu';
    const digits = values && digitsFit(values, notation.text, size.width / data.grid[1]);
    if (digits) drawDigits(easel, kind, place, values, range, notation.text);
    textLines(`${label}${digits ? `${notation.power && ', numbers'}${notation.power}` : ''}`, size.width + (hasBar ? barRoom : arrowRoom) - 8, styles.subtitle).forEach(({ text }, line) => {
      const y = top + size.height + 15 + line * lineHeight;
      drawLabel(easel, text, x, y, { anchor: 'start', size: styles.subtitle.size, fill: softInk });
      lowest = Math.max(lowest, y);
    });
    x += size.width;
    if (hasBar) {
      drawBar(svg, barIn({ kind, range }), x + 8, top, size.height);
      x += barRoom;
    }
    if (!arrow) x += gap;
    else if (at < panels.length - 1) {
      drawArrow(svg, x + 5, top + size.height / 2, arrowRoom - 10, softInk);
      drawLabel(easel, arrow, x + arrowRoom / 2, top + size.height / 2 - 8, { fill: softInk });
      x += arrowRoom;
    }
  });
  return lowest + 16;
}
