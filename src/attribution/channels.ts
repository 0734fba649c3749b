/** How the input's channels become one value a pixel: the one of largest magnitude, their mean, their sum; `'keep'` leaves them. */
export type Channels = 'max' | 'mean' | 'sum' | 'keep';
export const channelModes: readonly Channels[] = ['max', 'mean', 'sum', 'keep'];

/** A gradient `[h, w, c]`, flat, with its channels reduced; `abs` takes absolute values first. */
export function reduceChannels(grad: Float32Array, channels: number, mode: Channels, abs: boolean): Float32Array {
  const values = abs ? grad.map(Math.abs) : grad;
  if (mode === 'keep') return values;
  const out = new Float32Array(values.length / channels);
  for (let i = 0; i < out.length; i++) out[i] = reduce(values.subarray(i * channels, (i + 1) * channels), mode);
  return out;
}

function reduce(values: Float32Array, mode: 'max' | 'mean' | 'sum'): number {
  if (mode === 'max') return values.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
  const sum = values.reduce((total, value) => total + value, 0);
  return mode === 'sum' ? sum : sum / values.length;
}
