export interface Size {
  width: number;
  height: number;
}

/** Where things stand that are placed from left to right, and in a new line where there is no more room; and the size of the whole. */
export function arrange(sizes: readonly Size[], room: number, gap: number, lineGap: number): Size & { places: { x: number; y: number }[] } {
  let [x, y, bottom, right] = [0, 0, 0, 0];
  const places = sizes.map(({ width, height }) => {
    if (x > 0 && x + width > room) [x, y] = [0, bottom + lineGap];
    const place = { x, y };
    x += width + gap;
    right = Math.max(right, place.x + width);
    bottom = Math.max(bottom, y + height);
    return place;
  });
  return { places, width: right, height: bottom };
}
