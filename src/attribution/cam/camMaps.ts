import * as tf from '@tensorflow/tfjs';
import { oneOf } from '../../check';
import type { FoundLayer } from '../../model/layers';
import type { Found } from '../method';
import type { CamOptions } from './camMethod';
import { combined, type Combine, combineOf } from './combine';
import { byLargest, type Finish, finishOf, minMax, resized } from './finish';
import { firstComponent } from './firstComponent';

/** What becomes of the channels' shares of a map, checked. */
export interface Look extends Finish {
  combine?: Combine;
  eigen: boolean;
}

export function lookOf(options: CamOptions): Look {
  const finish = finishOf(options);
  const combine = combineOf(options, finish);
  const eigen = oneOf('smooth', options.smooth ?? 'none', ['none', 'eigen']) === 'eigen';
  return { ...finish, combine, eigen, told: { ...finish.told, ...(combine && { combine }), ...(eigen && { smooth: 'eigen' }) } };
}

/** Each layer's sum over the channels, `[n, h, w, 1]`, or the first component in its place. */
export const sumOf = (parts: tf.Tensor4D, eigen: boolean): tf.Tensor4D => (eigen ? firstComponent(parts) : tf.sum(parts, 3, true));

/** The finished maps of each layer's sums: ReLU, scaling, resize; one for all layers where they are combined. */
export function mapsOf(sums: readonly tf.Tensor4D[], size: [number, number], look: Look): tf.Tensor4D[] {
  const each = sums.map((sum) => {
    const cut = look.relu ? tf.relu(sum) : sum;
    return resized(look.minMax ? minMax(cut) : cut, size, look.resize);
  });
  // Layers differ in unit: only what is on one scale can be combined.
  const maps = look.combine ? [combined(look.minMax ? each : each.map(byLargest), look.combine)] : each;
  return look.minMax ? maps.map(minMax) : maps;
}

/** What is the same in all maps of a call. */
export interface Telling {
  unit: string;
  /** What the caption tells beside the look. */
  told?: Record<string, unknown>;
  note?: string;
  /** Why a map may be empty. */
  empty?: string;
}

/** The records of every aim, the layers of one aim together. */
export function camFound(maps: readonly tf.Tensor4D[], layers: readonly FoundLayer[], look: Look, telling: Telling): Found[] {
  const names = look.combine ? [layers.map(({ name }) => name).join(' + ')] : layers.map(({ name }) => name);
  const perLayer = maps.map((each, i) => rowsOf(each).map((values) => foundOf(values, each.shape, names[i], look, telling)));
  return perLayer[0].flatMap((_, aim) => perLayer.map((found) => found[aim]));
}

function foundOf(values: Float32Array, [, height, width]: number[], layer: string, { relu, minMax: stretched, combine, told }: Look, telling: Telling): Found {
  const empty = values.every((value) => value === 0);
  const notes = [telling.note, empty && (telling.empty ?? emptyNote(relu))];
  return {
    values,
    shape: [height, width],
    signed: !relu && !stretched,
    unit: stretched || combine ? `${telling.unit}, as a share of the largest` : telling.unit,
    layer,
    options: { ...told, ...telling.told },
    note: notes.filter(Boolean).join('; ') || undefined,
  };
}

const emptyNote = (relu: boolean): string =>
  relu ? 'no positive evidence for this target at this layer (relu: false shows the negative)' : 'the map is 0 everywhere: the score does not depend on this layer';

function rowsOf(maps: tf.Tensor4D): Float32Array[] {
  const values = maps.dataSync() as Float32Array;
  const size = maps.size / maps.shape[0];
  return Array.from({ length: maps.shape[0] }, (_, i) => values.slice(i * size, (i + 1) * size));
}
