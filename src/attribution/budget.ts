import type { Graph } from '../model/graph';

/** Bytes that the values of one call may take, beside the model. */
const bytes = 512 * 2 ** 20;
const most = 32;

/** Bytes of one row; a length that is not fixed counts as without end, so that rows go one by one. */
const sizeOf = (shape: readonly (number | null)[]): number => shape.slice(1).reduce<number>((product, size) => product * (size ?? Infinity), 4);

/** How many rows go through the network at once when every value is kept, as for a gradient. */
export const rowsThatFit = (graph: Graph): number => clamp(bytes / graph.shapes.reduce((sum, shape) => sum + sizeOf(shape), 0));

/** The same when only a few values live at a time: a pass forward, or further gradients of the same values. */
export const rowsThatPass = (graph: Graph): number => clamp(bytes / (4 * Math.max(...graph.shapes.map(sizeOf))));

const clamp = (rows: number): number => Math.max(1, Math.min(most, Math.floor(rows)));
