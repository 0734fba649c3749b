import type { LayerRow } from '../src/model/layers';

/** What a layer is to a reader of an architecture. */
export interface LayerKind {
  name: string;
  colour: string;
  /** Minor ones (normalisation, activation, reshaping) are drawn thin. */
  minor: boolean;
  matches: RegExp;
}

// The bright scheme of Paul Tol: told apart by colour-blind readers, and in grey.
const kinds: readonly LayerKind[] = [
  { name: 'depthwise convolution', colour: '#66ccee', minor: false, matches: /depthwise/i },
  { name: 'convolution', colour: '#4477aa', minor: false, matches: /conv/i },
  { name: 'pooling', colour: '#ee6677', minor: false, matches: /pool/i },
  { name: 'dense', colour: '#228833', minor: false, matches: /dense/i },
  { name: 'merge', colour: '#aa3377', minor: false, matches: /^(add|concatenate|multiply|average|maximum|minimum|subtract|dot)$/i },
  { name: 'normalisation', colour: '#bbbbbb', minor: true, matches: /norm/i },
  { name: 'activation', colour: '#ccbb44', minor: true, matches: /activation|relu|softmax|elu/i },
];
const other: LayerKind = { name: 'other', colour: '#e3e3e3', minor: true, matches: /./ };

export const kindOf = ({ kind }: Pick<LayerRow, 'kind'>): LayerKind => kinds.find(({ matches }) => matches.test(kind)) ?? other;

/** The kinds that occur, in the order of the legend. */
export const kindsIn = (rows: readonly Pick<LayerRow, 'kind'>[]): LayerKind[] => [...kinds, other].filter((kind) => rows.some((row) => kindOf(row) === kind));
