import { between, oneOf } from '../check';
import type { Pixels } from '../image/canvas';
import { resample } from '../image/resample';
import { luminance } from './luminance';
import { frameOf } from './mapPanel';
import { percent } from './numbers';
import type { Panel } from './sheet';
import { singleChannel, type Shown } from './shown';
import { strongest } from './strongest';

/** Options of `mask`. */
export interface MaskOptions {
  /** The share of the image, 0 to 1, that stays visible: where the evidence is strongest. Default 0.2. */
  keep?: number;
  /** Keeps the pixels with at least this value, in the map's unit, instead of a share of them. */
  threshold?: number;
  /** What becomes of the rest: `'dark'` (default), `'blur'` or `'grey'`. */
  rest?: 'dark' | 'blur' | 'grey';
  /** Length of the longer side in CSS pixels. Default 336. */
  size?: number;
}

/** The picture alone, and what it shows in words. */
export function maskPanel(shown: Shown, options: MaskOptions): { panel: Panel; told: string; notes: string[] } {
  const map = singleChannel(shown);
  const rest = oneOf('rest', options.rest ?? 'dark', ['dark', 'blur', 'grey']);
  const keep = between('keep', options.keep ?? 0.2, 0, 1);
  const { threshold } = options;
  const visible = threshold === undefined ? strongest(map.values, keep) : Uint8Array.from(map.values, (value) => (value > 0 && value >= threshold ? 1 : 0));
  const share = visible.reduce((sum, each) => sum + each, 0) / visible.length;
  const frame = frameOf(map, options.size);
  return {
    panel: { ...frame, pixels: cut(map, visible, rest), look: 'smooth' },
    told: toldOf(map.values, share).replace(/ /g, '\u00a0'),
    notes: share ? [] : ['no value is positive and strong enough: nothing stays visible'],
  };
}

/** What a mask shows, in words. */
export const maskTold = (map: Shown, options: MaskOptions): string => maskPanel(map, options).told;

/** A map may have less to show than the share asked for. */
function toldOf(values: Float32Array, share: number): string {
  const all = values.filter((value) => value > 0).length / values.length;
  return share && share === all ? `visible: all that speaks for it, ${percent(share)} of the image` : `visible: the strongest ${percent(share)} of the image`;
}

function cut({ image, shape }: Shown, visible: Uint8Array, rest: 'dark' | 'blur' | 'grey'): Pixels {
  const { width, height } = image;
  const soft = rest === 'blur' ? blurred(image) : image.data;
  const data = new Uint8ClampedArray(image.data);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (visible[Math.floor((y * shape[0]) / height) * shape[1] + Math.floor((x * shape[1]) / width)]) continue;
      const at = (y * width + x) * 4;
      const grey = luminance(data[at], data[at + 1], data[at + 2]);
      for (let channel = at; channel < at + 3; channel++) data[channel] = rest === 'dark' ? data[channel] * 0.12 : rest === 'grey' ? 150 + grey * 0.35 : soft[channel];
    }
  }
  return { width, height, data };
}

/** Shrunk to a sixteenth and enlarged again: colours and light stay, shapes go. */
function blurred(image: Pixels): Uint8ClampedArray {
  const whole = { x: 0, y: 0, width: image.width, height: image.height };
  const small = resample(image, whole, Math.max(1, Math.round(image.width / 16)), Math.max(1, Math.round(image.height / 16)));
  return resample(small, { x: 0, y: 0, width: small.width, height: small.height }, image.width, image.height).data;
}
