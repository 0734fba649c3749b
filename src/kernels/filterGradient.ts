import * as tf from '@tensorflow/tfjs';

interface Attributes {
  strides: number | [number, number];
  pad: 'same' | 'valid' | number;
  filterShape: [number, number, number, number];
}

/**
 * What wasm lacks for the training of convolutions: the gradient with respect to a kernel. It is a convolution too: of the inputs, images in the place of
 * channels, with the gradients as one large kernel.
 */
function filterGradient({ inputs, attrs, backend }: Parameters<tf.KernelFunc>[0]): tf.TensorInfo {
  const { strides, pad, filterShape } = attrs as unknown as Attributes;
  const [x, dy] = [inputs.x as tf.TensorInfo, inputs.dy as tf.TensorInfo];
  const [images, height, width, channels] = x.shape;
  const { padInfo, strideHeight, strideWidth } = tf.backend_util.computeConv2DInfo(x.shape as never, filterShape, strides, 1, pad);
  const [rows, columns, units] = dy.shape.slice(1);
  const wasm = backend as unknown as { readSync(id: object): Float32Array; write(values: Float32Array, shape: number[], type: 'float32'): object };
  // The parts of the padded input that meet the kernel: what lies beyond them is cut off.
  const [tall, wide] = [(rows - 1) * strideHeight + filterShape[0], (columns - 1) * strideWidth + filterShape[1]];

  const from = wasm.readSync(x.dataId);
  const turned = new Float32Array(channels * tall * wide * images);
  for (let row = 0; row < Math.min(height, tall - padInfo.top); row++) {
    for (let column = 0; column < Math.min(width, wide - padInfo.left); column++) {
      const to = ((row + padInfo.top) * wide + column + padInfo.left) * images;
      for (let image = 0; image < images; image++) {
        const at = ((image * height + row) * width + column) * channels;
        for (let channel = 0; channel < channels; channel++) turned[channel * tall * wide * images + to + image] = from[at + channel];
      }
    }
  }
  const grads = wasm.readSync(dy.dataId);
  const kernel = new Float32Array(grads.length);
  for (let image = 0; image < images; image++) {
    for (let cell = 0; cell < rows * columns; cell++) {
      const at = (image * rows * columns + cell) * units;
      const to = (cell * images + image) * units;
      for (let unit = 0; unit < units; unit++) kernel[to + unit] = grads[at + unit];
    }
  }
  const found = tf.tidy(() => {
    const result = tf.conv2d(tf.tensor4d(turned, [channels, tall, wide, images]), tf.tensor4d(kernel, [rows, columns, images, units]), 1, 'valid', 'NHWC', [strideHeight, strideWidth]);
    return result.dataSync() as Float32Array;
  }) as unknown as Float32Array;
  // [channels, kernel, kernel, units] to [kernel, kernel, channels, units].
  const cells = filterShape[0] * filterShape[1];
  const values = new Float32Array(found.length);
  for (let channel = 0; channel < channels; channel++) {
    for (let cell = 0; cell < cells; cell++) values.set(found.subarray((channel * cells + cell) * units, (channel * cells + cell + 1) * units), (cell * channels + channel) * units);
  }
  return { dataId: wasm.write(values, filterShape, 'float32'), shape: filterShape, dtype: 'float32' } as tf.TensorInfo;
}

if (!tf.getKernel('Conv2DBackpropFilter', 'wasm')) tf.registerKernel({ kernelName: 'Conv2DBackpropFilter', backendName: 'wasm', kernelFunc: filterGradient });
