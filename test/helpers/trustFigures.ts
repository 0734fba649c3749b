import { Attribution } from '../../src/attribution/attribution';
import type { Figure } from '../../src/figure/figure';
import { MethodBenchmark } from '../../src/metrics/benchmark/result';
import { meanOf, rateOf } from '../../src/metrics/benchmark/intervals';
import { SanityCheck } from '../../src/metrics/sanity/result';
import { verdictOf } from '../../src/metrics/sanity/verdict';
import { methodRanking } from '../../widgets/methodRanking/methodRanking';
import { sanityBoard } from '../../widgets/sanityBoard/sanityBoard';
import { mapOf } from './maps';

const side = 12;
const like = (value: number) => ({ rank: value / 2, absRank: value, ssim: value });
const chance = { mean: like(0), highest: like(0.3), maps: 19 };
const stages = ['scores', 'block2', 'block1'].map((name) => ({ name, layers: [name] }));

const wavy = (phase: number, more: object): Attribution => mapOf(Array.from({ length: side * side }, (_, at) => Math.sin(at / 9 + phase)), side, side, { layer: undefined, ...more });

/** A sanity check of two methods, one of which fails; with fewer steps than wanted where it was stopped. */
export function madeCheck({ steps = 3, name = 'guided <b>backpropagation</b>' } = {}): SanityCheck {
  const of = (called: string, values: readonly number[], signed: boolean): SanityCheck['methods'][number] => {
    const likeness = values.slice(0, steps).map(like);
    return {
      name: called,
      original: wavy(0, { method: called, signed }),
      steps: likeness.map((each, at) => ({ map: wavy(at + 1, { method: called, signed }), likeness: each })),
      chance,
      otherClass: { map: wavy(0.2, { method: called, signed, target: { index: 7, label: 'lynx' } }), likeness: like(0.98) },
      randomLabels: { map: wavy(2, { method: called, signed }), likeness: like(0.4) },
      verdict: steps < 3 ? undefined : verdictOf(likeness, stages.map((stage) => stage.name), chance, 'cascade'),
    };
  };
  return new SanityCheck({
    model: 'toy',
    target: { index: 281, label: 'tabby' },
    mode: 'cascade',
    weights: 'fresh',
    seed: 4,
    stages,
    methods: [of('input x gradient', [0.35, 0.1, -0.12], true), of(name, [0.99, 0.8, 0.2], false)],
    seconds: 1,
    note: steps < 3 ? 'stopped after 6 of 10 maps' : undefined,
  });
}

export const checkFigure = (): Figure => sanityBoard(madeCheck());

/** A benchmark of three methods and the nulls. */
export function madeBenchmark(name = 'Grad-CAM'): MethodBenchmark {
  const row = (called: string, kind: 'method' | 'null', hits: number, energy: number, seconds: number): MethodBenchmark['rows'][number] => ({
    name: called,
    kind,
    maps: 40,
    pointing: rateOf(hits, 40),
    energy: meanOf([energy - 0.1, energy, energy + 0.1]),
    iou: meanOf([energy / 2 - 0.1, energy / 2, energy / 2 + 0.1]),
    others: { own: rateOf(hits / 4, 10), other: rateOf((40 - hits) / 8, 10), maps: 10 },
    empty: kind === 'null' ? 0 : 1,
    seconds,
    options: {},
  });
  return new MethodBenchmark({
    model: 'toy',
    scenes: 'painted scenes (seed 5)',
    looked: 36,
    used: 35,
    wrong: 1,
    unmasked: 0,
    unreadable: 0,
    several: 5,
    things: 40,
    area: 0.14,
    rows: [row(name, 'method', 36, 0.6, 0.004), row('occlusion', 'method', 32, 0.7, 0.4), row('deconvnet', 'method', 16, 0.2, 0.01), row('edge detector', 'null', 20, 0.3, 0.001), row('centre blob', 'null', 12, 0.25, 0.001), row('random map', 'null', 4, 0.14, 0.001)],
    measures: ['pointing', 'energy', 'iou'],
    tolerance: 2.88,
    onlyRight: true,
    seed: 0,
    backend: 'cpu',
    seconds: 3,
  });
}

export const benchmarkFigure = (): Figure => methodRanking(madeBenchmark());
