declare module 'gifenc' {
  /** The best palette of at most `count` colours. */
  export function quantize(rgba: Uint8Array | Uint8ClampedArray, count: number): number[][];
  /** The place in the palette that is nearest to each pixel. */
  export function applyPalette(rgba: Uint8Array | Uint8ClampedArray, palette: number[][]): Uint8Array;
}
