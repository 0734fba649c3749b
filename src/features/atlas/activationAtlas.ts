import { ready } from '../../backend';
import { between, knownOptions, oneOf, shown, whole } from '../../check';
import { collectionOf, type ImageCollection, type ImagesSource, type Unreadable } from '../../image/collection';
import { longWork } from '../../longWork';
import { checkModel, type Classifier } from '../../model/classifier';
import { mustBeFinite } from '../../model/finiteWeights';
import { findLayer, type FoundLayer, lastConvolution } from '../../model/layers';
import { pathBetween } from '../../model/run';
import { classIndex } from '../../model/target';
import type { LongWorkOptions } from '../../progress';
import { fieldFor } from '../crops/fieldFor';
import { ActivationAtlas, type AtlasIcon } from './atlas';
import { type CacheChoice, openCache } from './cache';
import { collect, type Sampling } from './collect';
import { drawable } from './drawCells';
import { type AtlasLayout, atlasLayouts, layOut, type LayoutOptions } from './layout';
import { levelsOf } from './levels';
import { Samples } from './samples';

/** Options of `activationAtlas`. */
export interface ActivationAtlasOptions extends LongWorkOptions {
  /** The layer, by name or by its place in `model.layers()`. Default: the last convolution, its activation applied. */
  layer?: string | number;
  /** How many random cells of the layer are taken of each image; those at the edge, which see padding, are left out where there are others. Default: about 4,000 activations in all, from 1 to 4 of an image. */
  positions?: number;
  /** Cells along a side of the map, 1 to 40; a second, finer raster of twice as many is made where its cells have members enough. Default 12, with icons by inversion 8. */
  grid?: number;
  /** `'umap'` or `'pca'`. Default `'umap'`, which begins with about 0.1 MB of memory for each activation; with fewer than 40 of them, or more than 30,000, `'pca'`. */
  layout?: AtlasLayout;
  /** UMAP: how many neighbours of each activation are kept near. Default 20. */
  nNeighbors?: number;
  /** UMAP: how near activations may come to lie, 0 to 1. Default 0.3, so that some thousands fill the map; the article's 0.05 is for a million. */
  minDist?: number;
  /** How a cell is pictured: `'patch'`, the crop of the member nearest to its mean activation (or the mean of several, see `nearest`), or `'inversion'`, a picture that makes the layer give the mean activation (at most 64 cells, a few seconds each batch). Default `'patch'`. */
  icon?: AtlasIcon;
  /** Of how many crops, those nearest to the cell's mean activation, an icon is the mean. Default 1: the nearest crop as it is; the mean of several is a mist where they do not lie alike. */
  nearest?: number;
  /** Side of the crops in pixels of what the network sees. Default: the receptive field, but no more than half of the image. */
  crop?: number;
  /** How few members a cell may have and still be shown. Default: one for each 200 activations, from 1 to 5. */
  minMembers?: number;
  /** The classes whose attribution is computed: how many of each image's likeliest, or a list by number or label. Default: all where the model has 16 or fewer, else the 5 likeliest; to what is not looked at, an image adds 0. */
  classes?: number | readonly (number | string)[];
  /** Of the positions, the layout and inverted icons. Default 0. */
  seed?: number;
  /** Where samples are kept, so that an interrupted run can be gone on with: `true` the package's cache, `false` nowhere, or a folder. An activation takes 5 kB and 4 bytes a channel. Default `true`. */
  cache?: CacheChoice;
  /** How many images go through the network at once. Default: about a tenth of a second's work. */
  batchSize?: number;
}

const optionNames = ['layer', 'positions', 'grid', 'layout', 'nNeighbors', 'minDist', 'icon', 'nearest', 'crop', 'minMembers', 'classes', 'seed', 'cache', 'batchSize', 'signal', 'onProgress'];

const wanted = 4000;
const mostPositions = 4;
const mostGrid = 40;
const allClasses = 16;
const likeliest = 5;

/** Side of a tile in pixels: of crops, and of inverted icons, which are sharper. */
const tiles: Record<AtlasIcon, number> = { patch: 40, inversion: 64 };

/**
 * An ActivationAtlas of a layer: what the layer tells apart, seen through many images. Of each image the activations at some random positions are taken and laid out by UMAP (or PCA), so that those that
 * are alike lie near; the plane is cut into cells, and each is pictured by the crops of the images that it comes from. For each cell: how many activations, their mean, the classes they speak for (activation x
 * gradient of the logit, the mean over the members), and the images. Shows itself as a map to pan and zoom, with a filter by class, an axis between two classes, and each cell's members.
 *
 * Images come one after the other from a folder (its sub-folders are the classes), a list or a collection; memory holds one batch of them, whatever their number. What is found is kept in
 * the cache as it comes: stopped or cut off, the same call goes on where it was. An atlas shows what these images excite, not all that the layer can do; it depends on the layout, and its axes mean nothing.
 * Carter, Armstrong, Schubert, Johnson & Olah 2019, "Exploring neural networks with activation atlases", https://distill.pub/2019/activation-atlas; UMAP: McInnes, Healy & Melville 2018.
 *
 * Options: `layer` (the last convolution), `positions` (for about 4,000 activations), `grid` (12), `layout` ('umap' or 'pca'), `nNeighbors` (20), `minDist` (0.3), `icon` ('patch' or 'inversion'), `nearest` (1), `crop`, `minMembers`, `classes`, `seed` (0),
 * `cache` (true, false or a folder), `batchSize`, `signal`, `onProgress`.
 * Throws for an unknown layer (naming the nearest), and where no image can be read.
 *
 * @example
 * const atlas = await cl.activationAtlas(model, cl.scenes({ count: 1000 }), { layer: 'block5_conv3' });
 * atlas
 * atlas.figure({ target: 'cat' })
 * await atlas.save('atlas.json')
 */
export async function activationAtlas(model: Classifier, images: ImagesSource, options: ActivationAtlasOptions = {}): Promise<ActivationAtlas> {
  const began = performance.now();
  checkModel('activationAtlas', model);
  knownOptions('activationAtlas', options, optionNames);
  const layout = layoutOptions(options);
  const icon = oneOf('icon', options.icon ?? 'patch', ['patch', 'inversion'] as const);
  const grid = whole('grid', options.grid ?? (icon === 'patch' ? 12 : 8), 1, mostGrid);
  const nearest = whole('nearest', options.nearest ?? 1);
  if (options.minMembers !== undefined) whole('minMembers', options.minMembers);
  if (options.batchSize !== undefined) whole('batchSize', options.batchSize);
  const backend = await ready();
  model.mustLive();
  mustBeFinite(model.model, model.name);
  const layer = layerOf(model, options.layer);
  const classes = classesOf(model, options.classes);
  const { collection, doubles } = distinct(await collectionOf('activationAtlas', images));
  const sampling = samplingOf(model, layer, collection.entries.length, classes, icon, options);

  const shape = { positions: sampling.positions, channels: sampling.field.map[2], classes: typeof classes === 'number' ? classes : classes.length, tile: sampling.tile };
  const cache = openCache(options.cache ?? true, sampling, shape);
  try {
    const { records } = cache;
    const cached = collection.entries.filter(({ stamp }) => records.has(stamp)).length;
    const unreadable = await sampled(sampling, collection, records, cached, options);
    const found = collection.entries.filter(({ stamp }) => records.has(stamp));
    if (!found.length) throw new Error(`activationAtlas: none of ${collection.entries.length} images in ${collection.name} can be read; the first, ${shown(unreadable[0]?.name)}: ${unreadable[0]?.reason}`);
    const samples = new Samples(records, found.map(({ name, label, stamp }) => ({ name, label, stamp })), shape);
    const { places, facts, notes } = await layOut(samples, layout);
    const minMembers = options.minMembers ?? Math.max(1, Math.min(5, Math.round(samples.count / 200)));
    const pictured = await levelsOf(samples, places, { model, layer, field: sampling.field, grid, minMembers, icon, nearest, ...layout });
    const atlas = new ActivationAtlas({
      model: model.name,
      layer: layer.name,
      map: sampling.field.map,
      source: collection.name,
      images: found.map(({ name, label }) => ({ name, ...(label !== undefined && { label }) })),
      unreadable,
      positions: shape.positions,
      cellsOf: Uint16Array.from(samples.cells().flat()),
      places,
      layout: facts,
      classes: typeof classes === 'number' ? classes : classes.length === model.head.classes ? 'all' : classes,
      seed: sampling.seed,
      minMembers,
      icon,
      nearest,
      crop: sampling.side,
      ...pictured,
      notes: [...notesOf(sampling, doubles, options), ...notes, ...pictured.notes],
      backend: backend.name,
      seconds: (performance.now() - began) / 1000,
    });
    atlas.cached = cached;
    return atlas;
  } finally {
    cache.close();
  }
}

/** Takes the samples that are not kept yet; gives the images that cannot be read. Stopped, it says that what was found is kept. */
async function sampled(sampling: Sampling, collection: ImageCollection, records: ReturnType<typeof openCache>['records'], cached: number, { signal, onProgress, batchSize, cache = true }: ActivationAtlasOptions): Promise<Unreadable[]> {
  const total = collection.entries.length;
  const unreadable: Unreadable[] = [];
  const label = cached ? `activation atlas, going on after ${cached} images in the cache` : 'activation atlas';
  await longWork(label, { total, unit: 'images', signal, onProgress }, async (job) => {
    await collect(sampling, collection, records, job, (each) => unreadable.push(each), batchSize);
    job.signal.throwIfAborted();
  }).catch((error: unknown) => {
    if (!(error instanceof Error) || error.name !== 'AbortError') throw error;
    throw new DOMException(`${error.message}${cache === false ? '' : '; what was found is in the cache: the same call goes on from there'}`, 'AbortError');
  });
  return unreadable;
}

function layoutOptions({ layout, nNeighbors, minDist, seed, signal, onProgress }: ActivationAtlasOptions): LayoutOptions {
  return {
    layout: oneOf('layout', layout ?? 'umap', atlasLayouts),
    nNeighbors: whole('nNeighbors', nNeighbors ?? 20, 2, 200),
    minDist: between('minDist', minDist ?? 0.3, 0, 1),
    seed: whole('seed', seed ?? 0, 0, Number.MAX_SAFE_INTEGER),
    signal,
    onProgress,
  };
}

function layerOf(model: Classifier, name: string | number | undefined): FoundLayer {
  const layer = name === undefined ? lastConvolution(model.graph, model.head.logits) : findLayer(model.graph, name);
  const { shape, value } = layer;
  if (shape.length !== 2 && shape.length !== 4) throw new RangeError(`layer ${shown(layer.name)} puts out ${JSON.stringify(shape.slice(1))}; activationAtlas takes a layer with a grid [rows, columns, channels] or with units`);
  const { logits } = model.head;
  if (value !== logits && !pathBetween(model.graph, [value], logits).length) throw new RangeError(`layer ${shown(layer.name)} does not lead to the scores that attributions are computed for; take one before them`);
  return layer;
}

function classesOf(model: Classifier, classes: ActivationAtlasOptions['classes']): readonly number[] | number {
  const { classes: count } = model.head;
  if (Array.isArray(classes)) {
    if (!classes.length) throw new RangeError('classes is an empty list; give at least one');
    return [...new Set(classes.map((each: number | string) => classIndex(each, count, model.labels)))];
  }
  if (classes === undefined && count > allClasses) return likeliest;
  const asked = whole('classes', classes ?? count, 1, count);
  return asked === count ? [...Array(count).keys()] : asked;
}

function samplingOf(model: Classifier, layer: FoundLayer, images: number, classes: readonly number[] | number, icon: AtlasIcon, { positions, crop, seed }: ActivationAtlasOptions): Sampling {
  const field = fieldFor(model, layer);
  const [rows, columns] = field.map;
  const [height, width] = model.inputShape;
  const least = Math.min(height, width);
  const asked = positions === undefined ? Math.max(1, Math.min(mostPositions, Math.round(wanted / images))) : whole('positions', positions);
  const seen = rows * columns === 1 ? least : Math.min(field.rows.size, field.columns.size, Math.ceil(least / 2));
  return {
    model,
    layer,
    field,
    positions: Math.min(asked, drawable([rows, columns])),
    classes,
    side: crop === undefined ? Math.max(1, seen) : whole('crop', crop, 1, least),
    tile: tiles[icon],
    seed: seed ?? 0,
  };
}

/** Each image once, whatever the list. */
function distinct(collection: ImageCollection): { collection: ImageCollection; doubles: number } {
  const stamps = new Set<string>();
  // A stamp may be found anew each time it is asked for.
  const entries = collection.entries.map(({ name, label, stamp, load }) => ({ name, label, stamp, load })).filter(({ stamp }) => !stamps.has(stamp) && stamps.add(stamp));
  return { collection: { ...collection, entries }, doubles: collection.entries.length - entries.length };
}

function notesOf({ positions, field: { map: [rows, columns] } }: Sampling, doubles: number, options: ActivationAtlasOptions): string[] {
  return [
    ...(doubles ? [`${doubles} ${doubles === 1 ? 'image was' : 'images were'} given more than once and counted once`] : []),
    ...(options.positions !== undefined && options.positions > positions ? [`the layer has ${positions} ${positions === 1 ? 'position' : 'positions'} to draw from (of ${rows * columns}); ${options.positions} were asked for`] : []),
  ];
}
