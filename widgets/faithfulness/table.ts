import { percent } from '../../src/figure/numbers';
import { dataTable, folded, tableOf } from '../shared/dataTable';
import type { CurveData, FaithfulnessData, TestData } from './data';
import { randomText, scoreText, valueName, valueText } from './words';

/** The numbers behind the curves, folded away. */
export const faithfulnessTable = (data: FaithfulnessData): string => data.tests.map((test) => folded(`${test.measure} in numbers`, summary(test) + tableOf(points(test), [...test.shares.keys()], `the ${test.score} at each point`))).join('');

function summary(test: TestData): string {
  return tableOf<CurveData>(
    [
      { head: 'map', text: ({ name }) => name, left: true },
      { head: valueName(test), text: ({ value }) => valueText(value) },
      ...(test.curves.some(({ random }) => random) ? [{ head: 'random maps like it', text: ({ random }: CurveData) => randomText(random?.values) }] : []),
      { head: 'how the map was made', text: ({ about }) => about, left: true },
    ],
    test.curves,
  );
}

type Columns = Parameters<typeof dataTable<number>>[1];

function points(test: TestData): Columns {
  const scores = test.curves.flatMap(({ name, scores: strongest, weakest }) => [
    { head: weakest ? `${name}, strongest first` : name, text: (at: number) => scoreText(strongest[at], test) },
    ...(weakest ? [{ head: `${name}, weakest first`, text: (at: number) => scoreText(weakest[at], test) }] : []),
  ]);
  return [{ head: test.measure === 'insertion' ? 'put back' : 'removed', text: (at) => percent(test.shares[at]) }, ...scores];
}
