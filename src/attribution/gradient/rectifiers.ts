import { pathBetween } from '../../model/run';
import type { Subject } from '../method';

/** How many ReLUs lie between the input and what is explained; throws when there is none, for then the rule would change nothing. */
export function countRectifiers(method: string, { model: { graph }, of }: Pick<Subject, 'model' | 'of'>): number {
  const path = pathBetween(graph, [graph.input], of);
  const count = path.filter((step) => step.op.rectifier).length;
  if (count) return count;
  const others = [...new Set(path.filter((step) => step.fused || step.kind === 'Activation').map((step) => step.activation))];
  throw new Error(`${method} changes ReLUs and this model has none${others.length ? ` (its activations: ${others.join(', ')})` : ''}; use saliency`);
}
