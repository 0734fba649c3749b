import { colorize } from '../../src/figure/colorize';
import type { Colormap } from '../../src/figure/colormap';
import { remembered } from '../../src/figure/memo';
import type { Pixels } from '../../src/image/canvas';
import type { OutputData } from './data';

/** The colours of a layer's maps: two-sided where it has values below 0. */
export const colormapOf = ({ range }: OutputData): Colormap => (range[0] < 0 ? 'RdBu' : 'viridis');

/** One of the small maps in colours. */
export const tileOf = (output: OutputData, map: number): Pixels =>
  remembered(output.codes, `tile ${map}`, () => {
    const cells = output.width * output.height;
    const places = Float32Array.from(output.codes.subarray(map * cells, (map + 1) * cells), (code) => code / 255);
    return colorize(places, output.width, output.height, colormapOf(output));
  });
