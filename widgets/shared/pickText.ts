import { capital, headingOf, joinParts, nameOf } from '../../src/figure/caption';
import type { Shown } from '../../src/figure/shown';

/** What tells this map from the others. */
export function pickText(map: Shown, maps: readonly Shown[]): string {
  const differs = (of: (each: Shown) => unknown): boolean => maps.some((each) => of(each) !== of(maps[0]));
  return joinParts([differs(({ method }) => method) && capital(map.method), differs(({ target }) => target.label) && nameOf(map.target), differs(({ layer }) => layer) && map.layer, differs(({ image }) => image.name) && map.image.name]) || headingOf(map);
}

