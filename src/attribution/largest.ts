/** One value to a pixel: of its channels, the greatest size. */
export function largest(values: Float32Array, channels: number): Float32Array {
  const sizes = new Float32Array(values.length / channels);
  values.forEach((value, at) => {
    const pixel = Math.floor(at / channels);
    sizes[pixel] = Math.max(sizes[pixel], Math.abs(value));
  });
  return sizes;
}
