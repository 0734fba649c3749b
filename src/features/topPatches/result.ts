import { draw } from '../../draw';
import type { Figure } from '../../figure/figure';
import type { Pixels } from '../../image/canvas';
import type { Unreadable } from '../../image/collection';
import type { Box } from '../../image/resample';
import { plainNumbers } from '../../json';
import { Showable } from '../../show';

/** The part of an image that one cell of a layer looks at. */
export interface Patch {
  /** The image's name in the collection. */
  image: string;
  /** Its place in the collection. */
  at: number;
  /** Its class, where the collection knows it. */
  label?: string;
  /** What the cell put out. */
  value: number;
  /** The cell, `[row, column]` of the layer's map. */
  cell: readonly [row: number, column: number];
  /** The part of what the network saw, in its pixels; may reach beyond the image, into the padding. */
  box: Box;
  /** The crop, large ones at a smaller size. */
  pixels: Pixels;
  /** What the network saw, at a small size. */
  context: Pixels;
}

/** The patches of one channel, and how it fared over all images. */
export interface ChannelPatches {
  /** Its number in the layer. */
  channel: number;
  /** The class that it stands for, in the network's last layer. */
  label?: string;
  /** Those that excite it most, the strongest first. Fewer than asked for where it was 0 on the rest. */
  patches: readonly Patch[];
  /** Those that excite it least, the lowest first, when they were asked for. */
  least?: readonly Patch[];
  /** Its greatest value in each image, in the order of the collection, without those that could not be read. */
  maxima: Float32Array;
  /** The share of images in which it was above 0 anywhere. */
  fired: number;
}

/** The fields of `TopPatches`. */
export interface TopPatchesRecord {
  model: string;
  layer: string;
  kind: string;
  /** What the collection is called. */
  collection: string;
  /** How many images were looked at. */
  images: number;
  /** Those that could not be read, and why. */
  broken: readonly Unreadable[];
  channels: readonly ChannelPatches[];
  /** Rows and columns of the layer's map; 1 and 1 where it has no grid. */
  map: readonly [rows: number, columns: number];
  /** Rows and columns of the theoretical receptive field, in pixels; it may be larger than the image. */
  field: readonly [rows: number, columns: number];
  /** Height and width of what the network saw. */
  size: readonly [height: number, width: number];
  /** `count`, `perImage`, `least`, `padding` and `side`, defaults filled in. */
  options: { count: number; perImage: number; least: boolean; padding: boolean; side?: number };
  /** Whether the layer ends with a ReLU: what that makes equal, as all that a ReLU6 cuts at 6, is ranked by the value before it, and so are the least. */
  beforeRelu: boolean;
  seconds: number;
  backend: string;
  /** What the reader must know, as that it was stopped. */
  note?: string;
}

/** The image crops that excite channels of a layer most. Iterable by channel; shows itself as a row of patches for each. */
export class TopPatches extends Showable implements Iterable<ChannelPatches> {
  constructor(record: TopPatchesRecord) {
    super();
    Object.assign(this, record);
  }

  [Symbol.iterator](): Iterator<ChannelPatches> {
    return this.channels[Symbol.iterator]();
  }

  /** The patches of one channel, by its number in the layer. */
  get(channel: number): ChannelPatches {
    const { channels, layer } = this;
    const found = channels.find((each) => each.channel === channel);
    if (found) return found;
    throw new RangeError(`no patches of channel ${channel} of ${JSON.stringify(layer)} here; there are: ${channels.map((each) => each.channel).join(', ')}`);
  }

  override toFigure(): Figure {
    return draw.topPatches(this);
  }

  override toString(): string {
    const { layer, images, collection, channels } = this;
    const strongest = ({ patches }: ChannelPatches): string => (patches.length ? `${Number(patches[0].value.toPrecision(3))} in ${patches[0].image}` : 'never above 0');
    return [`top patches of ${layer} over ${images} images of ${collection}`, ...channels.map((each) => `channel ${each.channel}: ${strongest(each)}, fired on ${Math.round(each.fired * 100)} % of the images`)].join('\n');
  }

  /** Everything but the pixels. */
  toJSON(): object {
    const bare = ({ pixels: _pixels, context: _context, ...patch }: Patch): object => patch;
    return {
      ...this,
      channels: this.channels.map(({ patches, least, maxima, ...rest }) => ({ ...rest, patches: patches.map(bare), least: least?.map(bare), maxima: plainNumbers(maxima) })),
    };
  }
}

// The fields are the record's, told once, there.
export interface TopPatches extends Readonly<TopPatchesRecord> {}
