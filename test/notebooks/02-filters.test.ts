import { notebookTests } from '../helpers/notebookTests';

const every = (kernel: Float32Array, colour: number): number[] => [...kernel].filter((_, i) => i % 3 === colour);
const sum = (values: Iterable<number>): number => [...values].reduce((a, b) => a + b, 0);

notebookTests('02-filters', {
  1: [[9, /one tile/], [27, /three colours/], [145, /bias/], [4608, /all 32/], [1, /more/]],
  2: [['yellow', /order/], ['magenta', /two channels/], ['white', /against/], ['orange', /none of the answers/], [3, /one of/]],
  3: [
    [(kernel: Float32Array) => [0, 1, 2].map((c) => sum(kernel.slice((c * kernel.length) / 3, ((c + 1) * kernel.length) / 3))), /fastest/],
    [(kernel: Float32Array) => [0, 1, 2].map((c) => sum(every(kernel, c)) / every(kernel, c).length), /means/],
    [(kernel: Float32Array) => [0, 1, 2].map((c) => sum(every(kernel, c).map(Math.abs))), /signs/],
    [(kernel: Float32Array) => [0, 1, 2].map((c) => Array.from({ length: 9 }, (_, place) => kernel[place * 3 + c]).reduce((a, b) => a + b)), /NaN/],
    [() => undefined, /return/],
  ],
}).run();
