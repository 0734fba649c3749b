import { scaleLinear, scaleLog } from 'd3-scale';
import { margin } from '../../src/figure/sheet';
import type { Drawn, Place, Spot, Stage } from '../../src/figure/stage';
import { accent, type Drawing, faintInk, hairline, ink, softInk } from '../../src/figure/svg';
import { roomFor, shorten } from '../../src/figure/text';
import { captionLines, drawLines } from '../../src/figure/textBlock';
import type { RankingData, RankingKey, RankingRow } from './data';
import { estimateOf, ordered, type RankingState } from './state';
import { altOf, keyNames, numberText } from './words';

export { start } from './state';

const widest = 868;
const rowHeight = 22;
const head = 58;
const gap = 26;
const numberRoom = 44;
const narrowestColumn = 118;

/** Of methods, of nulls, and of another class's thing: told apart in grey and by their shapes too. */
const dotInk = '#4477aa';
const nullInks = ['#ee7733', '#997700', '#aa3377'];

/** Draws a row for each method, the best first, with a dot and its interval in a column for each quantity; what needs no network stands below, and as lines across the columns. */
export function draw(stage: Stage, data: RankingData, state: RankingState): Drawn {
  const { svg } = stage;
  const inner = Math.min(widest, stage.width - 2 * margin);
  const { methods, nulls } = ordered(data, state);
  const rows = [...methods, ...nulls];
  const names = Math.min(inner * 0.34, Math.max(...rows.map(({ name }) => roomFor(name, 12))) + 14);
  const columns = columnsOf(data, state, inner - names);
  const top = margin + head;
  const yOf = (at: number): number => top + at * rowHeight + (at >= methods.length ? 10 : 0) + rowHeight / 2;
  const bottom = yOf(rows.length - 1) + rowHeight / 2;

  drawNullKeys(svg, nulls, inner);
  rows.forEach((row, at) => {
    if (at === state.at) svg.append('rect').attr('x', margin - 6).attr('y', yOf(at) - rowHeight / 2).attr('width', inner + 12).attr('height', rowHeight).attr('rx', 4).attr('fill', accent).attr('fill-opacity', 0.12);
    const text = svg.append('text').attr('x', margin).attr('y', yOf(at) + 4).attr('font-size', 12).attr('fill', row.kind === 'null' ? softInk : ink).text(shorten(row.name, names - 12, 12));
    if (row.kind === 'null') text.attr('font-style', 'italic');
  });
  svg.append('path').attr('d', `M${margin},${yOf(methods.length) - rowHeight / 2 - 5}h${inner}`).attr('stroke', hairline);
  columns.forEach((key, at) => {
    const width = (inner - names - gap * (columns.length - 1)) / columns.length;
    drawColumn(svg, data, state, key, rows, yOf, { x: margin + names + at * (width + gap), y: top, width, height: bottom - top });
  });

  const axis = 18;
  const y = drawLines(svg, captionLines(inner, data.heading, data.about), margin, bottom + axis + 8);
  const spots: Spot[] = rows.map((_, at) => ({ name: `row ${at}`, x: margin, y: yOf(at) - rowHeight / 2, width: inner, height: rowHeight }));
  return { width: inner + 2 * margin, height: Math.ceil(y + margin - 4), alt: altOf(data), spots, focus: state.at === undefined ? undefined : spots[state.at] };
}

/** The quantities that have room; the one that is ranked by always. */
function columnsOf({ keys }: RankingData, { by }: RankingState, room: number): RankingKey[] {
  const most = Math.max(1, Math.floor((room + gap) / (narrowestColumn + gap)));
  if (keys.length <= most) return keys;
  const kept = [by, ...keys.filter((key) => key !== by)].slice(0, most);
  return keys.filter((key) => kept.includes(key));
}

/** Which line is which null. */
function drawNullKeys(svg: Drawing, nulls: readonly RankingRow[], inner: number): void {
  let x = margin;
  const text = 'lines: maps that know nothing of the network';
  if (roomFor(text, 11) + nulls.reduce((sum, { name }) => sum + 34 + roomFor(name, 11), 12) <= inner) {
    svg.append('text').attr('x', x).attr('y', margin + 11).attr('font-size', 11).attr('fill', softInk).text(text);
    x += roomFor(text, 11) + 12;
  }
  nulls.forEach(({ name }, at) => {
    svg.append('path').attr('d', `M${x},${margin + 7}h20`).attr('stroke', nullInks[at % nullInks.length]).attr('stroke-width', 2).attr('stroke-dasharray', dashes[at % dashes.length]);
    svg.append('text').attr('x', x + 25).attr('y', margin + 11).attr('font-size', 11).attr('fill', softInk).text(name);
    x += 34 + roomFor(name, 11);
  });
}
const dashes = ['none', '5,3', '2,3'];

/** A dot and an interval for each row, and its number; lines where the nulls are. */
function drawColumn(svg: Drawing, data: RankingData, state: RankingState, key: RankingKey, rows: readonly RankingRow[], yOf: (at: number) => number, { x, y, width, height }: Place): void {
  const plot = width - numberRoom;
  const estimates = rows.map((row) => (key === 'seconds' && row.kind === 'null' ? undefined : estimateOf(row, key)));
  const known = estimates.flatMap((each) => (each ? [each] : []));
  const scale = key === 'seconds' ? scaleLog([Math.min(...known.map(({ value }) => value)) * 0.8, Math.max(...known.map(({ value }) => value)) * 1.25], [x, x + plot]) : scaleLinear([0, key === 'pointing' || key === 'others' ? 1 : Math.min(1, Math.max(...known.map(({ high }) => high), 0.05) * 1.05)], [x, x + plot]);
  const strong = key === state.by;
  svg.append('text').attr('x', x).attr('y', y - 22).attr('font-size', 12).attr('font-weight', strong ? 600 : null).attr('fill', strong ? ink : softInk).text(shorten(`${keyNames[key]}${strong ? ' ▾' : ''}`, width + gap - 6, 12, strong));
  svg.append('text').attr('x', x).attr('y', y - 8).attr('font-size', 10).attr('fill', faintInk).text(shorten(hints[key] ?? '', width + gap - 6, 10));
  for (const tick of ticksOf(scale, key)) {
    svg.append('path').attr('d', `M${scale(tick).toFixed(1)},${y}v${height + 4}`).attr('stroke', hairline);
    svg.append('text').attr('x', scale(tick).toFixed(1)).attr('y', y + height + 15).attr('text-anchor', 'middle').attr('font-size', 10).attr('fill', faintInk).text(tickText(key, tick));
  }
  if (key !== 'seconds' && key !== 'others') {
    ordered(data, state).nulls.forEach((row, at) => {
      const estimate = estimateOf(row, key);
      if (estimate) svg.append('path').attr('class', 'null').attr('d', `M${scale(estimate.value).toFixed(1)},${y}v${height}`).attr('stroke', nullInks[at % nullInks.length]).attr('stroke-width', 1.5).attr('stroke-dasharray', dashes[at % dashes.length]);
    });
  }
  rows.forEach((row, at) => {
    const estimate = estimates[at];
    if (!estimate) return;
    const middle = yOf(at);
    const dot = row.kind === 'null' ? softInk : dotInk;
    if (key === 'others') {
      const other = row.others!.other.value;
      svg.append('path').attr('d', `M${scale(other).toFixed(1)},${middle}H${scale(estimate.value).toFixed(1)}`).attr('stroke', dot).attr('stroke-opacity', 0.4).attr('stroke-width', 3);
      svg.append('circle').attr('cx', scale(other).toFixed(1)).attr('cy', middle).attr('r', 3.5).attr('fill', '#fff').attr('stroke', dot).attr('stroke-width', 1.5);
    } else if (estimate.high > estimate.low) svg.append('path').attr('class', 'interval').attr('d', `M${scale(Math.max(0, estimate.low)).toFixed(1)},${middle}H${scale(estimate.high).toFixed(1)}`).attr('stroke', dot).attr('stroke-opacity', 0.55).attr('stroke-width', 2.5);
    svg.append('circle').attr('class', 'dot').attr('cx', scale(estimate.value).toFixed(1)).attr('cy', middle).attr('r', 4).attr('fill', dot);
    svg.append('text').attr('x', x + width).attr('y', middle + 4).attr('text-anchor', 'end').attr('font-size', 11).attr('fill', row.kind === 'null' ? softInk : ink).attr('style', 'font-variant-numeric:tabular-nums').text(numberText(key, estimate.value));
  });
}

const hints: Partial<Record<RankingKey, string>> = { pointing: 'share of hits', energy: 'share of positive evidence', iou: 'of the strongest pixels', deletion: 'the lower, the better', others: '● own thing, ○ the other', seconds: 'logarithmic' };

type Scale = ((value: number) => number) & { ticks(count?: number): number[]; domain(): number[] };

/** A few of them: of a logarithmic scale the powers of ten that have room. */
function ticksOf(scale: Scale, key: RankingKey): number[] {
  if (key !== 'seconds') return scale.ticks(2);
  const [low, high] = scale.domain();
  const powers = Array.from({ length: 9 }, (_, at) => 10 ** (at - 5)).filter((power) => power >= low && power <= high);
  const apart = powers.length > 1 ? scale(powers[1]) - scale(powers[0]) : Infinity;
  return powers.length ? powers.filter((_, at) => at % Math.ceil(tickRoom / apart) === 0) : [low];
}

const tickRoom = 44;

const tickText = (key: RankingKey, tick: number): string => (key === 'seconds' ? (tick >= 1 ? `${Number(tick.toPrecision(1))} s` : `${Number((tick * 1000).toPrecision(1))} ms`) : key === 'iou' || key === 'deletion' ? String(tick) : `${Math.round(tick * 100)} %`);
