import type { LayerOutputs } from '../../index';
import { type Exercises, type Given, notYet, right } from '../exercise';
import { amount, judged } from '../judges';

export const layerOutputs = {
  1: {
    asks: 'How many times fewer cells does the last of these layers have than the first?',
    needs: ['outputs'],
    judge: amount({
      is: (given) => fall(given, ([height, width]) => height * width),
      within: 0.5,
      because: 'Each halving of the sides leaves a quarter of the cells.',
      mistakes: [
        { gives: (given) => fall(given, ([height]) => height), hint: 'That is how many times shorter the side is. A cell has a row and a column.' },
        { gives: (given) => fall(given, (shape) => shape.reduce((a, b) => a * b)), hint: 'That compares all the numbers, the channels among them. Leave the channels out: cells are rows times columns.' },
        { gives: (given) => 1 / fall(given, ([height, width]) => height * width), hint: 'The other way round: the first layer has more cells, so the answer is above 1.' },
        { gives: (given) => fall(given, (shape) => 1 / shape[2]), hint: 'That is how the channels grow. The question is about cells, rows times columns.' },
      ],
      low: 'More than that. The table has the cells of each layer: divide the first by the last.',
      high: 'Less than that. The table has the cells of each layer: divide the first by the last.',
    }),
  },
  2: {
    asks: 'What is G12, the mean over positions of F1 times F2, for the two rows read backwards?',
    judge: amount({
      is: 1,
      because: 'Read backwards it is the same sum in another order: a Gram matrix does not notice.',
      mistakes: [
        { gives: 4, hint: 'That is the sum over the positions. Here G is the mean: divide by how many there are.' },
        { gives: 1.5, hint: 'That is the mean of one row times the mean of the other. Multiply position by position first, and take the mean then.' },
        { gives: -0.5, hint: 'That is the covariance: the means were taken off. The Gram matrix leaves them in.' },
        { gives: 2, hint: 'Were both rows read backwards? It seems that only one of them was.' },
        { gives: 8, hint: 'Were both rows read backwards? It seems that only one of them was; and G is the mean over the positions, not the sum.' },
      ],
      low: 'More than that. Multiply the two numbers at each position, add the four products, divide by four.',
      high: 'Less than that. Multiply the two numbers at each position, add the four products, divide by four.',
    }),
  },
  3: {
    asks: 'Can you write a function (values, channels) that gives the Gram matrix, row by row, with the mean over positions?',
    judge: judged<(values: Float32Array, channels: number) => unknown>('a function', (gram) => {
      const found = gram(Float32Array.from(three.values), three.channels);
      const matrix = rowOf(found);
      if (!matrix) return notYet('It should give back a list of channels times channels numbers, row by row.');
      const size = three.channels ** 2;
      if (matrix.length !== size) return notYet(`For ${three.channels} channels it gives ${matrix.length} numbers, and should give ${three.channels} times ${three.channels}.`);
      if (!matrix.every(Number.isFinite)) return notYet('Some of the numbers are NaN or infinite: is something read past the end, or divided by 0?');
      const wanted = gramOf(three.values, three.channels);
      const alike = (other: readonly number[]): boolean => matrix.every((value, at) => Math.abs(value - other[at]) < 1e-4);
      if (alike(wanted)) {
        const two = rowOf(gram(Float32Array.from([1, 2, 3, 4]), 2));
        return two && gramOf([1, 2, 3, 4], 2).every((value, at) => Math.abs(value - two[at]) < 1e-4) ? right('The position is summed away, and pairs of channels are left.') : notYet('It is right for three channels, and not for two: does it use its second argument everywhere?');
      }
      const positions = three.values.length / three.channels;
      if (alike(wanted.map((value) => value * positions))) return notYet('Those are the sums over the positions. Divide by how many positions there are.');
      if (alike(wanted.map((value) => (value * positions) / three.values.length)) || alike(wanted.map((value) => (value * positions) / three.channels))) return notYet('It is a sum over the positions, divided by the wrong number: M counts positions, values.length / channels of them.');
      if (alike(gramOf(turned(three), three.channels))) return notYet('The channels come last: the numbers of one position lie side by side, so channel i of position k is at k * channels + i.');
      if (wanted.every((value, at) => at % (three.channels + 1) || Math.abs(value - matrix[at]) < 1e-4)) return notYet('The diagonal is right, where a channel meets itself. Now each channel with each other one.');
      return notYet('Not these numbers. For each pair of channels i and j: go through the positions k, add up values[k * channels + i] * values[k * channels + j], and divide by the number of positions.');
    }),
  },
} satisfies Exercises;

/** How many times less there is of something in the last layer than in the first. */
function fall({ outputs }: Given, of: (shape: readonly number[]) => number): number {
  const { items } = outputs as LayerOutputs;
  return of(items[0].shape) / of(items[items.length - 1].shape);
}

/** Five positions of three channels. */
const three = { values: [1, 0, 2, 3, 1, 0, 0, 2, 1, 2, 2, 5, 1, 0, 4], channels: 3 };

function gramOf(values: readonly number[], channels: number): number[] {
  const positions = values.length / channels;
  return Array.from({ length: channels ** 2 }, (_, at) => {
    const [i, j] = [Math.floor(at / channels), at % channels];
    let sum = 0;
    for (let k = 0; k < positions; k++) sum += values[k * channels + i] * values[k * channels + j];
    return sum / positions;
  });
}

/** The same numbers read as if the positions came last. */
function turned({ values, channels }: typeof three): number[] {
  const positions = values.length / channels;
  return Array.from({ length: values.length }, (_, at) => values[(at % channels) * positions + Math.floor(at / channels)]);
}

function rowOf(answer: unknown): number[] | undefined {
  if (!Array.isArray(answer) && !ArrayBuffer.isView(answer)) return undefined;
  const list = Array.from(answer as ArrayLike<unknown>).flat(2) as number[];
  return list.every((value) => typeof value === 'number') ? list : undefined;
}
