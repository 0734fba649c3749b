import { remembered } from '../../src/figure/memo';
import type { Place } from '../../src/figure/stage';
import { roomFor, shorten } from '../../src/figure/text';
import type { NetworkData } from './data';
import { layered, type Layered } from './layered';
import { frontOf, largestGrid, type Picture, pictureOf, stackOf } from './picture';
import { arrowPaths, type ArrowPath } from './arrows';
import { type Block, type Frame, type Visible, visibleOf } from './visible';

/** What decides where everything lies. */
export interface PlanLook {
  /** The folds that are open. */
  open: readonly number[];
  /** The lines below a block's picture, its name first. `key` tells one set of lines and tiles from another. */
  lines(block: Block, group: string | undefined): readonly string[];
  key: string;
  /** Whether there is a bar below each block. */
  bars?: boolean;
  /** The longest of the notes below the labels, for which there is room then; they may change without moving anything. */
  note?: string;
  /** The size of the map that is shown in place of a block's shape; undefined for none. */
  tile?(block: Block): { width: number; height: number } | undefined;
}

/** A block in its place: the middle of its picture, its label, and all that belongs to it. */
export interface PlannedBlock {
  block: Block;
  picture: Picture;
  x: number;
  y: number;
  /** Where the front of its picture is, which a map may fill. */
  front: Place;
  lines: readonly string[];
  labelTop: number;
  box: Place;
}

/** An open group in one of the lines that it runs through. */
export interface Band extends Place {
  fold: number;
  name: string;
  /** Whether it begins in this line. */
  begins: boolean;
  /** The blocks in it, by place. */
  inside: number[];
}

/** A network that is ready to be drawn, from (0, 0). */
export interface NetworkPlan {
  visible: Visible;
  blocks: PlannedBlock[];
  arrows: ArrowPath[];
  bands: Band[];
  height: number;
}

export const sizes = { name: 11, rest: 10, header: 10.5 };
export const leading = 13;
export const bar = { length: 56, height: 5, room: 9 };
export const headerHeight = 17;
const widestLabel = 90;
const narrowest = 30;
const between = 22;

/** Whether a line of a label need not be cut. */
export const fitsLabel = (line: string): boolean => roomFor(line, sizes.rest) <= widestLabel;

/** The blocks of a partly opened network, their labels, and where everything lies in `width`. */
export const planOf = (data: NetworkData, look: PlanLook, width: number): NetworkPlan => remembered(data.layers, `plan ${look.open.join()} ${look.key} ${width}`, () => planned(data, look, width));

function planned(data: NetworkData, { open, lines, bars, note, tile }: PlanLook, width: number): NetworkPlan {
  const visible = visibleOf(data, new Set(open));
  const largest = largestGrid(data);
  const pictures = visible.blocks.map((block) => {
    const size = tile?.(block);
    return size ? stackOf(data, block, size, largest) : pictureOf(data, block, largest);
  });
  const labels = visible.blocks.map((block, place) => {
    const frame = visible.frames.findLast(({ first, last }) => first <= place && place <= last);
    return lines(block, frame && data.folds[frame.fold].name).map((line, row) => shorten(line, widestLabel, ...fontOf(row)));
  });
  const halves = pictures.map((picture, at) => Math.max(picture.width, narrowest, ...labels[at].map((line, row) => roomFor(line, ...fontOf(row))), note === undefined ? 0 : roomFor(note, sizes.rest)) / 2);
  const label = Math.max(...labels.map(({ length }) => length)) * leading + 4 + (bars ? bar.room : 0) + (note === undefined ? 0 : leading);
  const boxes = pictures.map(({ height }, at) => ({ width: halves[at] * 2, picture: height, label }));
  const layout = layered(boxes, visible.edges, width, visible.frames.map(({ first, last }): [number, number] => [first, last]));
  const depths = layout.lines.map((_, line) => Math.max(0, ...visible.frames.filter((frame) => insideOf(layout, frame, line).length).map((frame) => levelOf(visible.frames, frame) + 1)));
  const { offsets, height } = stackedLines(layout, depths);
  const tops = labelTops(layout, pictures);
  const blocks = visible.blocks.map((block, at): PlannedBlock => {
    const picture = pictures[at];
    const { x, line } = layout.places[at];
    const y = layout.places[at].y + offsets[line];
    const labelTop = tops[at] + offsets[line];
    const upper = y - picture.height / 2 - 4;
    const box = { x: x - halves[at] - 4, y: upper, width: halves[at] * 2 + 8, height: labelTop + label - upper };
    return { block, picture, x, y, front: frontOf(picture, x - picture.width / 2, y), lines: labels[at], labelTop, box };
  });
  return { visible, blocks, arrows: arrowPaths(layout, visible.edges, pictures.map((picture) => picture.width / 2), offsets), bands: bandsOf(data, visible, layout, halves, offsets, depths), height };
}

/** Size and weight of a label's lines: the name is strong. */
export const fontOf = (row: number): [size: number, bold: boolean] => (row ? [sizes.rest, false] : [sizes.name, true]);

/** The lines one below the other, each with room for the headers of its open groups. */
function stackedLines({ lines }: Layered, depths: readonly number[]): { offsets: number[]; height: number } {
  let y = 0;
  const offsets = lines.map(({ top, bottom }, line) => {
    const offset = y + depths[line] * headerHeight - top;
    y = offset + bottom + between;
    return offset;
  });
  return { offsets, height: y - between };
}

/** Where labels begin: below their picture, or in one row with those of their line whose pictures lie level, where nothing passes below. */
function labelTops({ places, arrows }: Layered, pictures: readonly Picture[]): number[] {
  const points = [...places, ...arrows.flat().flatMap(({ line, points: each }) => each.map((point) => ({ ...point, line })))];
  return places.map(({ line, x, y }, at) => {
    const level = places.flatMap((place, other) => (place.line === line && Math.abs(place.y - y) < 0.5 ? [other] : []));
    const [start, end] = [Math.min(x, ...level.map((other) => places[other].x)), Math.max(x, ...level.map((other) => places[other].x))];
    const free = points.every((point) => point.line !== line || point.y < y + 0.5 || point.x < start || point.x > end);
    return y + 3 + Math.max(...(free ? level : [at]).map((other) => pictures[other].height)) / 2;
  });
}

const insideOf = ({ places }: Layered, { first, last }: Frame, line: number): number[] => places.flatMap((place, at) => (place.line === line && first <= at && at <= last ? [at] : []));

/** How many open groups are around one. */
const levelOf = (frames: readonly Frame[], { fold, first, last }: Frame): number => frames.filter((other) => other.fold < fold && other.first <= first && last <= other.last).length;

function bandsOf({ folds }: NetworkData, { frames }: Visible, layout: Layered, halves: readonly number[], offsets: readonly number[], depths: readonly number[]): Band[] {
  return layout.lines.flatMap(({ top, bottom }, line) =>
    frames.flatMap((frame): Band[] => {
      const inside = insideOf(layout, frame, line);
      if (!inside.length) return [];
      const inner = depths[line] - levelOf(frames, frame);
      const pad = 2 + 3 * inner;
      const start = Math.min(...inside.map((at) => layout.places[at].x - halves[at])) - pad;
      const end = Math.max(...inside.map((at) => layout.places[at].x + halves[at])) + pad;
      const y = offsets[line] + top - inner * headerHeight - 3;
      // Blocks of another branch may stand above or below: then the group has its header alone.
      const alone = layout.places.every((place, at) => place.line !== line || inside.includes(at) || place.x + halves[at] < start || place.x - halves[at] > end);
      const begins = layout.places.slice(frame.first, frame.last + 1).every((place) => place.line >= line);
      const name = shorten(`▾ ${folds[frame.fold].name}${begins ? '' : ' …'}`, end - start - 12, sizes.header, begins);
      return [{ fold: frame.fold, name, begins, inside, x: start, y, width: end - start, height: alone ? offsets[line] + bottom + pad - 2 - y : headerHeight - 2 }];
    }),
  );
}
