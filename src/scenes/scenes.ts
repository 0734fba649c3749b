import { between, knownOptions, oneOf, shown, truth, whole } from '../check';
import type { ImageCollection, ImageEntry } from '../image/collection';
import { type SceneClass, sceneClasses } from './glyphs';
import { castOf, paintScene, type ScenePlan } from './paintScene';

/** Options of `scenes`. */
export interface SceneOptions {
  /** How many. Default 200. */
  count?: number;
  /** The same seed paints the same scenes. Default 0. */
  seed?: number;
  /** Width and height in pixels, 32 to 1024. Default 96, which is what `vgg-tiny` takes. */
  size?: number;
  /** What they may show: names from `sceneClasses`. Default: all ten. */
  classes?: readonly SceneClass[];
  /** The share of scenes that show two classes, 0 to 1. Default 0.2. */
  two?: number;
  /** How large a thing is, as a share of the side: `[smallest, largest]`, 0.1 to 1; of two things in one scene, none is larger than half of it. Default `[0.3, 0.75]`. */
  things?: readonly [number, number];
  /** Whether the mark that `vgg-tiny-shortcut` was trained to see is planted in the corner. Default false. */
  mark?: boolean;
}

/** How large things are unless told. */
export const usualThings = [0.3, 0.75] as const;

// Changes with the painter: what was kept of scenes painted otherwise is not taken for these.
const version = 1;

/**
 * A collection of painted scenes: things of ten classes (`sceneClasses`), of any size, place, turn and tint, among other things on cluttered grounds.
 * Each comes with its masks, the pixels in which each thing is seen, so that maps can be judged; the first is of the class that is the scene's label.
 * Classes come equally often. A scene is painted when it is asked for, in about a millisecond.
 * Give it to whatever takes many images; `await list.entries[3].load()` is one of them.
 *
 * Options: `count` (200), `seed` (0), `size` in pixels (96), `classes` (all ten), `two`, the share of scenes with two classes (0.2),
 * `things`, their size as a share of the side ([0.3, 0.75]), `mark` (false).
 * The drawings are Google's Noto Emoji (Apache-2.0).
 * @example
 * const painted = cl.scenes({ count: 1000, seed: 7 });
 * await painted.entries[0].load()
 */
export function scenes(options: SceneOptions = {}): ImageCollection {
  knownOptions('scenes', options, ['count', 'seed', 'size', 'classes', 'two', 'things', 'mark']);
  const count = whole('count', options.count ?? 200);
  const plan = {
    seed: whole('seed', options.seed ?? 0, 0, Number.MAX_SAFE_INTEGER),
    size: whole('size', options.size ?? 96, 32, 1024),
    classes: checkClasses(options.classes ?? sceneClasses),
    two: between('two', options.two ?? 0.2, 0, 1),
    things: checkThings(options.things ?? usualThings),
    mark: truth('mark', options.mark ?? false),
  };
  if (plan.two && options.two !== undefined && plan.classes.length < 2) throw new RangeError(`two must be 0 with one class, got ${shown(plan.two)}`);
  return { name: `painted scenes${plan.mark ? ' with the mark' : ''} (seed ${plan.seed})`, entries: Array.from({ length: count }, (_, index) => entryOf({ ...plan, index })) };
}

function entryOf(plan: ScenePlan): ImageEntry {
  const cast = castOf(plan);
  return { name: `scene ${plan.index} ${cast.join('+')}`, label: cast[0], stamp: JSON.stringify([version, plan]), load: async () => paintScene(plan) };
}

function checkThings(things: unknown): readonly [number, number] {
  if (!Array.isArray(things) || things.length !== 2) throw new TypeError(`things must be [smallest, largest], got ${shown(things)}`);
  const smallest = between('things[0]', things[0], 0.1, 1);
  return [smallest, between('things[1]', things[1], smallest, 1)];
}

/** Names of classes, none twice. */
export function checkClasses(classes: unknown): readonly SceneClass[] {
  if (!Array.isArray(classes) || !classes.length) throw new TypeError(`classes must be a list of names (${sceneClasses.join(', ')}), got ${shown(classes)}`);
  const chosen = classes.map((each) => oneOf('classes', each, sceneClasses));
  const twice = chosen.find((each, at) => chosen.indexOf(each) < at);
  if (twice) throw new RangeError(`classes names ${shown(twice)} twice`);
  return chosen;
}
