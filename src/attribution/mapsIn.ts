import { shown } from '../check';
import type { Attribution } from './attribution';
import { Attributions } from './attributions';

/** The maps of a list of maps and sets of maps, one after the other; anything else is an error of `method`. */
export function mapsIn(method: string, given: Iterable<Attribution | Attributions>): Attribution[] {
  const maps = Symbol.iterator in Object(given) ? [...given].flatMap((each) => (each instanceof Attributions ? each.items : [each])) : [];
  if (maps.length && maps.every((map) => ArrayBuffer.isView(map?.values))) return maps;
  throw new TypeError(`${method} takes a list of attributions, got ${shown(given)}`);
}
