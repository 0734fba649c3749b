import { smoothGradWith, type SmoothGradOptions } from '../../../src/attribution/gradient/smoothGrad';
import type { OneMap } from '../../../src/attribution/method';
import type { Given } from '../../helpers/reference';
import type { Recipe, Reproduced } from './recipe';

/** SmoothGrad with the noise that the peers were given. */
export const withDraws = (says: string, options: (given: Given) => OneMap<SmoothGradOptions>, then: (map: Reproduced) => Reproduced = (map) => map): Recipe => ({
  method: 'smoothGrad',
  says,
  run: async (given) => {
    const smoothGrad = smoothGradWith(() => drawsOf(given));
    return then(await smoothGrad(given.model, given.x, { samples: given.draws.shape[0], ...options(given) }));
  },
});

function drawsOf({ draws }: Given): (size: number, deviation: number) => Float32Array {
  const all = draws.dataSync() as Float32Array;
  let at = 0;
  return (size, deviation) => all.slice(at, (at += size)).map((value) => value * deviation);
}
