import { percent, readable } from '../../src/figure/numbers';
import { type AtlasData, type ShownCell, valueIn } from './data';
import { type AtlasState, cellAt, levelOf, targetOf } from './looking';
import { pairOf } from './placing';

export const plural = (count: number, one: string, many = `${one}s`): string => `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

/** Where a cell lies, as it is called throughout. */
export const cellName = ({ row, column }: ShownCell): string => `cell at row ${row}, column ${column}`;

export const countText = ({ count, images }: ShownCell): string => `${plural(count, 'activation')} of ${plural(images, 'image')}`;

const valueTexts = ({ classes }: AtlasData, { values }: ShownCell, most: number): string => values.slice(0, most).map(([at, value]) => `${classes[at].label} ${readable(value)}`).join(', ');

/** How a cell stands among the others for a class. */
export function standing(data: AtlasData, state: AtlasState, cell: ShownCell, target: number): string {
  const { cells } = levelOf(data, state);
  const value = valueIn(cell, target);
  const rank = 1 + cells.filter((other) => valueIn(other, target) > value).length;
  const best = cells.reduce((most, other) => (valueIn(other, target) > valueIn(most, target) ? other : most));
  const where = rank > 1 && valueIn(best, target) > 0 ? `; most at row ${best.row}, column ${best.column}: ${readable(valueIn(best, target))}` : '';
  return `${data.classes[target].label} ${readable(value)}, number ${rank} of ${cells.length} cells${where}`;
}

/** The cell that is looked at, in words and numbers. */
export function cellText(data: AtlasData, state: AtlasState): string {
  const cell = levelOf(data, state).cells[cellAt(data, state)];
  const target = targetOf(data, state);
  if (state.find.trim() && target < 0) return `no class that was looked at begins with “${state.find.trim()}”`;
  if (state.view === 'pair') {
    const [a, b] = [valueIn(cell, state.a), valueIn(cell, state.b)];
    return `${cellName(cell)}: ${data.classes[state.a].label} ${readable(a)}, ${data.classes[state.b].label} ${readable(b)}, difference ${readable(a - b)}; ${countText(cell)}`;
  }
  return `${cellName(cell)}: ${countText(cell)}; ${target >= 0 ? `${standing(data, state, cell, target)}; ` : ''}${valueTexts(data, cell, 5)}`;
}

/** The picture in plain words. */
export function altOf(data: AtlasData, state: AtlasState): string {
  const { grid, cells } = levelOf(data, state);
  if (state.view === 'pair') {
    const { placed, most } = pairOf(data, state);
    return `Activation atlas of ${data.layer} of ${data.model} between two classes: ${placed.length} cells from ${data.classes[state.b].label} at the left to ${data.classes[state.a].label} at the right, by the difference of their attributions, up to ${readable(most)}.`;
  }
  const target = targetOf(data, state);
  const rated = [...cells].sort((a, b) => (target < 0 ? b.count - a.count : valueIn(b, target) - valueIn(a, target))).slice(0, 3);
  const which = target < 0 ? 'Those with the most activations' : `Those that speak for ${data.classes[target].label} most`;
  const each = rated.map((cell) => `at the ${regionOf(cell, grid)} ${data.classes[cell.values[0]?.[0]]?.label ?? 'no class'} (${target < 0 ? plural(cell.count, 'activation') : readable(valueIn(cell, target))})`);
  return `Activation atlas of ${data.layer} of ${data.model}: ${plural(cells.length, 'cell')} of ${grid} by ${grid} with pictures, alike ones near each other. ${which} lie ${each.join(', ')}.`;
}

function regionOf({ row, column }: ShownCell, grid: number): string {
  const third = (at: number): number => Math.min(2, Math.floor(((at + 0.5) / grid) * 3));
  const down = ['top', '', 'bottom'][third(row)];
  const across = ['left', '', 'right'][third(column)];
  return [down, across].filter(Boolean).join(' ') || 'middle';
}

/** What the raster leaves out. */
export const levelText = ({ count }: AtlasData, { grid, cells, leftOut }: AtlasData['levels'][number]): string =>
  `${plural(cells.length, 'cell')} of ${grid} × ${grid}${leftOut ? `; ${plural(leftOut, 'activation')} (${percent(leftOut / count)}) in cells with too few` : ''}`;
