import type { Step } from '../graph';
import type { Span } from '../window/spans';

/** How an output map is read off an input map along one axis. */
export interface Reading {
  /** The input cells that an output cell reads. Some may lie in the padding; a transposed convolution may read none. */
  cells(output: number): Span;
  /** How many input cells apart two neighbours read; null where each reads the whole map. */
  stride: number | null;
  /** Of these cells only every so manyth is read, in a dilated convolution; 1 unless told. */
  dilation?: number;
}

/** Rows and columns of a map. */
export type Grid = readonly [rows: number, columns: number];

const sliding = (reach: number, stride: number, before: number, dilation = 1): Reading => ({
  cells: (at) => ({ start: at * stride - before, end: at * stride - before + reach }),
  stride,
  dilation,
});

const same = sliding(1, 1, 0);

/** Every cell reads all of a map. */
export const whole = (size: number): Reading => ({ cells: () => ({ start: 0, end: size }), stride: null });

type Config = Record<string, unknown>;

/** Layers that no sliding window describes; undefined for a configuration that is not known. */
const others: Record<string, (config: Config, axis: 0 | 1) => Reading | undefined> = {
  UpSampling2D: ({ size, interpolation }, axis) => {
    const factor = (size as number[])[axis];
    // Bilinear, as TensorFlow.js has it: a cell lies at `at / factor`, between two input cells unless it hits one.
    const reach = (at: number): number => (interpolation === 'bilinear' && at % factor ? 2 : 1);
    return { cells: (at) => ({ start: Math.floor(at / factor), end: Math.floor(at / factor) + reach(at) }), stride: 1 / factor };
  },
  Conv2DTranspose: ({ kernelSize, strides, padding }, axis) => {
    const kernel = (kernelSize as number[])[axis];
    const stride = (strides as number[])[axis];
    const before = padding === 'same' ? Math.max(0, kernel - stride) >> 1 : 0;
    return { cells: (at) => ({ start: Math.ceil((at + before - kernel + 1) / stride), end: Math.floor((at + before) / stride) + 1 }), stride: 1 / stride };
  },
  Cropping2D: ({ cropping }, axis) => sliding(1, 1, -(cropping as number[][])[axis][0]),
  LayerNormalization: ({ axis }) => (['-1', '3'].includes(String(axis)) ? same : undefined),
  // On a map, a dense layer works on each cell by itself.
  Dense: () => same,
};

/**
 * How a step makes its output map from an input map, over rows and over columns. A layer whose geometry is not known is taken to
 * read the whole map, so that nothing which a cell depends on is left out.
 */
export function readingsOf({ op, kind, source }: Step, input: Grid, output: Grid): [Reading, Reading] {
  const slides = op.window?.slides([...input]);
  const config = source.getConfig() as Config;
  const dilation = config.dilationRate as number[] | undefined;
  const along = (axis: 0 | 1): Reading => {
    const other = config.dataFormat === 'channelsFirst' ? undefined : others[kind]?.(config, axis);
    // One cell beside larger maps serves all of their cells, as the gate of a squeeze-and-excite block.
    if (input[axis] === 1 && output[axis] > 1) return other ?? whole(1);
    if (!slides) return other ?? whole(input[axis]);
    const { reach, stride, before } = slides[axis];
    return sliding(reach, stride, before, reach > 1 ? dilation?.[axis] : 1);
  };
  return [along(0), along(1)];
}
