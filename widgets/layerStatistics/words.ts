import { joinParts } from '../../src/figure/caption';
import { minus, percent, readable } from '../../src/figure/numbers';
import type { StatisticsData, StatisticsRow } from './data';

/** Three significant digits. */
export const numberText = (value: number): string => (Number.isFinite(value) ? minus(readable(Number(value.toPrecision(3)))) : 'none');

/** A sparseness; a dash where there is none. */
export const sparseText = (value: number | null): string => (value === null ? '–' : value.toFixed(2));

export const shapeText = ({ shape }: StatisticsRow): string => (shape.length === 1 ? `${shape[0]} units` : shape.join(' × '));

export const headingOf = ({ model }: StatisticsData): string => `Layer statistics · ${model}`;

export function detailsOf(data: StatisticsData, shown: number): string {
  const { images, collection, rows } = data;
  return joinParts([
    images === 1 ? collection : `${images} images of ${collection}`,
    shown < rows.length ? `${shown} of ${rows.length} layers, spread over the depth` : `${rows.length} ${rows.length === 1 ? 'layer' : 'layers'}`,
    `dead: 0 everywhere${images === 1 ? ' in this image' : ' in all images'}`,
    'sparseness of Treves & Rolls (form of Vinje & Gallant), 0 to 1: lifetime, of a channel over positions' + (images === 1 ? '' : ' and images') + '; population, over the channels at a position',
    'channels: mean |value| of each, the greatest first',
  ]);
}

/** All numbers of a layer, as they are read out. */
export function rowText(row: StatisticsRow): string {
  const dead = row.deadCount ? `${row.deadCount} of ${row.channelCount} channels dead (${row.dead.join(', ')}${row.dead.length < row.deadCount ? ', …' : ''})` : `none of ${row.channelCount} channels dead`;
  return joinParts([
    `${row.layer}: mean ${numberText(row.mean)}, deviation ${numberText(row.std)}, ${numberText(row.min)} to ${numberText(row.max)}`,
    `${percent(row.zeros)} zeros`,
    row.saturated !== undefined && `${percent(row.saturated)} at the ceiling of ${row.ceiling}`,
    dead,
    `sparseness ${sparseText(row.lifetime)} lifetime, ${sparseText(row.population)} population`,
  ]);
}

export function altOf(data: StatisticsData, shown: readonly number[]): string {
  const rows = shown.map((at) => data.rows[at]);
  const told = rows.map((row) => `${row.layer}: ${percent(row.zeros)} zeros, ${row.deadCount} of ${row.channelCount} channels dead`);
  return `${headingOf(data)}, ${data.images === 1 ? data.collection : `over ${data.images} images of ${data.collection}`}. ${told.slice(0, 12).join('; ')}${told.length > 12 ? '; …' : ''}.`;
}
