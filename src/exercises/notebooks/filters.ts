import { type Exercises, notYet, right } from '../exercise';
import { amount, choice, judged } from '../judges';

// Of 1 x 1, of 2 x 2 and of 3 x 3 places; no two readings of one of them give the same sums.
const kernels = [1, 4, 9].map((places) => Float32Array.from({ length: places * 3 }, (_, i) => ((i * i * 7 + i * 3) % 11) - 4));
const sumsBy = (kernel: ArrayLike<number>, colour: (i: number, length: number) => number): number[] => {
  const sums = [0, 0, 0];
  for (let i = 0; i < kernel.length; i++) sums[colour(i, kernel.length)] += kernel[i];
  return sums;
};
const wanted = (kernel: ArrayLike<number>): number[] => sumsBy(kernel, (i) => i % 3);

const slips: readonly { of: (kernel: ArrayLike<number>) => number[]; hint: string }[] = [
  { of: (kernel) => sumsBy(kernel, (i, length) => Math.floor((3 * i) / length)), hint: 'You take the first third of the numbers for the first colour. The colours run fastest: one after the other at every place.' },
  { of: (kernel) => wanted(kernel).map((sum) => (3 * sum) / kernel.length), hint: 'Those are means. The question is for the sums.' },
  { of: (kernel) => wanted(Array.from(kernel, Math.abs)), hint: 'Keep the signs: it is the bright and the dark side cancelling that makes an edge filter blind to flat patches.' },
  { of: (kernel) => wanted(kernel).map(Math.abs), hint: 'Keep the sign of each sum: it tells for or against a colour.' },
  { of: (kernel) => wanted(kernel).reverse(), hint: 'The right three numbers in reverse: give the colours in the order in which the kernel has them.' },
];

export const filters = {
  1: {
    asks: 'How many weights does one filter of block2_conv1 of vgg-tiny have, without its bias?',
    judge: amount({
      is: 3 * 3 * 16,
      because: 'a filter has 3 × 3 weights on each of the 16 channels that it reads.',
      mistakes: [
        { gives: 9, hint: 'That is one tile. A filter is a whole row of the picture.' },
        { gives: 27, hint: 'That is a filter of the first layer, which reads three colours. How many channels does this one read?' },
        { gives: 16, hint: 'That is how many channels it reads. How many weights has it on each?' },
        { gives: 145, hint: 'The bias is not asked for.' },
        { gives: 288, hint: 'Has this filter 32 tiles? 32 is how many filters the layer has.' },
        { gives: 4608, hint: 'Those are the weights of all 32 filters together.' },
        { gives: 4640, hint: 'Those are all the parameters of the layer.' },
      ],
      low: 'It is more. Count the tiles in a row, and the weights in a tile.',
      high: 'It is less. Count the tiles in a row, and the weights in a tile.',
    }),
  },
  2: {
    asks: 'A flat patch of which colour excites a filter of VGG16 with +1, +1 and −1 on its three input channels most?',
    judge: choice({
      is: 'cyan',
      because: 'VGG16 reads blue, green, red: it wants much blue, much green and no red.',
      hints: {
        yellow: 'That is right for a network that reads red, green, blue. In which order does VGG16 read its colours?',
        red: 'Which of the three channels has the weight −1, and which colour is that in VGG16?',
        blue: 'Blue has the weight +1. Is it the only one?',
        green: 'Green has the weight +1. Is it the only one?',
        magenta: 'Magenta is red and blue. Which two channels have the weight +1?',
        white: 'White has all three colours, and one of them counts against it.',
        black: 'Black has nothing of the two colours that this filter likes.',
      },
    }),
  },
  3: {
    asks: 'Which function gives the sum of the weights of a kernel for each of the three colours?',
    judge: judged<(kernel: ArrayLike<number>) => unknown>('a function', (answer) => {
      const found: number[][] = [];
      for (const kernel of kernels) {
        let sums: unknown;
        try {
          sums = answer(kernel.slice());
        } catch (error) {
          return notYet(`For a kernel of ${kernel.length} numbers the function throws: ${(error as Error).message}`);
        }
        const list = Array.isArray(sums) || ArrayBuffer.isView(sums) ? Array.from(sums as ArrayLike<unknown>) : undefined;
        if (!list || list.length !== 3 || !list.every((sum) => typeof sum === 'number')) return notYet('The function should give a list of three numbers, one for each colour: is there a return?');
        if (list.some(Number.isNaN)) return notYet(`For a kernel of ${kernel.length} numbers the function gives NaN: does it read past the end? A kernel may have any number of places.`);
        found.push(list as number[]);
      }
      const gives = (rule: (kernel: ArrayLike<number>) => number[]): boolean => kernels.every((kernel, at) => rule(kernel).every((sum, colour) => Math.abs(sum - found[at][colour]) < 1e-4));
      if (gives(wanted)) return right('every third weight belongs to one colour, whatever the size of the kernel.');
      return notYet(slips.find(({ of }) => gives(of))?.hint ?? `For the kernel [${[...kernels[0]].join(', ')}] of one place it gives [${found[0].join(', ')}]; and for four places? Weight i belongs to colour i % 3.`);
    }),
  },
} satisfies Exercises;
