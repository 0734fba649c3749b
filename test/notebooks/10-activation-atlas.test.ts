import { notebookTests } from '../helpers/notebookTests';

/** Three cells: places of scenes with cats and dogs. */
const cells = [
  { count: 4, images: 2, names: ['cat', 'cat', 'cat', 'dog'], attributions: [{ label: 'cat' }, { label: 'dog' }] },
  { count: 2, images: 2, names: ['dog', 'cat'], attributions: [{ label: 'dog' }, { label: 'cat' }] },
  { count: 3, images: 1, names: ['cat', 'cat', 'dog'], attributions: [{ label: 'dog' }, { label: 'cat' }] },
];
type Cell = (typeof cells)[number];
const atlas = { cells, members: (cell: Cell) => cell.names.map((label) => ({ label })) };
const hits = ({ names, attributions: [first] }: Cell) => names.filter((name) => name === first.label).length;

notebookTests('10-activation-atlas', {
  1: [
    [4000, /vectors/],
    [512_000, /[Ss]everal places/],
    [100_352_000, /all places/],
    [8000, /comes out/],
    [3, /more/],
  ],
  2: [
    [1.5, /mean/],
    [2.1667, /sign/],
    [5, /gradient/],
    [4 / 3, /ReLU/],
    ['half', /number/],
  ],
  3: [
    [0.5, /function/, { atlas }],
    [() => 0, /0 for every/, { atlas }],
    [hits, /Divide/, { atlas }],
    [(cell: Cell) => (100 * hits(cell)) / cell.count, /per cent/, { atlas }],
    [(cell: Cell) => hits(cell) / cell.images, /images/, { atlas }],
    [(cell: Cell) => cell.names.filter((name) => name === cell.attributions[1].label).length / cell.count, /sorted|not agree/, { atlas }],
    [() => undefined, /return/, { atlas }],
  ],
}).run();
