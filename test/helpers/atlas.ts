import { ActivationAtlas, type AtlasCell, type AtlasRecord } from '../../src/features/atlas/atlas';
import { TileSheet } from '../../src/features/atlas/tiles';

const tile = 8;

/** Cells of a coarse raster of 4 x 4 (row, column, members, its strongest class); each has one or two cells of 8 x 8 below it. */
const plan = [
  [0, 0, 12, 0],
  [0, 3, 5, 1],
  [1, 1, 40, 0],
  [2, 2, 9, 2],
  [3, 0, 20, 1],
  [3, 3, 7, 2],
] as const;

/** A finished atlas without any network: three classes, six cells, and a finer raster. Its third class is called `last`. */
export function handmadeAtlas({ last = 'boat', ...more }: { last?: string } & Partial<AtlasRecord> = {}): ActivationAtlas {
  const labels = ['cat', 'dog', last];
  const sheet = new TileSheet(tile);
  const tileFor = (seed: number): number => sheet.add(Uint8Array.from({ length: tile * tile * 3 }, (_, at) => 60 + ((seed * 67 + (at % 3) * 50 + Math.floor(at / 24) * 9) % 190)));
  let next = 0;
  const cellOf = (row: number, column: number, count: number, strongest: number, line?: number): AtlasCell => {
    const members = Array.from({ length: count }, () => next++);
    const icon = tileFor(row * 8 + column);
    return {
      row,
      column,
      count,
      images: Math.ceil(count / 2),
      attributions: labels.map((label, index) => ({ index, label, value: index === strongest ? 0.5 + count / 100 : 0.1 - index / 7 })).sort((a, b) => b.value - a.value),
      activation: Float32Array.from([row, column]),
      members,
      icon,
      crops: members.slice(0, 3).map((activation, at) => ({ activation, tile: at ? tileFor(activation + at) : icon })),
      ...(line !== undefined && { line }),
    };
  };
  const coarse = plan.map(([row, column, count, strongest]) => cellOf(row, column, count, strongest));
  next = 0;
  const fine = plan.flatMap(([row, column, count, strongest], at) => [
    cellOf(row * 2, column * 2, Math.ceil(count / 2), strongest, at / 6),
    cellOf(row * 2 + 1, column * 2 + 1, Math.floor(count / 2), strongest, at / 6 + 0.08),
  ]);
  const count = plan.reduce((sum, [, , members]) => sum + members, 0) + 7;
  return new ActivationAtlas({
    model: 'net',
    layer: 'conv5',
    map: [6, 6, 2],
    source: 'pets',
    images: Array.from({ length: count / 2 }, (_, at) => ({ name: `pet ${at}.png`, label: labels[at % 3] })),
    unreadable: [],
    positions: 2,
    cellsOf: new Uint16Array(count * 2),
    places: new Float32Array(count * 2),
    layout: { kind: 'umap', dims: 30, nNeighbors: 20, minDist: 0.3, epochs: 500 },
    classes: 'all',
    seed: 3,
    minMembers: 2,
    icon: 'patch',
    nearest: 1,
    crop: 24,
    levels: [
      { grid: 4, cells: coarse, leftOut: 7 },
      { grid: 8, cells: fine, leftOut: 7 },
    ],
    tiles: sheet.finished,
    notes: [],
    backend: 'cpu',
    seconds: 1,
    ...more,
  });
}
