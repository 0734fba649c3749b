import type { ActivationAtlas, AtlasCell } from '../../index';
import { type Exercises, type Given, type Judgement, notYet, right } from '../exercise';
import { amount, judged } from '../judges';

export const activationAtlas = {
  1: {
    asks: 'How many numbers go into the layout of an atlas of 1,000 images, four places of each, in a layer of 14 x 14 places and 512 channels?',
    judge: amount({
      is: 1000 * 4 * 512,
      because: '4,000 activation vectors of 512 numbers each; how many places the layer has in all does not matter.',
      mistakes: [
        { gives: 4000, hint: 'That is how many vectors there are. How many numbers has each?' },
        { gives: 1000 * 512, hint: 'Several places of each image are taken.' },
        { gives: 1000 * 14 * 14 * 512, hint: 'That would be all places of the layer. How many of each image are taken?' },
        { gives: 1000 * 14 * 14, hint: 'Not all places are taken, and each has more than one number.' },
        { gives: 1000 * 4 * 14 * 14 * 512, hint: 'The four places are some of the 14 x 14; they are not multiplied with them.' },
        { gives: 4000 * 2, hint: 'That is what comes out of the layout: two numbers a point. What goes in?' },
        { gives: 4 * 512, hint: 'That is one image.' },
      ],
      low: 'There are more. How many vectors are taken in all, and how many numbers has one?',
      high: 'There are fewer. How many vectors are taken in all, and how many numbers has one?',
    }),
  },
  2: {
    asks: 'How much does the cell speak for cat?',
    judge: amount({
      is: 0.5,
      within: 0.005,
      because: 'The members give 1.25, 2.75 and -2.5; the cell is their mean.',
      mistakes: [
        { gives: 1.5, hint: 'That is the sum over the members. The cell is their mean.' },
        { gives: 13 / 6, hint: 'The third member speaks against the class: keep its sign.' },
        { gives: 5, hint: 'That is the mean of the activations alone. Multiply each with the gradient of its channel first.' },
        { gives: 2, hint: 'The third member speaks against the class, and it belongs to the cell: do not cut it off at 0, and divide by three.' },
        { gives: 1.5 / 9, hint: 'Inside a member the channels are added up, not averaged.' },
        { gives: 4 / 3, hint: 'The third member speaks against the class, and it counts as it is: there is no ReLU here.' },
      ],
      low: 'It is larger. For each member add up activation times gradient over the channels, then take the mean of the three.',
      high: 'It is smaller. For each member add up activation times gradient over the channels, then take the mean of the three.',
    }),
  },
  3: {
    asks: "Which function gives the share of a cell's members that come from a scene with the cell's own label?",
    needs: ['atlas'],
    judge: judged<(cell: AtlasCell) => unknown>('a function', judgePurity),
  },
} satisfies Exercises;

/** Compares with the purity of every cell, and with what near misses would give. */
function judgePurity(purity: (cell: AtlasCell) => unknown, given: Given): Judgement {
  const atlas = given.atlas as ActivationAtlas;
  const { cells } = atlas;
  const answers = cells.map((cell) => purity(cell));
  if (answers.some((answer) => answer === undefined)) return notYet('It returns nothing: is a return missing?');
  if (answers.some((answer) => typeof answer !== 'number' || Number.isNaN(answer))) return notYet('It must return a number for every cell.');
  const is = (other: (cell: AtlasCell) => number): boolean => cells.every((cell, at) => Math.abs((answers[at] as number) - other(cell)) < 1e-9);
  const labels = (cell: AtlasCell): (string | undefined)[] => atlas.members(cell).map(({ label }) => label);
  const hits = (cell: AtlasCell, name = cell.attributions[0].label): number => labels(cell).filter((label) => label === name).length;
  if (is((cell) => hits(cell) / cell.count)) return right('The members that agree with the label, divided by all members of the cell.');
  if (is(() => 0)) return notYet('It gives 0 for every cell. Count the members whose label is that of the cell, cell.attributions[0].label.');
  if (is(hits)) return notYet('That is how many members agree. Divide by how many there are.');
  if (is((cell) => (100 * hits(cell)) / cell.count)) return notYet('That is in per cent; a share lies between 0 and 1.');
  if (is((cell) => 1 - hits(cell) / cell.count)) return notYet('That is the share of the members that do not agree.');
  if (is((cell) => hits(cell) / cell.images)) return notYet('cell.images counts images; several members may come from one. Divide by the number of members.');
  if (is((cell) => hits(cell, cell.attributions[cell.attributions.length - 1].label) / cell.count)) return notYet('The attributions are sorted, the strongest first: the last is what the cell speaks for least.');
  if (is((cell) => Math.max(...labels(cell).map((label) => hits(cell, label))) / cell.count)) return notYet("That is the share of the most frequent label among the members. The cell's own label is cell.attributions[0].label.");
  return notYet('For some cells it gives something else. Take the members of the cell that it is given, keep those whose label equals cell.attributions[0].label, and divide by the number of members.');
}
