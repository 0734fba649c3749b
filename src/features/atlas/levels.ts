import type { Classifier } from '../../model/classifier';
import type { FoundLayer } from '../../model/layers';
import type { AxisField, ReceptiveField } from '../../model/receptive/field';
import type { Pixels } from '../../image/canvas';
import { type Box, resample } from '../../image/resample';
import { visualizeDirections } from '../visualization/visualizeDirections';
import type { AtlasCell, AtlasIcon, AtlasLevel } from './atlas';
import { type CellFacts, factsOf } from './atlasCells';
import { type Bin, binned } from './bin';
import { type LayoutOptions, lineUp } from './layout';
import type { Samples } from './samples';
import { meanTile, type Tiles, TileSheet } from './tiles';

export interface LevelOptions extends LayoutOptions {
  model: Classifier;
  layer: FoundLayer;
  field: ReceptiveField;
  /** Cells along a side of the coarsest raster. */
  grid: number;
  minMembers: number;
  icon: AtlasIcon;
  /** How many crops an icon is the mean of. */
  nearest: number;
}

/** Crops that are kept of a cell of the coarsest raster; a cell of the next has those of them that are its own, and one. */
const kept = 6;

/** The finest raster there is, in cells along a side. */
const finest = 40;

/** Cells that are pictured by inversion. */
const mostInverted = 64;

/** The rasters of an atlas with all that their cells hold, and the tiles that picture them. */
export async function levelsOf(samples: Samples, places: Float32Array, options: LevelOptions): Promise<{ levels: AtlasLevel[]; tiles: Tiles; notes: string[] }> {
  const { model, icon, nearest } = options;
  const { rasters, notes } = rastersOf(samples, places, options);
  const sheet = new TileSheet(samples.shape.tile);
  const crops = new Map<number, number>();
  const tileOf = (activation: number): number => {
    const tile = crops.get(activation) ?? sheet.add(samples.crop(activation));
    crops.set(activation, tile);
    return tile;
  };
  const levels: AtlasLevel[] = [];
  for (const [level, { grid, bins }] of rasters.entries()) {
    const facts = factsOf(samples, bins, (index) => model.label(index));
    const pictures = icon === 'inversion' ? await inverted(facts, options, samples.shape.tile) : [];
    if (icon === 'inversion' && pictures.length < facts.length) notes.push(`stopped: ${facts.length - pictures.length} of ${facts.length} icons are crops`);
    const cells = facts.map((each, at): AtlasCell => {
      const { members } = each;
      const shown = level ? members.filter((member, nearer) => !nearer || crops.has(member)) : members;
      const own = shown.slice(0, kept).map((activation) => ({ activation, tile: tileOf(activation) }));
      const picture = pictures[at] ?? (nearest > 1 ? meanTile(members.slice(0, nearest).map((member) => samples.crop(member))) : undefined);
      return { ...each, icon: picture ? sheet.add(picture) : own[0].tile, crops: own };
    });
    levels.push({ grid, cells, leftOut: samples.count - facts.reduce((sum, { count }) => sum + count, 0) });
  }
  const last = levels[levels.length - 1];
  const means = new Float32Array(last.cells.length * samples.channels);
  last.cells.forEach(({ activation }, at) => means.set(activation, at * samples.channels));
  const line = await lineUp(means, samples.channels, options);
  last.cells.forEach((cell, at) => Object.assign(cell, { line: Number(line[at].toFixed(4)) }));
  return { levels, tiles: sheet.finished, notes };
}

/** The raster that was asked for, and a finer one where that shows most of the activations too. */
function rastersOf({ count }: Samples, places: Float32Array, { grid, minMembers, icon }: LevelOptions): { rasters: { grid: number; bins: Bin[] }[]; notes: string[] } {
  const coarse = binned(places, grid, minMembers);
  if (!coarse.length) throw new RangeError(`no cell of ${grid} x ${grid} has ${minMembers} of the ${count} activations; give a smaller grid, or minMembers: 1`);
  if (icon === 'inversion') {
    const largest = [...coarse].sort((a, b) => b.members.length - a.members.length).slice(0, mostInverted);
    const notes = largest.length < coarse.length ? [`${mostInverted} of ${coarse.length} cells are pictured: those with the most members`] : [];
    return { rasters: [{ grid, bins: coarse.filter((bin) => largest.includes(bin)) }], notes };
  }
  const fine = grid * 2 <= finest ? binned(places, grid * 2, minMembers) : [];
  const shown = fine.reduce((sum, { members }) => sum + members.length, 0);
  return { rasters: [{ grid, bins: coarse }, ...(shown >= count / 2 ? [{ grid: grid * 2, bins: fine }] : [])], notes: [] };
}

/** Pictures that make the middle cell of the layer give the mean activations; a mean of 0 has none, and is grey. Stopped, those that are ready. */
async function inverted(facts: readonly CellFacts[], { model, layer, field, seed, signal, onProgress }: LevelOptions, tile: number): Promise<Uint8Array[]> {
  const lit = facts.filter(({ activation }) => activation.some((value) => value !== 0));
  // Layers without a grid may take the network's own size only.
  const size = layer.shape.length === 4 ? tile : model.inputShape[0];
  const wanted = lit.map(({ activation }) => activation);
  // Stopped before the first is ready, there are none.
  const images = lit.length ? await visualizeDirections(model, layer.name, wanted, { size, seed, signal, onProgress }).catch((error: unknown) => (isAbort(error) ? [] : Promise.reject(error))) : [];
  const made = new Map(lit.slice(0, images.length).map((each, at) => [each, images[at]]));
  const missing = facts.findIndex((each) => lit.includes(each) && !made.has(each));
  return facts.slice(0, missing < 0 ? facts.length : missing).map((each) => {
    const image = made.get(each);
    const data = image ? resample(image, middleOf(image, field), tile, tile).data : new Uint8ClampedArray(tile * tile * 4).fill(128);
    return Uint8Array.from({ length: tile * tile * 3 }, (_, at) => data[Math.floor(at / 3) * 4 + (at % 3)]);
  });
}

const isAbort = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError';

/** The part of a picture that its middle cell sees. */
function middleOf({ width, height }: Pixels, { rows, columns }: ReceptiveField): Box {
  const along = (length: number, { size, jump }: AxisField): [start: number, length: number] => {
    const part = Math.min(length, size);
    // Of an even number of cells the middle one lies half a step beyond.
    const centre = (length + (jump && Math.round(length / jump) % 2 === 0 ? jump : 0)) / 2;
    return [Math.max(0, Math.min(centre - part / 2, length - part)), part];
  };
  const [[x, across], [y, down]] = [along(width, columns), along(height, rows)];
  return { x, y, width: across, height: down };
}
