import { notebookTests } from '../helpers/notebookTests';

/** As the cell hands them over: layers of 112 x 112 and of 7 x 7 cells. */
const outputs = { items: [{ shape: [112, 112, 96] }, { shape: [56, 56, 144] }, { shape: [7, 7, 1280] }] };

type Gram = (values: ArrayLike<number>, channels: number) => number[];
const products = (values: ArrayLike<number>, channels: number, at: (k: number, channel: number, positions: number) => number): number[] => {
  const positions = values.length / channels;
  return Array.from({ length: channels ** 2 }, (_, place) => {
    let sum = 0;
    for (let k = 0; k < positions; k++) sum += values[at(k, Math.floor(place / channels), positions)] * values[at(k, place % channels, positions)];
    return sum;
  });
};
const lastly = (channels: number) => (k: number, channel: number): number => k * channels + channel;
const summed: Gram = (values, channels) => products(values, channels, lastly(channels));
const scaled = (by: (values: ArrayLike<number>, channels: number) => number): Gram => (values, channels) => summed(values, channels).map((value) => value / by(values, channels));

notebookTests('08-layer-outputs', {
  1: [
    [16, /side/, { outputs }],
    [(112 * 112 * 96) / (7 * 7 * 1280), /channels/, { outputs }],
    [1 / 256, /other way round/, { outputs }],
    [1280 / 96, /channels grow/, { outputs }],
    [4, /More/, { outputs }],
    [1000, /Less/, { outputs }],
    ['256', /number/, { outputs }],
  ],
  2: [
    [4, /sum/],
    [1.5, /position by position/],
    [-0.5, /covariance/],
    [2, /both rows/],
    [8, /both rows/],
    [0.2, /More/],
    [[1], /number/],
  ],
  3: [
    [summed, /Divide by how many positions/],
    [scaled((values) => values.length), /M counts positions/],
    [scaled((_, channels) => channels), /M counts positions/],
    [((values, channels) => products(values, channels, (k, channel, positions) => channel * positions + k).map((value) => (value * channels) / values.length)) satisfies Gram, /channels come last/],
    [((values, channels) => summed(values, channels).map((value, at) => (at % (channels + 1) ? 0 : (value * channels) / values.length))) satisfies Gram, /diagonal/],
    [() => undefined, /list/],
    [() => [1, 2, 3], /3 times 3/],
    [((values, channels) => summed(values, channels).map(() => NaN)) satisfies Gram, /NaN/],
    [((values) => summed(values, 3).map((value) => (value * 3) / values.length)) satisfies Gram, /second argument/],
    [3, /function/],
  ],
}).run();
