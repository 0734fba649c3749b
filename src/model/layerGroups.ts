import { type NamePart, isAutomatic, nameParts } from './layerNames';
import { closing, type LayerRow } from './layers';

/** Neighbouring layers that a drawing may fold into one block. Folding groups never closes a circle: layers stand in the order in which they run. */
export interface LayerGroup {
  /** What the names of its layers have in common ("block2a"), or what it is ("residual 1", "stage 3"). */
  name: string;
  /** The first and the last of its layers, by their places in the table. */
  first: number;
  last: number;
  /** The groups within it, in order. */
  parts: LayerGroup[];
}

/** More blocks side by side than this are gathered once more, by the grid they put out. */
const crowd = 16;

/** What branches over more layers, or over more than half of them, is no module that a reader knows: a U-Net between its first and last skip. */
const longestModule = (layers: number): number => Math.min(40, Math.max(12, layers / 2));

/**
 * How the layers of a network may be folded: nested models, blocks by their numbered names ("block1_conv1", "block2a_dwconv", "conv2_block1_1_conv"),
 * branches from where they part to where they meet, and, where that leaves many blocks side by side, stages of one output grid.
 */
export function groupsOf(rows: readonly LayerRow[]): LayerGroup[] {
  const layers = rows.map(({ name }, at): LayerGroup => ({ name, first: at, last: at, parts: [] }));
  return withoutLayers(scope(layers, rows, 0));
}

const isLayer = ({ first, last, parts }: LayerGroup): boolean => first === last && !parts.length;

/** What is worth folding: a nested model of one layer is not. */
const withoutLayers = (items: readonly LayerGroup[]): LayerGroup[] =>
  items.filter(({ first, last }) => last > first).map((group) => ({ ...group, parts: withoutLayers(group.parts) }));

const group = (name: string, parts: LayerGroup[]): LayerGroup => ({ name, first: parts[0].first, last: parts[parts.length - 1].last, parts });

/** The layers of a model, `depth` models deep. */
function scope(layers: readonly LayerGroup[], rows: readonly LayerRow[], depth: number): LayerGroup[] {
  const items = runs(layers, ({ name }) => name.split('/').slice(0, -1)[depth]).flatMap(({ key, items: run }) =>
    key === undefined ? run : [group(run[0].name.split('/').slice(0, depth + 1).join('/'), scope(run, rows, depth + 1))],
  );
  return byGrid(byBranches(byName(items, rows), rows), rows);
}

/** Neighbours with one key, together. */
function runs<T>(items: readonly T[], keyOf: (item: T) => string | undefined): { key: string | undefined; items: T[] }[] {
  const list: { key: string | undefined; items: T[] }[] = [];
  for (const item of items) {
    const key = keyOf(item);
    const open = list[list.length - 1];
    if (open && open.key === key) open.items.push(item);
    else list.push({ key, items: [item] });
  }
  return list;
}

// --- by name -----------------------------------------------------------------------------------------------------------------

function byName(items: readonly LayerGroup[], rows: readonly LayerRow[]): LayerGroup[] {
  const names = new Map(items.map((item) => [item, isLayer(item) ? nameParts(rows[item.first]) : []]));
  const part = (item: LayerGroup, depth: number): NamePart | undefined => names.get(item)?.[depth];

  const gather = (run: readonly LayerGroup[], depth: number, inside: boolean): LayerGroup[] => {
    const split = runs(run, (item) => part(item, depth)?.text);
    // What all have in common tells none apart.
    if (split.length === 1) return split[0].key === undefined || run.length === 1 ? [...run] : gather(run, depth + 1, inside);
    return split.flatMap(({ key, items: same }) => {
      if (key === undefined || same.length === 1) return same;
      const { counts } = part(same[0], depth) as NamePart;
      if (!counts && (inside || !isUnit(same, depth + 1))) return gather(same, depth + 1, inside);
      const { end } = part(same[0], counts ? depth : sharedDepth(same, depth)) as NamePart;
      return [group(rows[same[0].first].name.slice(0, end), gather(same, depth + 1, true))];
    });
  };

  /** How far the names are the same. */
  const sharedDepth = (same: readonly LayerGroup[], depth: number): number => {
    const next = part(same[0], depth + 1)?.text;
    return next !== undefined && same.every((item) => part(item, depth + 1)?.text === next) ? sharedDepth(same, depth + 1) : depth;
  };

  /** "stem_conv, stem_bn": a word alone makes a group of a few layers around a convolution, unless numbers follow. */
  const isUnit = (same: readonly LayerGroup[], depth: number): boolean =>
    same.length <= 12 && same.some(({ first }) => /conv|dense/i.test(rows[first].kind)) && !same.some((item) => part(item, depth)?.counts);

  return gather(items, 0, false);
}

// --- by branches -------------------------------------------------------------------------------------------------------------

/** What lies between the layer whose output several read and the layer where they meet again. */
function byBranches(items: readonly LayerGroup[], rows: readonly LayerRow[]): LayerGroup[] {
  const segments = segmentsOf(items, rows);
  const sizeOf = (part: readonly LayerGroup[]): number => part[part.length - 1].last - part[0].first + 1;
  const counts = { residual: 0, branches: 0 };
  const result: LayerGroup[] = [];
  for (let at = 0; at < segments.length; at++) {
    const segment = segments[at];
    const merge = segment.findLast((item) => isLayer(item) && rows[item.first].inputs.length > 1);
    if (!merge || segment.length === 1 || segment.length === items.length || sizeOf(segment) > longestModule(sizeOf(items))) {
      result.push(...segment);
      continue;
    }
    const parts = [...segment];
    // The normalisation and activation after the sum are the block's last words.
    while (segments[at + 1]?.length === 1 && isLayer(segments[at + 1][0]) && closing.has(rows[segments[at + 1][0].first].kind)) parts.push(...segments[++at]);
    result.push(group(moduleName(rows[merge.first], counts), parts));
  }
  return result.length === 1 ? [...items] : result;
}

function moduleName({ name, kind }: LayerRow, counts: { residual: number; branches: number }): string {
  const what = kind === 'Add' ? 'residual' : 'branches';
  counts[what]++;
  // Only a concatenation is known by the name of what it makes: "mixed5".
  return what === 'residual' || isAutomatic(name.slice(name.lastIndexOf('/') + 1), kind) ? `${what} ${counts[what]}` : name;
}

/** The items, parted wherever one value alone is carried on. */
function segmentsOf(items: readonly LayerGroup[], rows: readonly LayerRow[]): LayerGroup[][] {
  // By the number of the item that makes it: the last item that reads it. What comes from elsewhere is there from the start.
  const lastReader = new Map<string, number>();
  items.forEach(({ first, last }, at) => {
    for (const { inputs } of rows.slice(first, last + 1)) for (const name of inputs) lastReader.set(name, at);
  });
  const maker = new Map<string, number>();
  items.forEach(({ first, last }, at) => {
    for (const { name } of rows.slice(first, last + 1)) maker.set(name, at);
  });
  const segments: LayerGroup[][] = [];
  let open: LayerGroup[] = [];
  items.forEach((item, at) => {
    open.push(item);
    const carried = [...lastReader].filter(([name, last]) => (maker.get(name) ?? -1) <= at && last > at);
    if (carried.length > 1) return;
    segments.push(open);
    open = [];
  });
  return open.length ? [...segments, open] : segments;
}

// --- by grid -----------------------------------------------------------------------------------------------------------------

/** Stages of one output grid; the pooling that ends a stage belongs to it. */
function byGrid(items: readonly LayerGroup[], rows: readonly LayerRow[]): LayerGroup[] {
  if (items.length <= crowd) return [...items];
  const grids = items.map(({ last }) => gridOf(rows[last]));
  const isPool = (at: number): boolean => isLayer(items[at]) && /pool/i.test(rows[items[at].first].kind);
  const stages = runs([...items.keys()], (at) => (at && grids[at] && isPool(at) ? grids[at - 1] : grids[at]));
  if (stages.length === 1) return [...items];
  let count = 0;
  return stages.flatMap(({ key, items: places }) => {
    const parts = places.map((at) => items[at]);
    return key === undefined || parts.length < 2 ? parts : [group(`stage ${++count}`, parts)];
  });
}

/** The output's grid; undefined for one without. */
const gridOf = ({ outputShape }: LayerRow): string | undefined => (outputShape.length === 4 ? outputShape.slice(1, 3).join(' x ') : undefined);
