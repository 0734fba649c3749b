import { seedBits, stir } from '../model/stir';
import { type Complex, fourier, inverseFourier } from './fourier';

type Size = readonly [height: number, width: number];

// Each round brings the spectrum nearer to the map's; after three there is little left to gain.
const rounds = 3;

/**
 * The same values in random places, as coarse or fine as they were: waves with the strengths of the map's own (their mean over all directions) and random phases, which then get, by
 * rank, the map's own values, a few times in turn (amplitude adjusted surrogates, Schreiber and Schmitz 1996). A seed gives one pattern, whatever the map's resolution. Where there
 * is no finite value there is none after.
 */
export function surrogate(values: Float32Array, size: Size, seed: number): Float32Array {
  const known = Uint32Array.from(values.keys()).filter((at) => Number.isFinite(values[at]));
  const sorted = Float32Array.from(known, (at) => values[at]).sort();
  const mean = sorted.reduce((sum, value) => sum + value, 0) / (sorted.length || 1);
  const wavesOf = (map: Float32Array): Complex => fourier({ re: Float64Array.from(map, (value) => (Number.isFinite(value) ? value - mean : 0)), im: new Float64Array(map.length) }, size);
  const strengths = strengthsBySize(wavesOf(values), size);
  const random = values.slice();
  let waves = randomWaves(size, seed);
  for (let round = 0; round < rounds; round++) {
    if (round) waves = wavesOf(random);
    const smooth = inverseFourier(withStrengths(waves, strengths), size).re;
    known.sort((a, b) => smooth[a] - smooth[b]).forEach((at, rank) => (random[at] = sorted[rank]));
  }
  return random;
}

/** How often the wave at a place of a spectrum goes up and down along an axis: 0, 1, 2, ..., -2, -1. */
const frequency = (at: number, length: number): number => (at > length / 2 ? at - length : at);

/** Waves of strength 1 whose phases follow from the seed and their frequencies alone. */
function randomWaves([height, width]: Size, seed: number): Complex {
  const start = stir(seedBits(seed) + 1);
  const waves = { re: new Float64Array(height * width), im: new Float64Array(height * width) };
  for (let at = 0; at < waves.re.length; at++) {
    const [y, x] = [frequency(Math.floor(at / width), height), frequency(at % width, width)];
    // A wave and its mirror image have opposite phases, or else the map would not be real.
    const sign = y > 0 || (y === 0 && x > 0) ? 1 : -1;
    const phase = (stir(stir(start + sign * y) + sign * x) / 2 ** 32) * 2 * Math.PI;
    waves.re[at] = Math.cos(phase);
    waves.im[at] = sign * Math.sin(phase);
  }
  return waves;
}

/** The waves' phases, with these strengths. */
function withStrengths({ re, im }: Complex, strengths: Float64Array): Complex {
  const scale = strengths.map((strength, at) => strength / (Math.sqrt(re[at] ** 2 + im[at] ** 2) || 1));
  return { re: re.map((value, at) => value * scale[at]), im: im.map((value, at) => value * scale[at]) };
}

/** How strong waves of each one's length are, in any direction. Along the axes alone, a map's edges would leave a plaid. */
function strengthsBySize({ re, im }: Complex, [height, width]: Size): Float64Array {
  const longer = Math.max(height, width);
  const rings = Uint32Array.from(re, (_, at) => Math.round(longer * Math.hypot(frequency(Math.floor(at / width), height) / height, frequency(at % width, width) / width)));
  const powers = new Float64Array(longer + 1);
  const counts = new Float64Array(longer + 1);
  rings.forEach((ring, at) => {
    powers[ring] += re[at] ** 2 + im[at] ** 2;
    counts[ring]++;
  });
  return Float64Array.from(rings, (ring) => Math.sqrt(powers[ring] / counts[ring]));
}
