/**
 * Opaque pixels of a gradient with three channels, as the papers show it: mean at mid grey,
 * a tenth of the range to a standard deviation, clipped. All the same: mid grey.
 */
export function deprocess(values: Float32Array, order: 'rgb' | 'bgr' = 'rgb'): Uint8ClampedArray {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  const pixels = new Uint8ClampedArray((values.length / 3) * 4).fill(255);
  for (let at = 0; at < values.length; at++) {
    const position = 0.5 + (0.1 * (values[at] - mean)) / (deviation + 1e-5);
    // 43 even shades, mid grey among them: the eye sees no difference in such a grain, and the file halves.
    const channel = order === 'bgr' ? 2 - (at % 3) : at % 3;
    pixels[Math.floor(at / 3) * 4 + channel] = Math.round(position * 42) * (255 / 42);
  }
  return pixels;
}
