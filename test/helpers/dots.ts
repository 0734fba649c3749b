import { Image } from '../../src/image/image';

/** A grey image of 3 x 3 from its nine values, for the arithmetic model. */
export const nine = (values: readonly number[], name = 'nine'): Image => new Image(3, 3, Uint8ClampedArray.from({ length: 36 }, (_, at) => (at % 4 === 3 ? 255 : values[Math.floor(at / 4)])), name);

/** One of 3 x 3 that is dark but for one pixel. */
export const dot = (row: number, column: number, value: number, name = `dot ${row} ${column} ${value}`): Image => nine(Array.from({ length: 9 }, (_, at) => (at === row * 3 + column ? value : 0)), name);
