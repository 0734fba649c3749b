import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { saliency } from '../../src/attribution/gradient/saliency';
import type { Attribution } from '../../src/attribution/attribution';
import { averageDrop } from '../../src/metrics/averageDrop';
import { averageIncrease } from '../../src/metrics/averageIncrease';
import { deletion } from '../../src/metrics/deletion';
import { insertion } from '../../src/metrics/insertion';
import { deviationOf } from '../../src/metrics/deviation';
import { impute } from '../../src/metrics/removal/impute';
import { road } from '../../src/metrics/road';
import { sensitivityWith } from '../../src/metrics/sensitivity';
import { mapOf } from '../helpers/maps';
import { floats, type Given, type Packed } from '../helpers/reference';

/** What the peers measured on one network: measures.py. */
interface Stored {
  name: string;
  map: Packed;
  deletion: { scores: number[]; area: number };
  insertion: { scores: number[]; area: number };
  morf: number[];
  lerf: number[];
  morf_image: Packed;
  lerf_image: Packed;
  morf_removed: number[];
  lerf_removed: number[];
  road: number;
  before: number;
  change: number;
  drop: number;
  increase: number;
  sensitivity_max: number;
}

const file = JSON.parse(readFileSync(path.join(__dirname, 'measures.json'), 'utf8')) as { versions: Record<string, string>; steps: number; percentiles: number[]; radius: number; networks: Stored[] };
export const measuredVersions = file.versions;

/** A measure of a peer, and how convlens comes to the same numbers. */
export interface Measured {
  peer: string;
  title: string;
  /** What it is called here. */
  measure: string;
  says: string;
  ours(given: Given, stored: Stored): Promise<ArrayLike<number>>;
  theirs(stored: Stored): ArrayLike<number>;
}

export const storedFor = ({ name }: Given): Stored => file.networks.find((each) => each.name === name) as Stored;

const quiet = { onProgress: null } as const;
const mapFor = ({ t }: Given, { map }: Stored): Attribution => mapOf([...floats(map)], map.shape[1], map.shape[0], { target: { index: t, label: 'top' } });

/** Our points for the numbers of pixels that the peer's percentiles of this map come to, the fewest first. */
const percentilesFor = ({ map, morf_removed: removed }: Stored): number[] => [...removed].reverse().map((count) => (100 * count) / (map.shape[0] * map.shape[1]));
const filledIn = (removed: 'morf' | 'lerf'): Measured => ({
  peer: 'grad-cam',
  title: `NoisyLinearImputer without noise, the ${removed === 'morf' ? 'strongest' : 'weakest'} pixels removed`,
  measure: 'road',
  says: 'the picture that the network is given; solved to the last digit in the test',
  async ours({ x }, stored) {
    const values = floats(stored.map);
    const order = [...values.keys()].sort((a, b) => (removed === 'morf' ? values[b] - values[a] : values[a] - values[b]));
    const hidden = new Uint8Array(values.length);
    for (const at of order.slice(0, stored[`${removed}_removed`][2])) hidden[at] = 1;
    return impute(x.dataSync(), hidden, x.shape.slice(1) as [number, number, number], 1e-9);
  },
  theirs: (stored) => floats(stored[`${removed}_image`]),
});

const causal = (title: string, measure: typeof deletion, which: 'deletion' | 'insertion'): Measured[] => [
  { peer: 'xplique', title: `${title}, the scores`, measure: which, says: "steps 10, fill 'zero'", ours: async (given, stored) => (await measure(given.model, given.x, mapFor(given, stored), { steps: file.steps, fill: 'zero', ...quiet })).curves[0].scores, theirs: (stored) => stored[which].scores },
  { peer: 'xplique', title: `${title}, the area`, measure: which, says: "steps 10, fill 'zero'", ours: async (given, stored) => [(await measure(given.model, given.x, mapFor(given, stored), { steps: file.steps, fill: 'zero', ...quiet })).value], theirs: (stored) => [stored[which].area] },
];

const roadOf = (given: Given, stored: Stored) => road(given.model, given.x, mapFor(given, stored), { percentiles: percentilesFor(stored), noise: 0, ...quiet });
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const points = 'noise 0; percentiles: as many pixels as the peer\'s come to; its percentile is of what stays';

export const measures: Measured[] = [
  ...causal('Deletion', deletion, 'deletion'),
  ...causal('Insertion', insertion, 'insertion'),
  filledIn('morf'),
  filledIn('lerf'),
  { peer: 'grad-cam', title: 'ROADMostRelevantFirst', measure: 'road', says: points, ours: async (...of) => (await roadOf(...of)).curves[0].scores.slice(1).reverse(), theirs: ({ morf }) => morf },
  { peer: 'grad-cam', title: 'ROADLeastRelevantFirst', measure: 'road', says: points, ours: async (...of) => ((await roadOf(...of)).curves[0].weakest as number[]).slice(1).reverse(), theirs: ({ lerf }) => lerf },
  {
    peer: 'grad-cam', title: 'ROADCombined', measure: 'road', says: `${points}; beside what it is the difference of`,
    async ours(...of) {
      const { value, curves } = await roadOf(...of);
      return [value, mean(curves[0].scores.slice(1)), mean((curves[0].weakest as number[]).slice(1))];
    },
    theirs: ({ road: value, morf, lerf }) => [value, mean(morf), mean(lerf)],
  },
  {
    peer: 'grad-cam', title: 'CamMultImageConfidenceChange', measure: 'averageDrop', says: 'pairs: after - before',
    async ours(given, stored) {
      const [{ before, after }] = (await averageDrop(given.model, given.x, mapFor(given, stored))).pairs;
      return [before, before + (after - before)];
    },
    theirs: ({ before, change }) => [before, before + change],
  },
  { peer: 'grad-cam', title: 'DropInConfidence', measure: 'averageDrop', says: "relative false; the network's input times the map, as fill 'zero' does", ours: async (given, stored) => [(await averageDrop(given.model, given.x, mapFor(given, stored), { relative: false })).value], theirs: ({ drop }) => [drop] },
  { peer: 'grad-cam', title: 'IncreaseInConfidence', measure: 'averageIncrease', says: '', ours: async (given, stored) => [(await averageIncrease(given.model, given.x, mapFor(given, stored))).value], theirs: ({ increase }) => [increase] },
  {
    peer: 'captum', title: 'sensitivity_max of Saliency', measure: 'sensitivity', says: "channels 'keep'; the same noise, of the same size",
    async ours(given) {
      const draws = tf.unstack(given.draws).map((each) => {
        const values = each.dataSync() as Float32Array;
        each.dispose();
        return values;
      });
      const measure = sensitivityWith((_size, amplitude, _seed, sample) => draws[sample].map((draw) => draw * amplitude));
      const radius = file.radius / deviationOf(given.x.dataSync() as Float32Array);
      return [(await measure(given.model, given.x, saliency, { target: given.t, channels: 'keep', radius, samples: draws.length, ...quiet })).value];
    },
    theirs: ({ sensitivity_max: value }) => [value],
  },
];
