import type { Bar } from '../../src/figure/colorbar';
import { colorize } from '../../src/figure/colorize';
import { remembered } from '../../src/figure/memo';
import { normalize, valueRange } from '../../src/figure/normalize';
import type { Pixels } from '../../src/image/canvas';
import { type BoardMap, coarser } from './data';

/** A map on its own scale: the sizes of its values, or their signs too; no finer than so many cells across. */
export const pictureOf = (map: BoardMap, signs: boolean, cells: number): Pixels =>
  remembered(map.values, `board ${signs} ${cells}`, () => {
    const sign = signs ? 'signed' : 'absolute';
    const sized = signs ? map : { ...map, values: map.values.map(Math.abs) };
    const { values, shape } = coarser(sized, cells / map.shape[1]);
    return colorize(normalize(values, valueRange(values, sign), sign), shape[1], shape[0], signs ? 'RdBu' : 'viridis');
  });

/** What the colours of all maps mean. */
export const barOf = (signs: boolean): Bar => ({ colormap: signs ? 'RdBu' : 'viridis', range: signs ? [-1, 1] : [0, 1], unit: `${signs ? 'value' : '|value|'}, share of its map’s top`, centred: signs, clipped: { high: true, low: signs } });
