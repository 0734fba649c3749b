import type { Attribution } from '../attribution/attribution';
import { Attributions } from '../attribution/attributions';
import { knownOptions, oneOf, shown, whole } from '../check';
import { capital, detailParts, detailsOf, headingOf, joinParts, nameOf } from './caption';
import type { Figure } from './figure';
import { altOf, colorNames, frameNames, heatmapPanel, notesOf, photoPanel, signOf, type ColorOptions, type FrameOptions } from './mapPanel';
import { valueRange, type Range, type Sign } from './normalize';
import { overlayPanel } from './overlayPanel';
import type { Panel } from './sheet';
import { sheet } from './sheetFigure';
import { singleChannel, type Shown } from './shown';

/** Options of `compare`; `size` is 224 unless told. */
export interface CompareOptions extends ColorOptions, FrameOptions {
  /** How each map is drawn. Default `'overlay'`. */
  as?: 'overlay' | 'heatmap';
  /**
   * `'shared'`: one colour is the same value in all maps; `'relative'`: each map is divided by its own greatest value.
   * Default: shared when all maps have one unit and one layer, for values of different kinds cannot be compared.
   */
  scale?: 'shared' | 'relative';
  /** Maps in a row. Default: up to four. */
  columns?: number;
  /** Whether the photo stands first, when all maps are of the same one. Default true. */
  photo?: boolean;
}

const names = [...colorNames, ...frameNames, 'as', 'scale', 'columns', 'photo'];

/**
 * A Figure of several maps (methods, classes, layers or images; a list, or what a method gives for lists) on one scale with one colour bar.
 *
 * Options: `as` ('overlay' or 'heatmap'; 'overlay'), `scale` ('shared': one colour is one value in all; 'relative': each by its own greatest value; shared
 * where all have one unit and layer), `columns` (up to four), `photo` (true), `size` (224 CSS pixels), `sign`, `colormap`, `clip`, `range`, `colorbar`.
 *
 * @example
 * cl.compare([await cl.saliency(model, photo), await cl.gradCam(model, photo)])
 * cl.compare(await cl.gradCam(model, photo, { target: ['tabby', 'tiger cat'] }), { scale: 'shared', as: 'heatmap' })
 */
export function compare(given: Iterable<Attribution | Attributions>, options: CompareOptions = {}): Figure {
  knownOptions('compare', options, names);
  const maps = listOf(given);
  if ( !maps.length || !maps.every((map) => ArrayBuffer.isView(map?.values))) throw new TypeError(`compare takes a list of attributions, got ${shown(given)}`);
  const as = oneOf('as', options.as ?? 'overlay', ['overlay', 'heatmap']);
  const sameUnit = maps.every((map) => map.unit === maps[0].unit && map.layer === maps[0].layer);
  const scale = options.scale === undefined ? (sameUnit ? 'shared' : 'relative') : oneOf('scale', options.scale, ['shared', 'relative']);
  const sign: Sign = options.sign ?? (maps.some((map) => map.signed && map.shape.length === 2) ? 'signed' : 'positive');
  const single = maps.map(singleChannel).map((map) => (scale === 'relative' ? relative(map, sign, options.clip) : map));
  const range: Range = options.range ?? widest(single, sign, scale === 'relative' ? 100 : options.clip);
  const look = { sign, colormap: options.colormap, range: range[1] > range[0] ? range : undefined, size: options.size ?? 224 };
  const drawn = single.map((map) => (as === 'overlay' ? overlayPanel(map, look) : heatmapPanel(map, look)));
  const differs = (of: (map: Shown) => unknown): boolean => maps.some((map) => of(map) !== of(maps[0]));
  // What is the same for all maps is said once, in the caption.
  const layers = differs((map) => map.layer);
  const partsOf = (map: Shown): string[] => detailParts(layers ? { ...map, layer: undefined } : map);
  const common = partsOf(maps[0]).map((part, at) => (differs((map) => partsOf(map)[at]) ? '' : part));
  const panels: Panel[] = drawn.map(({ panel }, at) => ({ ...panel, title: titleOf(maps[at], differs), subtitle: joinParts(partsOf(maps[at]).filter((_part, part) => !common[part])) }));
  if (options.photo !== false && !differs((map) => map.image.name)) {
    panels.unshift({ ...photoPanel(maps[0], look.size), title: maps[0].image.name, subtitle: 'what the network saw' });
  }
  const heading = joinParts([!differs((map) => map.method) && capital(maps[0].method), !differs((map) => map.target.label) && nameOf(maps[0].target)]) || 'Comparison';
  const told = scale === 'shared' ? 'one scale for all' : 'each map divided by its own greatest value';
  return sheet({
    panels,
    columns: whole('columns', options.columns ?? Math.ceil(panels.length / Math.ceil(panels.length / 4))),
    bar: options.colorbar === false ? undefined : drawn[0].bar,
    heading,
    details: joinParts([...common, told]),
    notes: differs((map) => notesOf(map).join()) ? single.flatMap((map) => notesOf(map).map((note) => `${titleOf(map, differs)}: ${note}`)) : notesOf(single[0]),
    alt: `Comparison of ${maps.length} maps, ${told}. ${single.map((map) => altOf(as === 'overlay' ? 'Overlay' : 'Heatmap', map, signOf(map, { sign }))).join(' ')}`,
    caption: `${heading} · ${told} · ${maps.map((map) => `${headingOf(map)}, ${detailsOf(map)}`).join('; ')}`,
    data: maps,
  });
}

/** Maps and sets of maps, side by side; what is neither is left for the check to name. */
const listOf = (given: Iterable<Attribution | Attributions>): Attribution[] =>
  Symbol.iterator in Object(given) ? [...given].flatMap((each) => (each instanceof Attributions ? each.items : [each])) : [];

/** The map as shares of its own greatest value (or of the clipped one). */
function relative(map: Shown, sign: Sign, clip: number | undefined): Shown {
  const [, top] = valueRange(map.values, sign, clip);
  return { ...map, values: top ? map.values.map((value) => Math.max(-1, Math.min(1, value / top))) : map.values, unit: 'share of each map’s greatest value' };
}

/** The range that holds all maps. */
function widest(maps: readonly Shown[], sign: Sign, clip: number | undefined): Range {
  const ranges = maps.map((map) => valueRange(map.values, sign, clip));
  return [Math.min(...ranges.map(([low]) => low)), Math.max(...ranges.map(([, high]) => high))];
}

/** What tells this map from the others. */
function titleOf(map: Shown, differs: (of: (map: Shown) => unknown) => boolean): string {
  const told = [differs((each) => each.method) && capital(map.method), differs((each) => each.target.label) && nameOf(map.target), differs((each) => each.layer) && map.layer, differs((each) => each.image.name) && map.image.name];
  return joinParts(told) || capital(map.method);
}
