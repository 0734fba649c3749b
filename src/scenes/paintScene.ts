import { blank } from '../image/canvas';
import { Image } from '../image/image';
import type { Mask } from '../image/region';
import { strew } from './clutter';
import { Dice } from './dice';
import { distractions, drawingsOf, type SceneClass } from './glyphs';
import { paintGround } from './grounds';
import { tintOf, untinted } from './jitter';
import { Layers, type Pose } from './layer';
import { markLabel, paintMark } from './mark';

/** What is painted. */
export interface ScenePlan {
  seed: number;
  /** Which of the scenes of this seed. */
  index: number;
  /** Width and height in pixels. */
  size: number;
  /** What it may show. */
  classes: readonly SceneClass[];
  /** The share of scenes that show two classes. */
  two: number;
  /** How large a thing is, as a share of the side: the smallest and the largest. */
  things: readonly [number, number];
  /** Whether the planted mark is in the corner. */
  mark: boolean;
}

/** The classes of a scene, the labelled one first: every class comes once in as many scenes as there are classes. */
export function castOf({ seed, index, classes, two }: ScenePlan): SceneClass[] {
  const order = new Dice(seed, Math.floor(index / classes.length), 1).shuffled(classes);
  const first = order[index % classes.length];
  const dice = new Dice(seed, index, 2);
  const others = classes.filter((label) => label !== first);
  return others.length && dice.chance(two) ? [first, dice.pick(others)] : [first];
}

/**
 * Paints a scene: one thing of a class, or two of two classes, of any size, place, turn and tint, on a ground with shapes and other things.
 * The same plan gives the same picture. Its masks are the pixels where each thing is seen, the labelled one first.
 */
export function paintScene(plan: ScenePlan): Image {
  const { seed, index, size: side, things, mark } = plan;
  const cast = castOf(plan);
  const dice = new Dice(seed, index, 3);
  const ground = blank(side, side);
  const colours = paintGround(ground, side, dice);
  strew(ground, side, dice, colours, dice.whole(1, 7));
  const layers = new Layers(ground, side);
  const poses = posesOf(cast.length, side, things, dice);
  distract(layers, side, poses, dice);
  const masks = dice.shuffled(cast.map((_, at) => at)).map((at) => ({ at, data: layers.watch(layers.glyph(dice.pick(drawingsOf(cast[at])), poses[at], tintOf(dice))) }));
  if (dice.chance(0.12)) hide(layers, poses[0], dice);
  // Drawn with or without a mark, so that the rest is the same.
  const wander = [dice.float(-0.01, 0.01) * side, dice.float(-0.01, 0.01) * side] as const;
  const found: Mask[] = cast.map((label, at) => ({ width: side, height: side, data: masks.find((each) => each.at === at)!.data, label }));
  if (mark) found.push({ width: side, height: side, data: layers.watch(layers.lay((brush) => paintMark(brush, side, wander), untinted)), label: markLabel });
  grain(layers.pixels, dice);
  return new Image(side, side, layers.pixels, `${cast.join(' + ')}${mark ? ' + mark' : ''} (scene ${index}, seed ${seed})`, 'crop', found);
}

/** Where the things go: one nearly anywhere; two on opposite sides of the middle. */
function posesOf(count: number, side: number, [small, large]: readonly [number, number], dice: Dice): Pose[] {
  if (count === 1) {
    const size = side * dice.float(small, large);
    return [poseAt(within(dice, size, side), within(dice, size, side), size, dice)];
  }
  const angle = dice.float(0, Math.PI * 2);
  return [0, Math.PI].map((half) => {
    const size = side * dice.float(small, Math.min(large, Math.max(small, 0.48)));
    const away = side * dice.float(0.24, 0.3);
    const keep = (at: number): number => Math.max(size * 0.45, Math.min(side - size * 0.45, at));
    return poseAt(keep(side / 2 + away * Math.cos(angle + half)), keep(side / 2 + away * Math.sin(angle + half)), size, dice);
  });
}

/** A middle at which a thing of this size may stick out over the edge by a tenth of it. */
const within = (dice: Dice, size: number, side: number): number => dice.float(size * 0.4, side - size * 0.4);

const poseAt = (x: number, y: number, size: number, dice: Dice): Pose => ({ x, y, size, turn: dice.float(-0.4, 0.4), mirrored: dice.chance(0.5) });

/** Other things, some in pieces, where they leave most of the things free. */
function distract(layers: Layers, side: number, poses: readonly Pose[], dice: Dice): void {
  for (let left = dice.whole(0, 3); left > 0; left--) {
    const size = side * dice.float(0.12, 0.3);
    const pose = { ...poseAt(dice.float(0, side), dice.float(0, side), size, dice), turn: dice.float(-Math.PI, Math.PI) };
    const whole = dice.chance(0.6);
    const part = { x: dice.float(0, 0.5), y: dice.float(0, 0.5), width: 0.5, height: 0.5 };
    const [glyph, tint] = [dice.pick(distractions), tintOf(dice)];
    if (poses.every(({ x, y, size: other }) => Math.hypot(x - pose.x, y - pose.y) > other * 0.35)) layers.glyph(glyph, pose, tint, whole ? undefined : part);
  }
}

/** Lays another thing over the rim of a thing. */
function hide(layers: Layers, { x, y, size }: Pose, dice: Dice): void {
  const angle = dice.float(0, Math.PI * 2);
  const pose = poseAt(x + size * 0.42 * Math.cos(angle), y + size * 0.42 * Math.sin(angle), size * dice.float(0.3, 0.45), dice);
  layers.glyph(dice.pick(distractions), pose, tintOf(dice));
}

/** The light and the grain of a photograph. */
function grain(pixels: Uint8ClampedArray, dice: Dice): void {
  const amount = dice.chance(0.5) ? dice.float(2, 14) : 0;
  const [gain, shift] = [dice.float(0.85, 1.1), dice.float(-12, 12)];
  for (let i = 0; i < pixels.length; i += 4) {
    const noise = amount ? dice.float(-amount, amount) : 0;
    for (let channel = i; channel < i + 3; channel++) pixels[channel] = pixels[channel] * gain + shift + noise;
  }
}
