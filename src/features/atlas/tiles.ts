import type { Pixels } from '../../image/canvas';

/** Square pictures of one size in one sheet, row by row. */
export interface Tiles {
  sheet: Pixels;
  /** Pixels along the side of a tile. */
  tile: number;
}

const across = 32;

/** Puts tiles into a sheet; each gets a number, the first 0. */
export class TileSheet {
  private readonly tiles: Uint8Array[] = [];

  constructor(readonly tile: number) {}

  /** A tile of red, green and blue. */
  add(rgb: Uint8Array): number {
    return this.tiles.push(rgb) - 1;
  }

  get finished(): Tiles {
    const { tile, tiles } = this;
    const columns = Math.max(1, Math.min(across, tiles.length));
    const [width, height] = [columns * tile, Math.max(1, Math.ceil(tiles.length / columns)) * tile];
    const data = new Uint8ClampedArray(width * height * 4).fill(255);
    tiles.forEach((rgb, at) => {
      const [left, top] = placeOf(at, columns, tile);
      for (let pixel = 0; pixel < tile * tile; pixel++) {
        const to = ((top + Math.floor(pixel / tile)) * width + left + (pixel % tile)) * 4;
        data[to] = rgb[pixel * 3];
        data[to + 1] = rgb[pixel * 3 + 1];
        data[to + 2] = rgb[pixel * 3 + 2];
      }
    });
    return { sheet: { width, height, data }, tile };
  }
}

const placeOf = (at: number, columns: number, tile: number): [left: number, top: number] => [(at % columns) * tile, Math.floor(at / columns) * tile];

/** Where a tile lies in its sheet. */
export function tileBox({ sheet, tile }: Tiles, at: number): { x: number; y: number; width: number; height: number } {
  const [x, y] = placeOf(at, sheet.width / tile, tile);
  return { x, y, width: tile, height: tile };
}

/** The mean of several tiles. */
export function meanTile(tiles: readonly Uint8Array[]): Uint8Array {
  const sum = new Float32Array(tiles[0].length);
  for (const tile of tiles) for (let at = 0; at < tile.length; at++) sum[at] += tile[at];
  return Uint8Array.from(sum, (value) => Math.round(value / tiles.length));
}

/** One tile as a picture of its own. */
export function tilePicture(tiles: Tiles, at: number): Pixels {
  const { sheet, tile } = tiles;
  const { x, y } = tileBox(tiles, at);
  const data = new Uint8ClampedArray(tile * tile * 4);
  for (let row = 0; row < tile; row++) data.set(sheet.data.subarray(((y + row) * sheet.width + x) * 4, ((y + row) * sheet.width + x + tile) * 4), row * tile * 4);
  return { width: tile, height: tile, data };
}
