import { percent, readable } from '../../src/figure/numbers';
import type { AxisField } from '../../src/model/receptive/field';
import type { Rectangle } from '../../src/model/window/spans';
import type { LayerField, ReceptiveData } from './data';
import { looksAt, type ReceptiveState, seers, sideOf, sightOf, type Sight } from './looking';

type Fields = Sight['layer']['fields'];

/** `147 × 147`, or one number where both are the same and `short`. */
export const times = (down: number, across: number): string => `${readable(round(down))} × ${readable(round(across))}`;

const round = (value: number): number => Math.round(value * 10) / 10;

/** What is told of both axes: once where they agree. */
const both = ({ rows, columns }: Fields, of: (axis: AxisField) => string): string => (of(rows) === of(columns) ? of(rows) : `${of(rows)} down, ${of(columns)} across`);

export const sizeText = ({ rows, columns }: Fields): string => `${times(rows.size, columns.size)} px`;
export const jumpText = (fields: Fields): string => both(fields, ({ jump }) => (jump === null ? 'none: all see everything' : `${readable(jump)} px`));
export const offsetText = (fields: Fields): string => both(fields, ({ offset }) => `${readable(offset)} px`);

export const boxSize = ({ top, left, bottom, right }: Rectangle): string => `${times(bottom - top, right - left)} px`;

/** `rows 54–200, columns 54–200`, as pixels are counted: from 0, the last one included. */
export const boxPlace = ({ top, left, bottom, right }: Rectangle): string =>
  bottom > top && right > left ? `rows ${first(top)}–${last(bottom)}, columns ${first(left)}–${last(right)}` : 'no pixel';

const first = (edge: number): number => Math.floor(edge);
const last = (edge: number): number => Math.ceil(edge) - 1;

/** What of a layer is differentiated and drawn. */
export const channelText = ({ channel, map }: LayerField): string => (channel === undefined ? (map[2] === 1 ? 'its channel' : `mean of ${map[2]} channels`) : `channel ${channel}`);

/** What the gradient of the shown cell is known of, in a few words. */
export function effectiveText({ effective, layer, box }: Sight): string {
  if (!layer.effective) return 'not computed for this layer';
  if (!effective) return 'not computed';
  if (!effective.box) return 'no gradient: 0 everywhere';
  return `${boxSize(effective.box)}${effective.own ? ` (${percent(Math.min(1, sideOf(effective.box) ** 2 / sideOf(box) ** 2))} of the box)` : ''}`;
}

/** Everything about what is pointed at, as it is read out. */
export function sightText(data: ReceptiveData, state: ReceptiveState): string {
  const sight = sightOf(data, state);
  const { layer, cell, box, effective, pixel } = sight;
  if (state.looking === 'pixel') {
    const { rows, columns, count } = seers(layer.fields, pixel);
    const known = layer.effective ?? [];
    const looking = known.length ? `; 95 % boxes of ${known.filter((each) => looksAt(each, pixel)).length} of ${known.length} computed cells hold it` : '';
    const cells = count ? `${count} of ${layer.map[0] * layer.map[1]} cells of ${layer.name}: rows ${rows.start}–${rows.end - 1}, columns ${columns.start}–${columns.end - 1}` : `no cell of ${layer.name}`;
    return `pixel at row ${pixel[0]}, column ${pixel[1]} is seen by ${cells}${looking}`;
  }
  const told = [`cell at row ${cell[0]}, column ${cell[1]} of ${layer.name} can see ${boxPlace(box)} (${boxSize(box)})`];
  if (effective?.box && effective.own) told.push(`95 % of its gradient lie in ${boxPlace(effective.box)} (${boxSize(effective.box)})`);
  if (effective?.box && !effective.own) told.push(`the gradient shown is that of the nearest computed cell, row ${effective.cell[0]}, column ${effective.cell[1]}: 95 % in ${boxSize(effective.box)}`);
  if (!effective) told.push(`its gradient was not computed: give layers: [${JSON.stringify(layer.name)}]`);
  if (effective && !effective.box) told.push(effective.own ? 'its gradient is 0 everywhere' : `the gradient of the nearest computed cell, row ${effective.cell[0]}, column ${effective.cell[1]}, is 0 everywhere`);
  return told.join('; ');
}
