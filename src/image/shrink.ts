/** A map of single values, each the mean of the cells it covers. The mean is taken of values, so the colours stay true to the scale. */
export function shrink(values: Float32Array, width: number, height: number, newWidth: number, newHeight: number): Float32Array {
  const result = new Float32Array(newWidth * newHeight);
  for (let y = 0; y < newHeight; y++) {
    const [top, bottom] = span(y, height, newHeight);
    for (let x = 0; x < newWidth; x++) {
      const [left, right] = span(x, width, newWidth);
      let sum = 0;
      for (let row = top; row < bottom; row++) for (let column = left; column < right; column++) sum += values[row * width + column];
      result[y * newWidth + x] = sum / ((bottom - top) * (right - left));
    }
  }
  return result;
}

const span = (at: number, size: number, cells: number): [number, number] => {
  const start = Math.floor((at * size) / cells);
  return [start, Math.max(start + 1, Math.floor(((at + 1) * size) / cells))];
};
