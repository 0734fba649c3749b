import { joinParts } from '../../src/figure/caption';
import { percent, readable } from '../../src/figure/numbers';
import type { PatchesData, PatchFact, PatchRow } from './data';

export const channelText = ({ channel, label }: PatchRow, data: PatchesData): string => (label === undefined ? `${isSingle(data) ? 'unit' : 'channel'} ${channel}` : `${label} (${channel})`);

/** Whether the layer has one position only. */
export const isSingle = ({ map: [rows, columns] }: PatchesData): boolean => rows * columns === 1;

/** Whether a part of the crop lies beyond the image. */
export const reachesOut = ({ size: [height, width] }: PatchesData, { box: { x, y, width: across, height: down } }: PatchFact): boolean => x < 0 || y < 0 || x + across > width || y + down > height;

/** Whether a ReLU made patches of a channel equal. */
const hasTies = ({ rows, beforeRelu }: PatchesData): boolean => beforeRelu && rows.some(({ kind, patches }) => kind === 'top' && patches.some(({ value }, at) => at > 0 && value === patches[at - 1].value));

/** How many images it answered to, in words. */
export function firedText({ fired, histogram: { low, high } }: PatchRow): string {
  if (fired) return `above 0 in ${percent(fired)} of images`;
  return low === 0 && high === 0 ? 'never fired on these images' : 'never above 0 on these images';
}

export const headingOf = ({ layer, model }: PatchesData): string => `Top patches · ${layer} · ${model}`;

/** Whether a crop shows all of the image, so that only a mark tells where its cell is. */
export const seesAll = ({ field: [rows, columns], size: [height, width], options: { side = Infinity } }: PatchesData): boolean => Math.min(rows, side) >= height && Math.min(columns, side) >= width;

export function detailsOf(data: PatchesData): string {
  const { collection, images, options, field, size, kind, beforeRelu } = data;
  const [down, across] = field.map((length, axis) => Math.min(length, size[axis], options.side ?? Infinity));
  const whole = options.side === undefined || (down === field[0] && across === field[1]);
  const cropped = whole ? `crops of ${down} × ${across} px: the theoretical receptive field` : `crops of ${down} × ${across} px about the middle of the receptive field of ${field[0]} × ${field[1]} px`;
  const few = data.rows.some(({ kind: way, patches }) => way === 'top' && patches.length < options.count);
  const strongest = options.count === 1 ? 'the strongest patch' : `${few ? 'up to' : 'the'} ${options.count} strongest patches`;
  const everything = isSingle(data) ? 'each unit sees the whole image' : `a cell can see the whole image of ${size[0]} × ${size[1]} px (its field is ${field[0]} × ${field[1]}); the ring marks the cell`;
  const crops = seesAll(data) ? everything : cropped;
  const padded = data.rows.some(({ patches }) => patches.some((patch) => reachesOut(data, patch)));
  return joinParts([
    kind,
    `${strongest} in ${images} ${images === 1 ? 'image' : 'images'} of ${collection}, at most ${options.perImage} of an image`,
    options.least && `least: the lowest value${beforeRelu ? ', before the ReLU' : ''}`,
    hasTies(data) && 'equal values are ranked by what comes before the ReLU',
    !options.padding && 'only cells that look at no padding',
    crops,
    padded && 'hatched: padding',
    'the chart: greatest value of the channel in each image, triangles: the patches shown',
  ]);
}

/** The value, and what it is of. */
export function patchText(data: PatchesData, row: PatchRow, at: number): string {
  const patch = row.patches[at];
  const rank = `${row.kind === 'top' ? 'strongest' : 'least'} patch ${at + 1} of ${row.patches.length} of ${channelText(row, data)}`;
  return joinParts([`${readable(patch.value)}: ${rank}`, imageText(patch), placeText(data, patch)]);
}

export const imageText = ({ image, label }: PatchFact): string => (label === undefined ? image : `${image}, ${label}`);

/** The cell, and the pixels that it looks at. */
export function placeText(data: PatchesData, { cell, box }: PatchFact): string {
  const { map, size } = data;
  const span = (start: number, length: number, end: number): string => `${Math.max(0, start)}–${Math.min(end, start + length) - 1}`;
  const pixels = `rows ${span(box.y, box.height, size[0])}, columns ${span(box.x, box.width, size[1])} of the image`;
  return isSingle(data) ? pixels : `cell (${cell.join(', ')}) of ${map[0]} × ${map[1]}: ${pixels}`;
}

export function altOf(data: PatchesData): string {
  const rows = data.rows.map((row) => {
    const [first] = row.patches;
    const strongest = first ? `${row.kind === 'top' ? 'most' : 'least'} ${readable(first.value)} in ${imageText(first)}` : row.kind === 'top' ? firedText(row) : 'no least patch';
    return `${channelText(row, data)}: ${strongest}${first && row.kind === 'top' ? `, ${firedText(row)}` : ''}`;
  });
  return `${headingOf(data)}, over ${data.images} images of ${data.collection}. ${rows.join('; ')}.`;
}
