/** For JSON: nine digits give every 32-bit value back exactly, and take half the space of its double. */
export const plainNumbers = (values: Float32Array): number[] => Array.from(values, (value) => Number(value.toPrecision(9)));
