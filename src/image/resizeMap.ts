/** How a grid of single values is brought to another size: `'bilinear'` (half-pixel centres), `'corners'` (bilinear, corner on corner), `'nearest'`. */
export type MapResize = 'bilinear' | 'corners' | 'nearest';

/** A grid of single values at another size, `[height, width]`, as the class activation maps are resized. */
export function resizeMap(values: Float32Array, [height, width]: readonly [number, number], [newHeight, newWidth]: readonly [number, number], way: MapResize = 'bilinear'): Float32Array {
  if (height === newHeight && width === newWidth) return values;
  const down = samples(height, newHeight, way);
  const across = samples(width, newWidth, way);
  const result = new Float32Array(newHeight * newWidth);
  down.forEach(({ low: upper, high: lower, part: below }, y) => {
    across.forEach(({ low, high, part }, x) => {
      const top = mix(values[upper * width + low], values[upper * width + high], part);
      const bottom = mix(values[lower * width + low], values[lower * width + high], part);
      result[y * newWidth + x] = mix(top, bottom, below);
    });
  });
  return result;
}

/** For each new place the two old ones that it lies between, and how far it has come to the second. */
function samples(size: number, newSize: number, way: MapResize): { low: number; high: number; part: number }[] {
  return Array.from({ length: newSize }, (_, at) => {
    const place = Math.min(size - 1, Math.max(0, placeOf(at, size, newSize, way)));
    const low = Math.floor(place);
    return { low, high: Math.min(size - 1, low + 1), part: place - low };
  });
}

function placeOf(at: number, size: number, newSize: number, way: MapResize): number {
  if (way === 'nearest') return Math.floor((at * size) / newSize);
  if (way === 'corners') return newSize > 1 ? (at * (size - 1)) / (newSize - 1) : 0;
  return ((at + 0.5) * size) / newSize - 0.5;
}

const mix = (a: number, b: number, part: number): number => a + (b - a) * part;
