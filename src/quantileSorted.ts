import { quantileSorted as ofList } from 'd3-array';

// d3's types know lists only; the function takes whatever has a length.
const ofSorted = ofList as unknown as (sorted: Float32Array, share: number) => number | undefined;

/** The value that a share of the sorted values lies below, between the two nearest as NumPy has it; NaN where there are no values. */
export const quantileSorted = (sorted: Float32Array, share: number): number => ofSorted(sorted, share) ?? NaN;
