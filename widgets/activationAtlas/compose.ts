import { tileBox, type Tiles } from '../../src/features/atlas/tiles';
import { latest } from '../../src/figure/memo';
import type { Pixels } from '../../src/image/canvas';
import type { AtlasData } from './data';
import type { AtlasState } from './looking';
import { type Placed, placed } from './placing';

/** What icons lie on, in a light page too: as on a light box, what is weak grows dark. */
export const ground = [29, 34, 40] as const;

/** The map as one picture: the icons of the cells that are in view, each in its size and strength. */
export function mapPicture(data: AtlasData, state: AtlasState, side: number): Pixels {
  const { view, level, x, y, zoom, target, find, a, b } = state;
  return latest(data, 'map', JSON.stringify([view, level, x, y, zoom, target, find, a, b, side]), () => composed(data.tiles, placed(data, state), side));
}

function composed(tiles: Tiles, icons: readonly Placed[], side: number): Pixels {
  const data = new Uint8ClampedArray(side * side * 4);
  for (let at = 0; at < data.length; at += 4) data.set([...ground, 255], at);
  for (const icon of icons) paint(data, side, tiles, icon);
  return { width: side, height: side, data };
}

/** One icon, between its pixels where it is larger than its tile. */
function paint(data: Uint8ClampedArray, side: number, tiles: Tiles, { cell, x, y, half, strength }: Placed): void {
  const { sheet, tile } = tiles;
  const box = tileBox(tiles, cell.icon);
  const [left, top] = [(x - half) * side, (y - half) * side];
  const size = 2 * half * side;
  const scale = tile / size;
  const last = tile - 1;
  for (let row = Math.max(0, Math.round(top)); row < Math.min(side, Math.round(top + size)); row++) {
    const v = Math.max(0, Math.min(last, (row + 0.5 - top) * scale - 0.5));
    const [v0, v1] = [Math.floor(v), Math.min(last, Math.floor(v) + 1)];
    for (let column = Math.max(0, Math.round(left)); column < Math.min(side, Math.round(left + size)); column++) {
      const u = Math.max(0, Math.min(last, (column + 0.5 - left) * scale - 0.5));
      const [u0, u1] = [Math.floor(u), Math.min(last, Math.floor(u) + 1)];
      const [across, down] = [u - u0, v - v0];
      const at = (tileRow: number, tileColumn: number): number => ((box.y + tileRow) * sheet.width + box.x + tileColumn) * 4;
      const [a, b, c, d] = [at(v0, u0), at(v0, u1), at(v1, u0), at(v1, u1)];
      const to = (row * side + column) * 4;
      for (let channel = 0; channel < 3; channel++) {
        const above = sheet.data[a + channel] * (1 - across) + sheet.data[b + channel] * across;
        const below = sheet.data[c + channel] * (1 - across) + sheet.data[d + channel] * across;
        const value = above * (1 - down) + below * down;
        data[to + channel] = ground[channel] + (value - ground[channel]) * strength;
      }
    }
  }
}
