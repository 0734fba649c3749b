/** A grid of single values at another size: bilinear, half-pixel centres, held at the edges, as `cl.gradCam` resizes. */
export function enlarge(values: Float32Array, [height, width]: readonly [number, number], [newHeight, newWidth]: readonly [number, number]): Float32Array {
  const across = samples(width, newWidth);
  const down = samples(height, newHeight);
  const result = new Float32Array(newHeight * newWidth);
  down.forEach(({ low: top, high: bottom, part: below }, y) => {
    across.forEach(({ low, high, part }, x) => {
      const upper = values[top * width + low] * (1 - part) + values[top * width + high] * part;
      const lower = values[bottom * width + low] * (1 - part) + values[bottom * width + high] * part;
      result[y * newWidth + x] = upper * (1 - below) + lower * below;
    });
  });
  return result;
}

/** For each new place the two old ones that it lies between, and how far it has come to the second. */
function samples(size: number, newSize: number): { low: number; high: number; part: number }[] {
  return Array.from({ length: newSize }, (_, at) => {
    const place = Math.min(size - 1, Math.max(0, ((at + 0.5) * size) / newSize - 0.5));
    const low = Math.floor(place);
    return { low, high: Math.min(size - 1, low + 1), part: place - low };
  });
}
