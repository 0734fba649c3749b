import { axisBottom, axisLeft } from 'd3-axis';
import { scaleLinear, scaleLog } from 'd3-scale';
import { colorTable } from '../../src/figure/colormap';
import { inkOn } from '../../src/figure/luminance';
import { ink, newSvg, softInk, svgText, type Drawing } from '../../src/figure/svg';
import { sceneClasses } from '../../src/scenes/glyphs';
import type { Record } from './record';
import type { LogLine } from './runPhase';

const colours = { training: '#4477aa', validation: '#ee7733' };
const chart = { width: 340, height: 190 };
const cell = 34;

/** Loss and accuracy over the scenes, and which class was taken for which, as an SVG. */
export function trainingPicture({ name, log, measured }: Record): string {
  const side = cell * sceneClasses.length;
  const svg = newSvg(chart.width + side + 190, 2 * chart.height + 150);
  title(svg, `${name}: loss (cross-entropy)`, 56, 24);
  curves(svg, log, 'loss', 'validationLoss', 56, 36);
  title(svg, 'accuracy', 56, 36 + chart.height + 50);
  curves(svg, log, 'accuracy', 'validationAccuracy', 56, 36 + chart.height + 62);
  confusion(svg, measured.confusion, chart.width + 165, 60);
  return `${svgText(svg)}\n`;
}

const title = (svg: Drawing, text: string, x: number, y: number): void => void svg.append('text').attr('x', x).attr('y', y).attr('font-weight', 600).text(text);

type Logged = 'loss' | 'accuracy' | 'validationLoss' | 'validationAccuracy';

function curves(svg: Drawing, log: readonly LogLine[], training: Logged, validation: Logged, left: number, top: number): void {
  const group = svg.append('g').attr('transform', `translate(${left},${top})`) as Drawing;
  let before = 0;
  const seen = log.map((line, at) => {
    if (at && line.step <= log[at - 1].step) before += log[at - 1].scenes;
    return before + line.scenes;
  });
  const all = log.flatMap((line) => [line[training], line[validation]]);
  const x = scaleLinear([0, seen[seen.length - 1]], [0, chart.width]);
  const y = training === 'loss' ? scaleLog([Math.min(...all) * 0.9, Math.max(...all) * 1.1], [chart.height, 0]) : scaleLinear([0, 1], [chart.height, 0]);
  group.append('g').attr('transform', `translate(0,${chart.height})`).call(axisBottom(x).ticks(5, '~s') as never);
  group.append('g').call((training === 'loss' ? axisLeft(y).ticks(4, '~g') : axisLeft(y).ticks(5, '.0%')) as never);
  group.append('text').attr('x', chart.width).attr('y', chart.height + 30).attr('text-anchor', 'end').attr('font-size', 11).attr('fill', softInk).text('scenes seen');
  for (const [key, field, dash] of [['training', training, null], ['validation', validation, '4,3']] as const) {
    group.append('path').attr('fill', 'none').attr('stroke', colours[key]).attr('stroke-width', 1.75).attr('stroke-dasharray', dash).attr('d', log.map((line, at) => `${at ? 'L' : 'M'}${x(seen[at]).toFixed(1)},${y(line[field]).toFixed(1)}`).join(''));
  }
  [['training', null], ['validation', '4,3']].forEach(([key, dash], at) => {
    const [legendX, legendY] = [chart.width * 0.4, training === 'loss' ? 10 + at * 16 : chart.height - 30 + at * 16];
    group.append('path').attr('d', `M${legendX},${legendY - 4}h18`).attr('stroke', colours[key as 'training']).attr('stroke-width', 2).attr('stroke-dasharray', dash);
    group.append('text').attr('x', legendX + 24).attr('y', legendY).attr('font-size', 11).attr('fill', ink).text(key as string);
  });
  // Where the input grew, and where the last layers began again.
  log.forEach((line, at) => {
    if (!at || line.stage === log[at - 1].stage) return;
    group.append('path').attr('d', `M${x(seen[at - 1]).toFixed(1)},0v${chart.height}`).attr('stroke', softInk).attr('stroke-dasharray', '1,3');
    group.append('text').attr('x', x(seen[at - 1]) - 4).attr('y', training === 'loss' ? 60 : chart.height * 0.6).attr('text-anchor', 'end').attr('font-size', 11).attr('fill', softInk).text(line.size === log[at - 1].size ? 'last blocks again →' : `${line.size} pixels →`);
  });
}

/** Rows: what a scene shows; columns: what it was taken for; in per cent of the row, coloured by the square root, so that few are seen too. */
function confusion(svg: Drawing, counts: readonly (readonly number[])[], left: number, top: number): void {
  title(svg, 'taken for … (% of the scenes that show …)', left, top - 36);
  const table = colorTable('viridis');
  counts.forEach((row, y) => {
    const sum = row.reduce((total, count) => total + count, 0);
    svg.append('text').attr('x', left - 6).attr('y', top + y * cell + cell / 2 + 4).attr('text-anchor', 'end').attr('font-size', 11).text(sceneClasses[y]);
    svg.append('text').attr('transform', `translate(${left + y * cell + cell / 2 + 4},${top + counts.length * cell + 8}) rotate(-45)`).attr('text-anchor', 'end').attr('font-size', 11).text(sceneClasses[y]);
    row.forEach((count, x) => {
      const share = count / sum;
      const at = Math.round(Math.sqrt(share) * 255) * 3;
      const [r, g, b] = table.slice(at, at + 3);
      svg.append('rect').attr('x', left + x * cell).attr('y', top + y * cell).attr('width', cell - 1).attr('height', cell - 1).attr('fill', `rgb(${r},${g},${b})`);
      if (count) svg.append('text').attr('x', left + x * cell + cell / 2).attr('y', top + y * cell + cell / 2 + 4).attr('text-anchor', 'middle').attr('font-size', 11).attr('fill', inkOn(r, g, b)).text((share * 100).toFixed(share < 0.1 ? 1 : 0));
    });
  });
}
