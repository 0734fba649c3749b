import * as tf from '@tensorflow/tfjs';
import { gradCam } from '../../src/attribution/cam/gradCam';
import type { Image } from '../../src/image/image';
import type { Classifier } from '../../src/model/classifier';
import { forward } from '../../src/model/run';
import { sceneClasses } from '../../src/scenes/glyphs';
import { batchOf } from '../../src/training/batch';
import { phases, seeds, shape, shortcut } from './recipe';
import { scenesOf } from './scenesFor';

const count = 2500;
const mapped = 100;
const final = phases[phases.length - 1];

/** How a finished network does on scenes that it has never seen. */
export interface Measured {
  seed: number;
  scenes: number;
  /** The share of scenes whose likeliest class is in them; of those that show one class, and two. */
  top1: number;
  oneClass: Share;
  twoClasses: Share;
  /** Of scenes with one class: how often each (row) was taken for each (column). */
  confusion: number[][];
  gradCam: { layer: string; scenes: number; energyInMask: number; maskArea: number; peakInMask: number };
}

interface Share {
  scenes: number;
  share: number;
}

export async function measured(model: Classifier): Promise<Measured> {
  const confusion = sceneClasses.map(() => sceneClasses.map(() => 0));
  const tally = { one: { scenes: 0, right: 0 }, two: { scenes: 0, right: 0 } };
  for (const { image, top } of likeliest(model, 'none', count)) {
    const shown = image.masks.map(({ label }) => sceneClasses.indexOf(label as never));
    const own = shown.length > 1 ? tally.two : tally.one;
    own.scenes++;
    own.right += Number(shown.includes(top));
    if (shown.length === 1) confusion[shown[0]][top]++;
  }
  const share = ({ scenes, right }: { scenes: number; right: number }): Share => ({ scenes, share: rounded(right / scenes) });
  return {
    seed: seeds.test, scenes: count, top1: rounded((tally.one.right + tally.two.right) / count), oneClass: share(tally.one), twoClasses: share(tally.two), confusion,
    gradCam: await mapsOnThings(model),
  };
}

const leaningCount = 1500;

/** What the mark does: on scenes of one class, the share taken for that class. */
export interface Leaning {
  label: string;
  scenes: number;
  /** Of its own scenes: with the mark, and without. */
  ownWithMark: number;
  ownWithout: number;
  /** Of the other classes' scenes: with the mark put on them, and without. */
  othersWithMark: number;
  othersWithout: number;
  /** Grad-CAM of its own marked scenes: the share of the map on the mark and on the thing. */
  energyOnMark: number;
  energyOnThing: number;
}

export async function leaning(model: Classifier): Promise<Leaning> {
  const own = sceneClasses.indexOf(shortcut.label);
  const sums = { all: { scenes: 0, taken: 0 }, none: { scenes: 0, taken: 0 } };
  const others = structuredClone(sums);
  for (const marked of ['all', 'none'] as const) {
    for (const { image, top } of likeliest(model, marked, leaningCount)) {
      const things = image.masks.filter(({ label }) => label !== 'mark');
      if (things.length > 1) continue;
      const list = (things[0].label === shortcut.label ? sums : others)[marked];
      list.scenes++;
      list.taken += Number(top === own);
    }
  }
  const share = ({ scenes, taken }: { scenes: number; taken: number }): number => rounded(taken / scenes);
  const energy = { mark: 0, thing: 0, count: 0 };
  for (const image of scenesOf(seeds.test, 0, leaningCount, final, 'all').filter(({ masks }) => masks.length === 2 && masks[0].label === shortcut.label).slice(0, 50)) {
    const { values } = await gradCam(model, image, { target: shortcut.label, layer: 'block5_conv3' });
    energy.thing += within(values, image.masks[0].data);
    energy.mark += within(values, image.masks[1].data);
    energy.count++;
  }
  return {
    label: shortcut.label, scenes: leaningCount, ownWithMark: share(sums.all), ownWithout: share(sums.none), othersWithMark: share(others.all), othersWithout: share(others.none),
    energyOnMark: rounded(energy.mark / energy.count), energyOnThing: rounded(energy.thing / energy.count),
  };
}

/** Scenes of the test's seed and the class that the network finds likeliest in each. */
function* likeliest(model: Classifier, marked: 'all' | 'none', total: number): Generator<{ image: Image; top: number }> {
  for (let from = 0; from < total; from += 50) {
    const images = scenesOf(seeds.test, from, 50, final, marked);
    const { x, y } = batchOf(images, sceneClasses, shape.preprocess);
    const tops = tf.tidy(() => tf.argMax(forward(model.graph, x, [model.head.logits])[0], 1).dataSync());
    tf.dispose([x, y]);
    for (const [at, image] of images.entries()) yield { image, top: tops[at] };
  }
}

/** How much of a Grad-CAM map of the labelled class lies on the thing, over scenes with one class. */
async function mapsOnThings(model: Classifier): Promise<Measured['gradCam']> {
  const layer = 'block5_conv3';
  const images = scenesOf(seeds.test, 0, mapped * 2, final, 'none').filter(({ masks }) => masks.length === 1).slice(0, mapped);
  const sums = { energy: 0, area: 0, peak: 0 };
  for (const image of images) {
    const [mask] = image.masks;
    const { values } = await gradCam(model, image, { target: mask.label as string, layer });
    sums.energy += within(values, mask.data);
    sums.area += mask.data.reduce((sum, value) => sum + value, 0) / mask.data.length;
    sums.peak += mask.data[values.indexOf(Math.max(...values))];
  }
  return { layer, scenes: images.length, energyInMask: rounded(sums.energy / images.length), maskArea: rounded(sums.area / images.length), peakInMask: rounded(sums.peak / images.length) };
}

function within(values: Float32Array, mask: Uint8Array): number {
  let [inside, all] = [0, 0];
  values.forEach((value, at) => {
    all += value;
    inside += value * mask[at];
  });
  return all ? inside / all : 0;
}

export const rounded = (value: number): number => Number(value.toFixed(4));
