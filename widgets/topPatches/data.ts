import type { ChannelPatches, Patch, TopPatches, TopPatchesRecord } from '../../src/features/topPatches/result';
import { resample } from '../../src/image/resample';
import type { Pixels } from '../../src/image/canvas';
import { histogramOf, type Histogram } from './histogram';
import { type Sprite, spriteOf } from './sprite';

/** A patch without its pixels. */
export type PatchFact = Omit<Patch, 'pixels' | 'context'>;

/** The patches of one channel in one order. */
export interface PatchRow {
  channel: number;
  label?: string;
  kind: 'top' | 'least';
  patches: PatchFact[];
  crops?: Sprite;
  /** The images around them; undefined where they would be too much for a notebook. */
  contexts?: Sprite;
  fired: number;
  /** Its greatest values in all images. */
  histogram: Histogram;
}

/** What the widget shows. */
export interface PatchesData extends Pick<TopPatchesRecord, 'model' | 'layer' | 'kind' | 'collection' | 'images' | 'map' | 'field' | 'size' | 'options' | 'beforeRelu'> {
  rows: PatchRow[];
  notes: string[];
}

export function patchesData(patches: TopPatches): PatchesData {
  const { model, layer, kind, collection, images, map, field, size, options, beforeRelu } = patches;
  const channels = patches.channels.slice(0, mostChannels);
  const total = channels.reduce((sum, { patches, least = [] }) => sum + patches.length + least.length, 0);
  const contextSide = Math.max(98, Math.min(160, Math.round(700 / Math.sqrt(total))));
  return {
    ...{ model, layer, kind, collection, images, map, field, size, options, beforeRelu },
    rows: channels.flatMap((each) => [rowOf(each, 'top', each.patches, contextSide), ...(each.least ? [rowOf(each, 'least', each.least, contextSide)] : [])]),
    notes: notesOf(patches),
  };
}

const rowOf = ({ channel, label, fired, maxima }: ChannelPatches, kind: PatchRow['kind'], patches: readonly Patch[], contextSide: number): PatchRow => ({
  ...{ channel, label, kind, fired },
  patches: patches.map(({ pixels: _pixels, context: _context, ...fact }) => fact),
  crops: spriteOf(patches.map(({ pixels }) => pixels)),
  contexts: spriteOf(patches.map(({ context }) => atMost(context, contextSide))),
  histogram: histogramOf(maxima),
});

/** Many patches together keep small images: an output is to stay near half a megabyte. */
function atMost(pixels: Pixels, side: number): Pixels {
  const scale = side / Math.max(pixels.width, pixels.height);
  if (scale >= 1) return pixels;
  return resample(pixels, { x: 0, y: 0, width: pixels.width, height: pixels.height }, Math.max(1, Math.round(pixels.width * scale)), Math.max(1, Math.round(pixels.height * scale)));
}

const toldNames = 3;
/** More rows than this nobody reads, and no notebook holds. */
const mostChannels = 24;

function notesOf({ broken, note, channels }: TopPatchesRecord): string[] {
  const undrawn = channels.length > mostChannels ? `drawn: the first ${mostChannels} of ${channels.length} channels` : undefined;
  const notes = [note, undrawn].filter((each) => each !== undefined);
  if (!broken.length) return notes;
  const told = broken.slice(0, toldNames).map(({ name, reason }) => `${name} (${reason})`);
  const more = broken.length > told.length ? `, and ${broken.length - told.length} more` : '';
  return [...notes, `${broken.length} ${broken.length === 1 ? 'image' : 'images'} could not be read: ${told.join(', ')}${more}`];
}

/** The same without the images around the patches. */
export const reducePatches = (data: PatchesData, detail: number): PatchesData => (detail >= 1 ? data : { ...data, rows: data.rows.map((row) => ({ ...row, contexts: undefined })) });
