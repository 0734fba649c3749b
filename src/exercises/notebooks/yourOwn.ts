import { type Exercises, notYet, right } from '../exercise';
import { amount, choice, judged } from '../judges';

type Pixel = readonly number[];

const pixels: readonly Pixel[] = [[255, 0, 0], [0, 128, 255], [60, 200, 120]];
const wanted = ([red, green, blue]: Pixel): number[] => [blue, green, red].map((value) => (value / 255 - 0.5) / 0.25);

const slips: readonly { of: (pixel: Pixel) => number[]; hint: string }[] = [
  { of: (pixel) => wanted(pixel).reverse(), hint: 'The numbers are right and their order is not: which colour does this network want first?' },
  { of: ([r, g, b]) => [b, g, r].map((value) => (value - 0.5) / 0.25), hint: 'The pixels run to 255 and the 0.5 is meant for numbers from 0 to 1: a step is missing.' },
  { of: ([r, g, b]) => [r, g, b].map((value) => (value - 0.5) / 0.25), hint: 'Two things are missing: the order of the colours, and bringing the pixels to 0 to 1.' },
  { of: ([r, g, b]) => [b, g, r].map((value) => value / 255 - 0.5 / 0.25), hint: 'Division comes before subtraction unless there are brackets.' },
  { of: ([r, g, b]) => [b, g, r].map((value) => value / 255 / 0.25 - 0.5), hint: 'First minus 0.5, then divided by 0.25: the other way round it is something else.' },
  { of: ([r, g, b]) => [b, g, r].map((value) => value / 255 - 0.5), hint: 'The last step, divided by 0.25, is missing.' },
  { of: ([r, g, b]) => [b, g, r].map((value) => (value / 255 - 0.5) * 0.25), hint: 'Divided by 0.25, not multiplied.' },
];

export const yourOwn = {
  1: {
    asks: 'What does a network with the preprocessing torch get for the value 200 of the red channel?',
    judge: amount({
      is: (200 - 123.675) / 58.395,
      within: 0.005,
      because: '200 minus the mean of red, 123.675, over its deviation, 58.395.',
      mistakes: [
        { gives: 200 / 255, hint: 'That is 0-1. Torch also subtracts a mean and divides by a deviation.' },
        { gives: (200 - 127.5) / 127.5, hint: 'That is tf. Look at the row of torch.' },
        { gives: (200 - 103.53) / 57.375, hint: 'That is blue. In torch’s order red comes first.' },
        { gives: 200 / 255 - 0.485, hint: 'The mean is off. What about the deviation?' },
        { gives: 200 - 123.675, hint: 'The mean is off. What about the deviation?' },
        { gives: (200 - 0.485) / 0.229, hint: '0.485 and 0.229 are for pixels from 0 to 1, and yours run to 255.' },
        { gives: 200 - 123.675 / 58.395, hint: 'Division comes before subtraction unless there are brackets.' },
      ],
      low: 'It is more. Put the row of torch into (p − μ) / s.',
      high: 'It is less. Put the row of torch into (p − μ) / s.',
    }),
  },
  2: {
    asks: 'What is wrong when the probability and the map are those of Python, and the name is another?',
    judge: choice({
      is: 'labels',
      because: 'the same probability to three digits says that all numbers are right; only the list of names is left.',
      hints: {
        preprocessing: 'With other numbers at its input, would the network give the same probability to three digits?',
        'channel order': 'With red and blue exchanged, would the network give the same probability to three digits?',
        crop: 'With another part of the photograph, would the network give the same probability to three digits?',
        weights: 'With other weights, would the network give the same probability to three digits?',
        softmax: 'The probabilities agree. So is something wrong before them, or after?',
      },
    }),
  },
  3: {
    asks: 'Which function gives what a network gets for a pixel: blue, green, red, divided by 255, minus 0.5, divided by 0.25?',
    judge: judged<(pixel: number[]) => unknown>('a function', (answer) => {
      const found: number[][] = [];
      for (const pixel of pixels) {
        let made: unknown;
        try {
          made = answer([...pixel]);
        } catch (error) {
          return notYet(`For the pixel [${pixel.join(', ')}] the function throws: ${(error as Error).message}. It takes one list of three numbers.`);
        }
        if (!Array.isArray(made) || made.length !== 3 || !made.every((value) => typeof value === 'number' && !Number.isNaN(value))) {
          return notYet('The function should give a list of three numbers. Is there a return, and does it take one list, [red, green, blue]?');
        }
        found.push(made as number[]);
      }
      const gives = (rule: (pixel: Pixel) => number[]): boolean => pixels.every((pixel, at) => rule(pixel).every((value, i) => Math.abs(value - found[at][i]) < 1e-4));
      if (gives(wanted)) return right('black becomes −2 and white 2, blue first.');
      return notYet(slips.find(({ of }) => gives(of))?.hint ?? `Pure red, [255, 0, 0], gives [${found[0].map((value) => value.toFixed(2)).join(', ')}]. What should its brightest colour give, (255 / 255 − 0.5) / 0.25, and at which place?`);
    }),
  },
} satisfies Exercises;
