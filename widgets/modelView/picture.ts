import type { Place } from '../../src/figure/stage';
import { kindOf } from '../layerKinds';
import type { NetworkData, OutputData } from './data';
import type { Block } from './visible';

/** A box that stands for the output of a layer: as tall as its grid, as wide as its channels, seen from the upper right. */
export interface Slab {
  /** Of its front's left edge. */
  x: number;
  width: number;
  height: number;
  depth: number;
  colour: string;
}

/** The slabs of a block's layers, side by side. Each is centred on one height, its depth included. */
export interface Picture {
  width: number;
  height: number;
  slabs: Slab[];
  /** Whether the front of its only slab is left to a picture: a feature map, or the photograph. */
  open?: boolean;
}

const shortest = 10;
const tallest = 76;
const widest = 66;
/** More slabs than this are too thin to tell apart: then those of minor layers are left out. */
const crowd = 14;

type Shape = readonly (number | null)[];

const inputColour = '#c9d1d9';

/** The picture of a block by the shapes of its layers. `largest`: rows or columns of the largest grid of the network. */
export function pictureOf({ layers, inputShape }: NetworkData, { first, last }: Block, largest: number): Picture {
  if (first < 0) return stacked([slabOf(inputShape, inputColour, 1, largest)]);
  const all = layers.slice(first, last + 1);
  const major = all.filter((layer) => !kindOf(layer).minor);
  const shown = all.length > crowd && major.length ? major : all;
  return stacked(shown.map((layer) => slabOf(layer.shape, kindOf(layer).colour, kindOf(layer).minor ? 0.35 : 1, largest)));
}

/** The picture of a block as a stack of maps, the foremost of which is shown; the deeper, the more channels. */
export function stackOf({ layers, inputShape }: NetworkData, { first, last }: Block, output: Pick<OutputData, 'width' | 'height'>, largest: number): Picture {
  const [shape, colour] = first < 0 ? [inputShape, inputColour] : [layers[last].shape, kindOf(layers[last]).colour];
  const side = Math.max(22, sideOf(shape[0], largest));
  const scale = side / Math.max(output.width, output.height);
  const slab = { x: 0, width: output.width * scale, height: output.height * scale, depth: first < 0 ? 2 : 2 + 1.1 * Math.log2(1 + (shape[2] ?? 1)), colour };
  return { ...stacked([slab], Infinity), open: true };
}

export const largestGrid = ({ layers, inputShape }: NetworkData): number =>
  Math.max(1, ...[inputShape, ...layers.map(({ shape }) => shape)].flatMap((shape) => (shape.length === 3 ? [shape[0] ?? 0, shape[1] ?? 0] : [])));

const sideOf = (length: number | null, largest: number): number => shortest + (tallest - shortest) * Math.sqrt((length ?? largest) / largest);

function slabOf(shape: Shape, colour: string, share: number, largest: number): Omit<Slab, 'x'> {
  const width = Math.max(2, (4 + 1.4 * Math.log2(1 + (shape[shape.length - 1] ?? 1))) * share);
  if (shape.length !== 3) return { width: Math.max(2, 7 * share), height: 12 + 3 * Math.log2(1 + (shape[shape.length - 1] ?? 1)), depth: 3, colour };
  return { width, height: sideOf(shape[0], largest), depth: 0.13 * sideOf(shape[1], largest), colour };
}

function stacked(slabs: Omit<Slab, 'x'>[], limit = widest): Picture {
  const gap = slabs.length > 1 ? 1 : 0;
  const natural = slabs.reduce((sum, { width }) => sum + width + gap, -gap);
  const scale = Math.min(1, limit / natural);
  let x = 0;
  const placed = slabs.map((slab) => {
    const each = { ...slab, x, width: slab.width * scale };
    x += each.width + gap * scale;
    return each;
  });
  return {
    width: Math.max(...placed.map((slab) => slab.x + slab.width + slab.depth)),
    height: Math.max(...placed.map(({ height, depth }) => height + depth)),
    slabs: placed,
  };
}

/** Outlines of faces by their colour, gathered over many slabs: an element for each face would cost more than all the rest. */
export class Faces {
  private readonly sides = new Map<string, string>();
  private readonly tops = new Map<string, string>();
  private readonly fronts = new Map<string, string>();

  /** Adds a picture with its left edge at `left` and its middle at `middle`. */
  add({ slabs, open }: Picture, left: number, middle: number): void {
    for (const { x, width, height, depth, colour } of slabs) {
      const [l, r, t] = [left + x, left + x + width, middle - (height + depth) / 2 + depth];
      put(this.sides, shade(colour, 0.72), `M${n(r)},${n(t)}l${n(depth)},${n(-depth)}v${n(height)}l${n(-depth)},${n(depth)}z`);
      put(this.tops, shade(colour, 1.18), `M${n(l)},${n(t)}l${n(depth)},${n(-depth)}h${n(width)}l${n(-depth)},${n(depth)}z`);
      if (!open) put(this.fronts, colour, `M${n(l)},${n(t)}h${n(width)}v${n(height)}h${n(-width)}z`);
    }
  }

  /** The colours with their outlines, the hindmost first. */
  *[Symbol.iterator](): Iterator<[colour: string, outline: string]> {
    for (const layer of [this.sides, this.tops, this.fronts]) yield* layer;
  }
}

/** Where the open front of a picture is. */
export function frontOf({ slabs: [{ x, width, height, depth }] }: Picture, left: number, middle: number): Place {
  return { x: round(left + x), y: round(middle - (height + depth) / 2 + depth), width: round(width), height: round(height) };
}

const round = (value: number): number => Math.round(value * 10) / 10;
const n = (value: number): string => String(round(value));

const put = (outlines: Map<string, string>, colour: string, outline: string): void => void outlines.set(colour, (outlines.get(colour) ?? '') + outline);

/** A colour made darker, or lighter where `factor` is above 1. */
function shade(colour: string, factor: number): string {
  const channels = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  const mixed = channels.map((value) => Math.round(factor < 1 ? value * factor : value + (255 - value) * (factor - 1) * 2));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}
