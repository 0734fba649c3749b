import type { Attribution, AttributionTarget } from '../../attribution/attribution';
import { draw } from '../../draw';
import type { Figure } from '../../figure/figure';
import type { Redraw } from '../../model/redraw';
import { Showable } from '../../show';
import { type ChanceLikeness, type Likeness, likenessNames } from './likeness';
import type { Stage } from './stages';
import type { Verdict } from './verdict';

/** A map of a changed network, or of another class, held against the original one. */
export interface HeldMap {
  map: Attribution;
  likeness: Likeness;
}

/** What the check found of one method. */
export interface MethodSanity {
  /** What it is called. */
  name: string;
  /** The map of the network as it is. */
  original: Attribution;
  /** One for each step that was reached. */
  steps: readonly HeldMap[];
  /** What chance gives. */
  chance: ChanceLikeness;
  /** The map for another class of the network as it is. */
  otherClass?: HeldMap;
  /** The map of a network that learnt random labels. */
  randomLabels?: HeldMap;
  /** Whether the maps change with the network; undefined when the check was stopped before it could tell. */
  verdict?: Verdict;
}

/** What `new SanityCheck` takes. */
export interface SanityRecord {
  /** The model's name. */
  model: string;
  /** What is explained, at every step. */
  target: AttributionTarget;
  /** `'cascade'`: each step keeps what the ones before it re-drew; `'independent'`: each step re-draws its layers alone. */
  mode: 'cascade' | 'independent';
  /** How weights were re-drawn. */
  weights: Redraw;
  seed: number;
  /** The steps, from the scores down: a block or layer, and its layers with weights. */
  stages: readonly Stage[];
  methods: readonly MethodSanity[];
  seconds: number;
  /** Anything that a reader must know. */
  note?: string;
}

/** Whether maps change when the network forgets what it has learnt. Shows itself as a strip of maps for each method, with the likeness over the steps and a verdict. */
export class SanityCheck extends Showable {
  constructor(record: SanityRecord) {
    super();
    Object.assign(this, record);
  }

  override toFigure(): Figure {
    return draw.sanityCheck(this);
  }

  override toString(): string {
    const { model, target, methods, note } = this;
    return [`sanity check on ${model} for ${target.label}`, ...methods.map(({ name, verdict }) => `${name}: ${verdict?.text ?? 'not finished'}`), ...(note ? [note] : [])].join('\n');
  }

  /** The numbers, without the maps. */
  toJSON(): object {
    const { methods, ...told } = this;
    const numbers = (likeness: Likeness): object => Object.fromEntries(likenessNames.map((name) => [name, Number.isNaN(likeness[name]) ? null : likeness[name]]));
    return {
      ...told,
      methods: methods.map(({ name, steps, chance, otherClass, randomLabels, verdict }) => ({
        name,
        steps: steps.map(({ likeness }) => numbers(likeness)),
        chance: { mean: numbers(chance.mean), highest: numbers(chance.highest), maps: chance.maps },
        otherClass: otherClass && { target: otherClass.map.target, ...numbers(otherClass.likeness) },
        randomLabels: randomLabels && numbers(randomLabels.likeness),
        verdict,
      })),
    };
  }
}

// The fields are the record's, told once, there.
export interface SanityCheck extends Readonly<SanityRecord> {}
