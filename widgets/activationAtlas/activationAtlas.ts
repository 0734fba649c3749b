import { knownOptions, shown, whole } from '../../src/check';
import type { ActivationAtlas, AtlasCell, AtlasFigureOptions } from '../../src/features/atlas/atlas';
import { joinParts } from '../../src/figure/caption';
import type { Figure } from '../../src/figure/figure';
import { percent } from '../../src/figure/numbers';
import { widgetFigure } from '../../src/figure/widgetFigure';
import { classIndex } from '../../src/model/target';
import { type AtlasData, evidence, reduceAtlas, type ShownCell, valueIn } from './data';
import { captionOf, draw, start } from './draw';
import { cellTable } from './table';
import { plural } from './words';

/** Of the tiles in a page, as a JPEG's: hundreds of small crops are half of the output. */
const tileQuality = 0.6;

/** A Figure of an atlas; `atlas.figure(options)` is the same. */
export function atlasFigure(atlas: ActivationAtlas, options: AtlasFigureOptions = {}): Figure {
  knownOptions('figure', options, ['target', 'contrast', 'level', 'cell']);
  const data = dataOf(atlas, options);
  return widgetFigure({ widget: 'activationAtlas', data, start, draw, width: 972, caption: captionOf(data), htmlAfter: cellTable(data), values: atlas, reduce: reduceAtlas });
}

function dataOf(atlas: ActivationAtlas, options: AtlasFigureOptions): AtlasData {
  const classes = classesOf(atlas);
  const placeOf = new Map(classes.map(({ index }, at) => [index, at]));
  const names = new Map<string, number>();
  const shownCell = (cell: AtlasCell): ShownCell => {
    const { row, column, count, images, icon, line } = cell;
    const members = cell.crops.map(({ activation, tile }): [number, number] => {
      const { name } = atlas.images[Math.floor(activation / atlas.positions)];
      if (!names.has(name)) names.set(name, names.size);
      return [tile, names.get(name) as number];
    });
    return { row, column, count, images, values: cell.attributions.map(({ index, value }) => [placeOf.get(index) as number, Number(value.toPrecision(3))]), icon, crops: members, ...(line !== undefined && { line }) };
  };
  const levels = atlas.levels.map(({ grid, cells, leftOut }) => ({ grid, leftOut, cells: cells.map(shownCell) }));
  return {
    model: atlas.model,
    layer: atlas.layer,
    icon: atlas.icon,
    classes: classes.map(({ index, label }) => ({ index, label })),
    levels,
    tiles: { ...atlas.tiles, sheet: { ...atlas.tiles.sheet, quality: tileQuality } },
    names: [...names.keys()],
    count: atlas.count,
    heading: `Activation atlas · ${atlas.model} / ${atlas.layer}`,
    details: detailsOf(atlas),
    notes: notesOf(atlas),
    begin: beginOf(classes, levels, options),
  };
}

/** Every class that was looked at, by name. */
function classesOf({ levels }: ActivationAtlas): { index: number; label: string }[] {
  const found = new Map<number, string>();
  for (const { cells } of levels) for (const { attributions } of cells) for (const { index, label } of attributions) found.set(index, label);
  return [...found].map(([index, label]) => ({ index, label })).sort((a, b) => a.label.localeCompare(b.label, 'en') || a.index - b.index);
}

function beginOf(classes: readonly { index: number; label: string }[], levels: AtlasData['levels'], { target, contrast, level = 0, cell }: AtlasFigureOptions): AtlasData['begin'] {
  whole('level', level, 0, levels.length - 1);
  const placeOf = (wanted: unknown): number => {
    const labels = Object.assign(Array<string>(Math.max(...classes.map(({ index }) => index)) + 1).fill(''), Object.fromEntries(classes.map(({ index, label }) => [index, label])));
    const index = classIndex(wanted, labels.length, labels);
    const at = classes.findIndex((each) => each.index === index);
    if (at < 0) throw new RangeError(`class ${shown(wanted)} was not looked at in this atlas; make one with classes: [${shown(wanted)}]`);
    return at;
  };
  if (contrast !== undefined && (!Array.isArray(contrast) || contrast.length !== 2)) throw new TypeError(`contrast takes two classes, [this, that], got ${shown(contrast)}`);
  const pair = contrast?.map(placeOf) as [number, number] | undefined;
  if (pair && pair[0] === pair[1]) throw new RangeError(`contrast of ${shown(contrast?.[0])} with itself is 0 everywhere; give two classes`);
  const cellLevel = pair && cell === undefined ? levels.length - 1 : level;
  const { cells } = levels[cellLevel];
  const says = (each: ShownCell): number => (pair ? Math.max(...pair.map((one) => valueIn(each, one))) : evidence(each));
  const clearest = cells.reduce((best, each, at) => (says(each) > says(cells[best]) ? at : best), 0);
  const at = cell === undefined ? clearest : cells.findIndex(({ row, column }) => row === cell[0] && column === cell[1]);
  if (at < 0) throw new RangeError(`no cell ${shown(cell)} is shown in this raster; atlas.levels[${level}].cells lists them`);
  return { view: pair ? 'pair' : 'map', level, cell: at, cellLevel, target: target === undefined ? -1 : placeOf(target), pair: pair ?? foremost(cells) };
}

/** The two classes that the cells speak for most. */
function foremost(cells: readonly ShownCell[]): [number, number] {
  const sums = new Map<number, number>();
  for (const { count, values } of cells) for (const [at, value] of values) sums.set(at, (sums.get(at) ?? 0) + count * Math.max(0, value));
  const [first = 0, second = first] = [...sums].sort((a, b) => b[1] - a[1]).map(([at]) => at);
  return [first, second];
}

/** What no atlas may be taken for. */
const caveat = 'shows what these images excite in the layer, not all that it can do; another seed or layout moves the places, and the axes mean nothing';

function detailsOf(atlas: ActivationAtlas): string {
  const { images, source, positions, map: [rows, columns], layout, seed, minMembers, icon, nearest, crop, classes, unreadable, count } = atlas;
  const sample = positions === 1 ? (rows * columns === 1 ? 'the only position of each' : 'one random position of each') : `${positions} random positions of each`;
  const laid = layout.kind === 'umap' ? `UMAP of ${layout.dims} dimensions (cosine, ${layout.nNeighbors} neighbours, minDist ${layout.minDist}, ${layout.epochs} epochs)` : `PCA (the axes hold ${(layout.shares ?? []).map(percent).join(' and ')} of the spread)`;
  const pictured = icon === 'patch' ? `icons: ${nearest === 1 ? 'the crop' : `mean of the ${nearest} crops`} of ${crop} × ${crop} px nearest to a cell's mean` : "icons: inversion of a cell's mean activation";
  const looked = classes === 'all' ? 'attribution: activation × gradient of the logit, all classes' : `attribution: activation × gradient of the logit, ${typeof classes === 'number' ? `the ${plural(classes, 'likeliest class', 'likeliest classes')} of each image` : `${plural(classes.length, 'chosen class', 'chosen classes')}`}`;
  return joinParts([`${plural(images.length, 'image')} (${source}), ${sample}: ${plural(count, 'activation')}`, unreadable.length > 0 && `${plural(unreadable.length, 'image')} could not be read`, laid, `seed ${seed}`, minMembers > 1 && `cells with ${minMembers} or more`, pictured, looked, caveat]);
}

const notesOf = ({ notes, unreadable }: ActivationAtlas): string[] => [
  ...notes,
  ...(unreadable.length ? [`left out: ${unreadable.slice(0, 3).map(({ name, reason }) => `${name} (${reason})`).join('; ')}${unreadable.length > 3 ? `; and ${unreadable.length - 3} more` : ''}`] : []),
];
