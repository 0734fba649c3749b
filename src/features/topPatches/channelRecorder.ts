import type { ImageEntry } from '../../image/collection';
import type { Image } from '../../image/image';
import { resample } from '../../image/resample';
import type { ReceptiveField } from '../../model/receptive/field';
import { cropBox, cropOf } from '../crops/cropOf';
import { Ranking } from './ranking';
import type { ChannelPatches, Patch } from './result';
import { type Strided, strongestCell, strongestCells } from './strongestCells';

/** The longer side, in pixels, of a crop that is kept; below `crispSide` its pixels stay squares. And of the image around it. */
const cropSide = 100;
const crispSide = 48;
const contextSide = 160;

/** An image that is looked at. */
export interface Sighting {
  image: Image;
  entry: ImageEntry;
  at: number;
  /** Its small version, made once for all channels. */
  context: () => Patch['context'];
}

export interface RecorderOptions {
  field: ReceptiveField;
  count: number;
  perImage: number;
  side?: number;
  /** Which cells count; default: all. */
  allowed?: readonly boolean[];
}

/** What one channel has shown so far: its strongest patches, and its greatest value in each image. */
export class ChannelRecorder {
  private readonly best: Ranking<Patch>;
  private readonly worst: Ranking<Patch>;
  private readonly maxima: number[] = [];
  private lowest = Infinity;

  constructor(
    readonly channel: number,
    private readonly options: RecorderOptions,
  ) {
    this.best = new Ranking(options.count);
    this.worst = new Ranking(options.count);
  }

  /** Takes in one image: the channel's map, and the map before its ReLU, which ranks what the ReLU makes equal; the same where it has none. */
  see(sighting: Sighting, map: Strided, before: Strided, least: boolean): void {
    this.maxima.push(strongestCell(map)?.score ?? NaN);
    this.lowest = Math.min(this.lowest, -(strongestCell({ ...map, sign: -1 })?.score ?? -Infinity));
    this.rank(this.best, sighting, before, map);
    if (least) this.rank(this.worst, sighting, { ...before, sign: -1 }, before);
  }

  private rank(ranking: Ranking<Patch>, { image, entry, at: place, context }: Sighting, map: Strided, { values, from, step }: Strided): void {
    const { field, perImage, side, allowed } = this.options;
    const [rows, columns] = field.map;
    // What has positions but no grid, as behind a reshape, sees the whole image from each.
    const cellOf = (at: number): [number, number] => (rows * columns === 1 ? [0, 0] : [Math.floor(at / columns), at % columns]);
    // Neighbours look at nearly the same: further patches of an image are at least half a crop away.
    const apart = (a: number, b: number): boolean => {
      const [one, other] = [a, b].map((at) => cropBox(field, cellOf(at), image, side));
      return Math.abs(one.x - other.x) >= one.width / 2 || Math.abs(one.y - other.y) >= one.height / 2;
    };
    const floor = ranking.admits(-Infinity) ? -Infinity : ranking.items[ranking.items.length - 1].score;
    for (const { at, score } of strongestCells({ ...map, allowed }, perImage, floor, apart)) {
      if (!ranking.admits(score)) break;
      const cell = cellOf(at);
      const { x, y, width, height } = cropBox(field, cell, image, side);
      const smooth = Math.max(width, height) > crispSide;
      const { pixels } = cropOf(image, field, cell, { side, size: smooth ? cropSide : undefined });
      ranking.add(score, { image: entry.name, at: place, ...(entry.label !== undefined && { label: entry.label }), value: values[from + at * step], cell, box: { x, y, width, height }, pixels, context: context() });
    }
  }

  result(least: boolean, label?: string): ChannelPatches {
    const maxima = Float32Array.from(this.maxima);
    const known = maxima.filter(Number.isFinite);
    // Where nothing lies below 0, a patch of 0 is one in which the channel is silent.
    const told = ({ items }: Ranking<Patch>): Patch[] => items.map(({ item }) => item).filter(({ value }) => value !== 0 || this.lowest < 0);
    return {
      channel: this.channel,
      ...(label !== undefined && { label }),
      patches: told(this.best),
      ...(least && { least: told(this.worst) }),
      maxima,
      fired: known.length ? known.filter((value) => value > 0).length / known.length : 0,
    };
  }
}

/** The image at a small size. */
export function smallImage(image: Image): Patch['context'] {
  const scale = Math.min(1, contextSide / Math.max(image.width, image.height));
  const [width, height] = [image.width, image.height].map((length) => Math.max(1, Math.round(length * scale)));
  return scale === 1 ? { width, height, data: image.data } : resample(image, { x: 0, y: 0, width: image.width, height: image.height }, width, height);
}
