import { percent } from '../../src/figure/numbers';
import { type Drawing, hairline, ink, softInk } from '../../src/figure/svg';
import type { StatisticsData, StatisticsRow } from './data';
import { numberText, sparseText } from './words';

/** A column of the chart: its head, its width, and what it draws of a layer from x on, about the middle line y. */
export interface Column {
  head: string;
  width: number;
  /** Numbers stand at the right of their column, and so do their heads. */
  right?: boolean;
  draw(svg: Drawing, row: StatisticsRow, x: number, y: number, width: number): void;
}

const barHeight = 9;
/** Of bars that tell a share, and of what is wrong with a layer; both read on white and on dark. */
const shareColour = '#5b8db8';
const deadColour = '#c2568f';

const number = (head: string, width: number, of: (row: StatisticsRow) => string): Column => ({
  head,
  width,
  right: true,
  draw: (svg, row, x, y) => void svg.append('text').attr('x', x + width).attr('y', y + 4).attr('text-anchor', 'end').attr('font-size', 11).attr('fill', ink).text(of(row)),
});

const share = (head: string, barRoom: number, textRoom: number, of: (row: StatisticsRow) => number | null, text: (row: StatisticsRow) => string, colour = shareColour): Column => ({
  head,
  width: barRoom + textRoom,
  draw(svg, row, x, y, room) {
    const value = of(row);
    const bar = room - textRoom;
    if (value !== null) {
      svg.append('rect').attr('x', x).attr('y', y - barHeight / 2).attr('width', bar).attr('height', barHeight).attr('fill', 'none').attr('stroke', hairline);
      if (value > 0) svg.append('rect').attr('x', x).attr('y', y - barHeight / 2).attr('width', Math.max(1, value * bar).toFixed(1)).attr('height', barHeight).attr('fill', colour);
    }
    svg.append('text').attr('x', x + bar + 5).attr('y', y + 3.5).attr('font-size', 10).attr('fill', softInk).text(text(row));
  },
});

const profile: Column = {
  head: 'channels',
  width: 80,
  draw(svg, { profile: shares, deadCount, channelCount }, x, y, room) {
    const height = 22;
    const [base, step] = [y + height / 2, room / shares.length];
    const bars = shares.map((each, at) => (each > 0 ? `M${(x + at * step).toFixed(1)},${base}v${(-each * height).toFixed(1)}h${(step + 0.05).toFixed(2)}V${base}z` : '')).join('');
    if (bars) svg.append('path').attr('d', bars).attr('fill', '#87909a');
    svg.append('path').attr('d', `M${x},${base + 0.5}h${room}`).attr('stroke', hairline);
    // The dead ones stand at the end of the order.
    const dead = (deadCount / channelCount) * room;
    if (deadCount) svg.append('rect').attr('x', x + room - Math.max(1.5, dead)).attr('y', base - 2).attr('width', Math.max(1.5, dead)).attr('height', 3.5).attr('fill', deadColour);
  },
};

/** The columns that there is room for. */
export function columnsFor({ rows }: StatisticsData, room: number): Column[] {
  const wide = room >= 780;
  const zeros = share('zeros', wide ? 42 : 30, 36, (row) => row.zeros, (row) => percent(row.zeros));
  const dead = share('dead channels', wide ? 46 : 32, 60, ({ deadCount, channelCount }) => deadCount / channelCount, ({ deadCount, channelCount }) => `${deadCount} / ${channelCount}`, deadColour);
  const lifetime = share('lifetime', wide ? 40 : 26, 28, (row) => row.lifetime, (row) => sparseText(row.lifetime));
  const population = share('population', wide ? 40 : 26, 28, (row) => row.population, (row) => sparseText(row.population));
  if (!wide) return room < 400 ? [zeros, dead, lifetime] : [zeros, dead, lifetime, population];
  const full = number('at ceiling', 48, ({ saturated }) => (saturated === undefined ? '' : percent(saturated)));
  return [
    number('mean', 46, ({ mean }) => numberText(mean)),
    number('std', 46, ({ std }) => numberText(std)),
    number('max', 46, ({ max }) => numberText(max)),
    zeros,
    dead,
    ...(rows.some(({ saturated }) => saturated !== undefined) ? [full] : []),
    lifetime,
    population,
    profile,
  ];
}
