/** How the input's channels become one value a pixel: the one of largest magnitude, their mean, their sum; `'keep'` leaves them. */
export type Channels = 'max' | 'mean' | 'sum' | 'keep';
export const channelModes: readonly Channels[] = ['max', 'mean', 'sum', 'keep'];

/** Values `[h, w, c]`, flat, with their channels reduced; `abs` takes absolute values first. */
export function reduceChannels(given: Float32Array, channels: number, mode: Channels, abs: boolean): Float32Array {
  const values = abs ? given.map(Math.abs) : given;
  if (mode === 'keep') return values;
  const out = new Float32Array(values.length / channels);
  const share = mode === 'mean' ? 1 / channels : 1;
  for (let i = 0, at = 0; i < out.length; i++) {
    let kept = 0;
    for (let c = 0; c < channels; c++, at++) {
      if (mode !== 'max') kept += values[at];
      else if (Math.abs(values[at]) > Math.abs(kept)) kept = values[at];
    }
    out[i] = kept * share;
  }
  return out;
}
