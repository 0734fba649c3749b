import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { agreementOfColumns, agreementOfRows } from '../../../widgets/compare/agreements';

// Maps 0..5 in two rows of three; the correlation of two is told by their numbers.
const places = [[0, 1, 2], [3, 4, undefined]];
const correlation = (a: number, b: number): number => (a === b ? 1 : (a + b) / 8);

test('columns are compared within each row, and the mean is taken', () => {
  const matrix = agreementOfColumns(places, correlation)!;
  assert.equal(matrix.values, [[1, 0.5, 0.25], [0.5, 1, 0.375], [0.25, 0.375, 1]]);
  assert.is(matrix.pairs, 2);
});

test('rows are compared within each column', () => {
  const matrix = agreementOfRows(places, correlation)!;
  assert.equal(matrix.values, [[1, 0.5], [0.5, 1]]);
});

test('what cannot be compared is left out of the mean, and a table of nothing else has no matrix', () => {
  const some = (a: number, b: number): number => (a + b === 1 ? NaN : correlation(a, b));
  assert.equal(agreementOfColumns(places, some)!.values[0], [1, 0.875, 0.25]);
  assert.is(agreementOfColumns(places, (a, b) => (a === b ? 1 : NaN)), undefined);
  assert.is(agreementOfRows([[0, 1, 2]], correlation), undefined);
});

test.run();
