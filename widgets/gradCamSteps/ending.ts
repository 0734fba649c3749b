import { softInk } from '../../src/figure/svg';
import { styles, textLines } from '../../src/figure/textBlock';
import { drawBar } from '../../src/figure/colorbar';
import { formulas } from './formula';
import { barOf, mapAt, overlayAt, picture, sumAt } from './maps';
import { drawLabel, drawMap, drawTitle, type Easel } from './paint';
import { countOf } from './state';

const arrowRoom = 36;
const barRoom = 62;
const labelLine = 15;
const least = 120;

/** The running sum, cut off, enlarged, and beside it the finished map of all channels. Gives the y below. */
export function drawEnding(easel: Easel, y: number): number {
  const { stage: { svg }, data, state, layout } = easel;
  const { margin, inner } = layout;
  const { image, order } = data;
  const count = countOf(data, state);
  const inOneRow = (inner - barRoom - 3 * arrowRoom) / 4 >= least;
  const across = inOneRow ? 4 : 2;
  const side = Math.min(200, Math.floor((inner - barRoom - (across - 1) * arrowRoom) / across));
  const scale = side / Math.max(image.width, image.height);
  const size = { width: Math.round(image.width * scale), height: Math.round(image.height * scale) };
  const sum = sumAt(data, state.stop);
  const cut = sum.filter((value) => value < 0).length;
  const some = `${count} of ${order.length} channels`;
  const all = count === order.length;
  const end = data.stops.length - 1;
  const whole = { name: 'whole', pixels: overlayAt(data, end), label: `Grad-CAM: all ${order.length} channels` };
  const panels = [
    { name: 'sum', pixels: picture(data, 'sum', state.stop, sum), label: `sum of ${some}`, arrow: 'ReLU' },
    { name: 'relu', pixels: picture(data, 'map', state.stop, mapAt(data, state.stop)), label: cut ? `${cut} of ${sum.length} cells were negative` : 'no cell was negative', arrow: 'enlarge' },
    { name: 'overlay', pixels: overlayAt(data, state.stop), label: `with ${all ? `all ${count}` : some}`, arrow: all ? 'same' : 'all' },
    whole,
  ];
  let top = y;
  const places = panels.map((_, at) => ({ x: margin + (at % across) * (side + arrowRoom), row: Math.floor(at / across) }));
  const titleWidth = 2 * side + arrowRoom;
  const titles = [
    { title: '6. ReLU keeps only what speaks for the class', formula: formulas.map },
    { title: `7. Enlarged to the photo's ${image.height} × ${image.width}, it is the Grad-CAM`, formula: [] },
  ];
  for (let row = 0; row < 4 / across; row++) {
    const steps = inOneRow ? titles : [titles[row]];
    const bottoms = steps.map(({ title, formula }, at) => drawTitle(easel, title, formula, top, { x: margin + at * (titleWidth + arrowRoom), width: at === steps.length - 1 ? margin + inner - (margin + at * (titleWidth + arrowRoom)) : titleWidth }));
    const mapTop = Math.max(...bottoms);
    panels.forEach(({ name, pixels, label }, at) => {
      if (places[at].row !== row) return;
      const { x } = places[at];
      drawMap(easel, name, { x, y: mapTop, ...size }, pixels, { look: at < 2 ? 'crisp' : 'smooth' });
      textLines(label, side + arrowRoom - 6, styles.subtitle).forEach(({ text }, line) => drawLabel(easel, text, x + size.width / 2, mapTop + size.height + 14 + line * 13, { size: 11, fill: softInk }));
      const { arrow } = panels[at];
      if (arrow && (at + 1) % across) {
        const middle = mapTop + size.height / 2;
        svg.append('path').attr('d', `M${x + side + 4},${middle}h${arrowRoom - 9}m-5,-4l5,4l-5,4`).attr('fill', 'none').attr('stroke', softInk).attr('stroke-width', 1.25);
        drawLabel(easel, arrow, x + side + arrowRoom / 2, middle - 8, { fill: softInk });
      }
    });
    if (row === 4 / across - 1) drawBar(svg, barOf(data, 'map'), margin + across * side + (across - 1) * arrowRoom + 10, mapTop, size.height);
    top = mapTop + size.height + 2 * labelLine + 8;
  }
  return top;
}
