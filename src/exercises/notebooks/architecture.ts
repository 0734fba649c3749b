import { type Exercises, notYet, right } from '../exercise';
import { amount, judged } from '../judges';

interface Sliding {
  kernel: number;
  stride: number;
  dilation: number;
}

/** The side of the receptive field of the last of some layers. `jump`: whether the steps grow with the strides, and when. */
function fieldOf(stack: readonly Sliding[], { from = 1, dilated = true, jump = 'after' }: { from?: number; dilated?: boolean; jump?: 'after' | 'before' | 'never' } = {}): number {
  let [field, step] = [from, 1];
  for (const { kernel, stride, dilation } of stack) {
    if (jump === 'before') step *= stride;
    field += (kernel - 1) * (dilated ? dilation : 1) * step;
    if (jump === 'after') step *= stride;
  }
  return field;
}

const layer = (kernel: number, stride = 1, dilation = 1): Sliding => ({ kernel, stride, dilation });
const stacks: readonly { of: string; layers: Sliding[] }[] = [
  { of: 'one 3 x 3 convolution', layers: [layer(3)] },
  { of: 'two 3 x 3 convolutions', layers: [layer(3), layer(3)] },
  { of: 'a 2 x 2 pooling of stride 2 and a 3 x 3 convolution', layers: [layer(2, 2), layer(3)] },
  { of: 'a 3 x 3 convolution of dilation 2', layers: [layer(3, 1, 2)] },
  { of: 'a 3 x 3 convolution of stride 2 and one of dilation 4', layers: [layer(3, 2), layer(3, 1, 4)] },
];
const slips: readonly { of: (layers: readonly Sliding[]) => number; hint: string }[] = [
  { of: (layers) => fieldOf(layers, { from: 0 }), hint: 'It is one too small: before the first layer a cell is a pixel, and sees itself.' },
  { of: (layers) => fieldOf(layers, { jump: 'before' }), hint: 'Look at the order: a layer’s own stride lengthens the steps of the layers after it, not its own.' },
  { of: (layers) => fieldOf(layers, { jump: 'never' }), hint: 'What became of the strides? After a stride of 2, two neighbouring cells lie 2 pixels apart.' },
  { of: (layers) => fieldOf(layers, { dilated: false }), hint: 'What became of the dilation? With gaps of d, a kernel reaches further than its k cells side by side.' },
  { of: (layers) => layers.reduce(([field, step], { kernel, stride, dilation }) => [field + (kernel * dilation - 1) * step, step * stride], [1, 1])[0], hint: 'A kernel of 3 has two gaps between its three cells: from the first to the last it is (k − 1) d steps, not k d − 1.' },
];

export const architecture = {
  1: {
    asks: 'How many parameters does block3_conv1 of VGG16 have?',
    judge: amount({
      is: 3 * 3 * 128 * 256 + 256,
      because: '3 × 3 weights on each of 128 channels, 256 times, and 256 biases.',
      mistakes: [
        { gives: 3 * 3 * 128 * 256, hint: 'Those are its weights. Each filter has one more number, which is added at the end.' },
        { gives: 3 * 3 * 256 * 256 + 256, hint: 'That is block3_conv2. How many channels does block3_conv1 read?' },
        { gives: 3 * 3 * 256 * 256, hint: 'How many channels does block3_conv1 read? And what does a filter have besides its weights?' },
        { gives: 3 * 3 * 256 + 256, hint: 'A filter looks at every channel that comes in, with weights of its own for each.' },
        { gives: 128 * 256 + 256, hint: 'That would be a kernel of 1 × 1. What is the kernel of VGG16’s convolutions?' },
        { gives: 3 * 128 * 256 + 256, hint: 'A kernel has k rows and k columns.' },
        { gives: 3 * 3 * 128 * 256 + 128, hint: 'Nearly: is there a bias for each channel that comes in, or for each that goes out?' },
      ],
      low: 'It is more. Put k, the channels that come in and those that go out into the formula of a convolution.',
      high: 'It is less. The size of the picture does not come into it: the same kernel is used at every place.',
    }),
  },
  2: {
    asks: 'How many parameters does fc1 of VGG16 have, built for pictures of 448 × 448?',
    judge: amount({
      is: 14 * 14 * 512 * 4096 + 4096,
      because: 'Five poolings leave 14 × 14 cells of 512 channels; each of 4096 units has a weight for all 100,352 of them, and a bias.',
      mistakes: [
        { gives: 7 * 7 * 512 * 4096 + 4096, hint: 'That is fc1 for 224 × 224. What does block5_pool put out when the picture is twice as large?' },
        { gives: 4 * (7 * 7 * 512 * 4096 + 4096), hint: 'The weights do become four times as many. And the biases: one for each unit?' },
        { gives: 2 * (7 * 7 * 512 * 4096 + 4096), hint: 'The sides of the grid are twice as long. How many cells are that?' },
        { gives: 14 * 7 * 512 * 4096 + 4096, hint: 'Both sides of the grid are twice as long.' },
        { gives: 14 * 14 * 512 * 4096, hint: 'Those are the weights. One kind of parameter is missing.' },
      ],
      low: 'It is more. How many numbers does flatten give for a picture of 448 × 448?',
      high: 'It is less. Halve 448 once for each of the five poolings; that is the side of the grid before flatten.',
    }),
  },
  3: {
    asks: 'Which function gives the side of the receptive field of a stack of layers with kernels, strides and dilations?',
    judge: judged<(layers: Sliding[]) => unknown>('a function', (answer) => {
      const found: unknown[] = [];
      for (const { of, layers } of stacks) {
        try {
          found.push(answer(layers.map((each) => ({ ...each }))));
        } catch (error) {
          return notYet(`For ${of} the function throws: ${(error as Error).message}`);
        }
        if (typeof found.at(-1) !== 'number' || Number.isNaN(found.at(-1))) return notYet(`For ${of} the function gives ${String(found.at(-1))}, and not a number: is there a return, and are the names kernel, stride and dilation?`);
      }
      const wrong = stacks.findIndex(({ layers }, at) => found[at] !== fieldOf(layers));
      if (wrong < 0) return right('a kernel spans (k − 1) d steps, each as long as the jump before its layer.');
      const slip = slips.find(({ of }) => stacks.every(({ layers }, at) => of(layers) === found[at]));
      return notYet(slip?.hint ?? `For ${stacks[wrong].of} the function gives ${String(found[wrong])}. Draw it on squared paper, one row for each layer.`);
    }),
  },
} satisfies Exercises;
