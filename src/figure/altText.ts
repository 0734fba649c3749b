import { hotspotOf } from '../attribution/hotspot';
import type { Sign } from './normalize';
import { remembered } from './memo';
import { percent, readable } from './numbers';

/** Where a map of one value to a pixel is hottest, in plain words: "hottest at the upper left; the hottest tenth of the image holds 62 % of it". */
export const heatText = (values: Float32Array, shape: readonly [number, number], sign: Sign): string => remembered(values, `heatText ${sign}`, () => told(values, shape, sign));

function told(values: Float32Array, shape: readonly [number, number], sign: Sign): string {
  const size: [number, number] = [shape[0], shape[1]];
  const known = values.map((value) => value || 0);
  if (known[0] && known.every((value) => value === known[0])) return `${readable(known[0])} everywhere`;
  const plus = hotspotOf({ values: sign === 'absolute' ? known.map(Math.abs) : known, shape: size });
  if (sign !== 'signed') return plus.share ? `hottest at ${at(plus)}; the hottest tenth of the image holds ${percent(plus.share)} of it` : 'zero everywhere';
  const minus = hotspotOf({ values: known.map((value) => -value), shape: size });
  const sides = [plus.share && `evidence for it is strongest at ${at(plus)}`, minus.share && `evidence against it ${plus.share ? '' : 'is strongest '}at ${at(minus)}`].filter(Boolean);
  return sides.join(', ') || 'zero everywhere';
}

const at = ({ place }: { place: string }): string => `the ${place}`;
