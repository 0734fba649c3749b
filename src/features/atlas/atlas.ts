import { shown, whole } from '../../check';
import { draw } from '../../draw';
import type { Figure } from '../../figure/figure';
import type { Unreadable } from '../../image/collection';
import type { Pixels } from '../../image/canvas';
import { plainNumbers } from '../../json';
import { Showable } from '../../show';
import type { CellFacts } from './atlasCells';
import type { LayoutFacts } from './layout';
import { saveAtlas } from './saveAtlas';
import type { SampledImage } from './samples';
import { tilePicture, type Tiles } from './tiles';

/** How a cell is pictured: by the real crops nearest to its mean, or the picture that makes the layer give the cell's mean activation. */
export type AtlasIcon = 'patch' | 'inversion';

/** A cell of an activation atlas: activations that came to lie together, and what they have in common. */
export interface AtlasCell extends CellFacts {
  /** The number of its icon among the tiles. */
  icon: number;
  /** Crops of some of its members, nearest to the mean first: which activation, and the number of its tile. */
  crops: readonly { activation: number; tile: number }[];
  /** In the finest level: its place on a line, 0 to 1, along which cells that are alike lie near. */
  line?: number;
}

/** One raster of an atlas. */
export interface AtlasLevel {
  /** Cells along a side. */
  grid: number;
  /** Those with members enough, row by row. */
  cells: readonly AtlasCell[];
  /** How many activations lie in cells that are not shown. */
  leftOut: number;
}

/** What an atlas is made of. */
export interface AtlasRecord {
  /** The model's name. */
  model: string;
  layer: string;
  /** Rows, columns and channels of the layer's output. */
  map: readonly [number, number, number];
  /** What the images are called together. */
  source: string;
  /** Those that were read. */
  images: readonly SampledImage[];
  unreadable: readonly Unreadable[];
  /** Activations of each image; number `at` is of image `at / positions`. */
  positions: number;
  /** Row and column of each activation in the layer's map, in turn. */
  cellsOf: Uint16Array;
  /** The place of each activation, x and y in [0, 1] in turn. */
  places: Float32Array;
  layout: LayoutFacts;
  /** The classes that were looked at: all of them, the likeliest few of each image, or those that were asked for. */
  classes: 'all' | number | readonly number[];
  seed: number;
  /** Cells with fewer members are not shown. */
  minMembers: number;
  icon: AtlasIcon;
  /** How many of the nearest crops an icon is the mean of. */
  nearest: number;
  /** Side of a crop in pixels of what the network sees. */
  crop: number;
  /** The coarsest first. */
  levels: readonly AtlasLevel[];
  tiles: Tiles;
  /** What the reader must know. */
  notes: readonly string[];
  /** The backend that computed it, and how long it took in all. */
  backend: string;
  seconds: number;
}

/** How `atlas.figure` begins. */
export interface AtlasFigureOptions {
  /** A class, by number or label: icons are as strong as its attribution. */
  target?: number | string;
  /** Two classes: the cells by how much more they speak for the first than for the second. */
  contrast?: readonly [number | string, number | string];
  /** Which raster, 0 the coarsest. Default 0. */
  level?: number;
  /** The cell whose members are shown, `[row, column]` of that raster. Default: the one that speaks most clearly for a class. */
  cell?: readonly [number, number];
}

export interface ActivationAtlas extends Readonly<AtlasRecord> {}

/**
 * What a layer tells apart: activations of many images, laid out so that what is alike lies near, in cells that are pictured by crops of the images. `activationAtlas` makes one. Shows itself
 * as a map that can be worked; `save('x.json')` keeps it, and `loadAtlas` reads it back.
 */
export class ActivationAtlas extends Showable {
  /** How many images' samples were there already from a run before. */
  cached = 0;

  /** @internal */
  constructor(record: AtlasRecord) {
    super();
    Object.assign(this, record);
  }

  /** The cells of the coarsest raster. */
  get cells(): readonly AtlasCell[] {
    return this.levels[0].cells;
  }

  /** How many activations there are. */
  get count(): number {
    return this.images.length * this.positions;
  }

  /** The cell at a row and column of a raster (the coarsest unless told), or undefined where none is shown. */
  cell(row: number, column: number, level = 0): AtlasCell | undefined {
    whole('level', level, 0, this.levels.length - 1);
    return this.levels[level].cells.find((each) => each.row === row && each.column === column);
  }

  /** The images in a cell, the one nearest to its mean first; an image of which several positions lie there comes several times. */
  members(cell: AtlasCell): (SampledImage & { row: number; column: number })[] {
    if (!cell || !Array.isArray(cell.members)) throw new TypeError(`members takes a cell of this atlas, got ${shown(cell)}`);
    return cell.members.map((at) => ({ ...this.images[Math.floor(at / this.positions)], row: this.cellsOf[at * 2], column: this.cellsOf[at * 2 + 1] }));
  }

  /** A picture of a tile, by its number: `atlas.picture(cell.icon)`. */
  picture(tile: number): Pixels {
    const { sheet, tile: side } = this.tiles;
    whole('tile', tile, 0, (sheet.width / side) * (sheet.height / side) - 1);
    return tilePicture(this.tiles, tile);
  }

  /** The map with a beginning of your own: `{ target, contrast, level, cell }`. */
  figure(options: AtlasFigureOptions = {}): Figure {
    return draw.activationAtlas(this, options);
  }

  /** Writes the atlas, and gives back the full path: `.json` (all values; a PNG with the icons and crops is put beside it), or its picture as `.html`, `.png` or `.svg`. */
  override save(path: string): Promise<string> {
    return saveAtlas(this, path);
  }

  override toFigure(): Figure {
    return this.figure();
  }

  override toString(): string {
    const { cells, leftOut, grid } = this.levels[0];
    return `activation atlas of ${this.model} / ${this.layer}: ${this.count} activations of ${this.images.length} images (${this.source}), ${cells.length} cells of ${grid} x ${grid}${leftOut ? `, ${leftOut} activations in cells that are too small` : ''}, ${this.layout.kind === 'umap' ? 'UMAP' : 'PCA'}, seed ${this.seed}${this.cached ? `; ${this.cached} images were in the cache` : ''}`;
  }

  /** All but the pictures, which `save` puts beside. */
  toJSON(): object {
    const { tiles, cached, levels, ...rest } = this;
    return {
      ...rest,
      cellsOf: [...this.cellsOf],
      places: plainNumbers(this.places),
      levels: levels.map((level) => ({ ...level, cells: level.cells.map((cell) => ({ ...cell, activation: plainNumbers(cell.activation) })) })),
      tile: tiles.tile,
    };
  }
}
