import * as tf from '@tensorflow/tfjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Predictions } from '../../src/model/predictions';
import { rowsOf } from '../../widgets/predictions/collect';
import { changeOf, marginOf, matching, ordered, type Row } from '../../widgets/predictions/rows';
import { setsOf } from '../../widgets/predictions/setsOf';
import { plainImage } from '../helpers/maps';
import { arithmetic, classifier, noiseTensor, residual } from '../helpers/models';

type Item = [index: number, label: string, score: number, logit: number];
const setOf = (items: Item[], classes = 10): Predictions => new Predictions(items.map(([index, label, score, logit]) => ({ index, label, score, logit })), plainImage(4, 4), 'toy', classes);
const before = setOf([[1, 'tabby', 0.5, 3], [2, 'lynx', 0.25, 2.25], [3, 'Crane', 0.125, 1.5]]);
const after = setOf([[3, 'Crane', 0.75, 4], [1, 'tabby', 0.125, 2], [7, 'bag', 0.0625, 1]]);

test('one set gives its classes in its own order', () => {
  assert.equal(rowsOf([before]), [
    { index: 1, label: 'tabby', score: [0.5], logit: [3] },
    { index: 2, label: 'lynx', score: [0.25], logit: [2.25] },
    { index: 3, label: 'Crane', score: [0.125], logit: [1.5] },
  ]);
});

test('two sets give the classes of either, with nothing where a set does not tell', () => {
  assert.equal(rowsOf([before, after]), [
    { index: 1, label: 'tabby', score: [0.5, 0.125], logit: [3, 2] },
    { index: 2, label: 'lynx', score: [0.25, null], logit: [2.25, null] },
    { index: 3, label: 'Crane', score: [0.125, 0.75], logit: [1.5, 4] },
    { index: 7, label: 'bag', score: [null, 0.0625], logit: [null, 1] },
  ]);
});

test('what model.predict gives tells every class when asked', async () => {
  const model = classifier(residual());
  const images = [1, 2].map((seed) => noiseTensor([1, 13, 10, 3], seed) as tf.Tensor4D);
  const all = await Promise.all(images.map((image) => model.predict(image)));
  const few = await Promise.all(images.map((image) => model.predict(image, { top: 1 })));
  assert.is(few[0].length, 1);
  for (const { index, score, logit } of rowsOf(few)) {
    assert.equal(score, all.map((set) => [...set].find((item) => item.index === index)!.score));
    assert.equal(logit, all.map((set) => [...set].find((item) => item.index === index)!.logit));
  }
  assert.is(JSON.parse(JSON.stringify(few[0])).length, 1);
});

const indicesOf = (rows: Row[]): number[] => rows.map(({ index }) => index);

test('rows are ordered by the first set, the last one or the change', () => {
  const rows = rowsOf([before, after]);
  assert.equal(indicesOf(ordered(rows, 'before', 'probability')), [1, 2, 3, 7]);
  assert.equal(indicesOf(ordered(rows, 'after', 'probability')), [3, 1, 7, 2]);
  assert.equal(indicesOf(ordered(rows, 'change', 'probability')), [3, 1, 2, 7]);
  assert.equal(indicesOf(ordered(rows, 'change', 'logit')), [3, 1, 2, 7]);
  assert.equal(indicesOf(ordered(rowsOf([before]), 'after', 'logit')), [1, 2, 3]);
});

test('a change is after minus before, where both are known', () => {
  const rows = rowsOf([before, after]);
  assert.equal(rows.map((row) => changeOf(row, 'probability')), [-0.375, null, 0.625, null]);
  assert.equal(rows.map((row) => changeOf(row, 'logit')), [-1, null, 2.5, null]);
  assert.is(changeOf(rowsOf([before])[0], 'logit'), null);
});

test('a class is found by a part of its label, in either case, or by its whole number', () => {
  const rows = rowsOf([before, after]);
  assert.equal(indicesOf(matching(rows, ' cRA ')), [3]);
  assert.equal(indicesOf(matching(rows, '7')), [7]);
  assert.equal(indicesOf(matching(rows, 'a')), [1, 3, 7]);
  assert.equal(indicesOf(matching(rows, '')), [1, 2, 3, 7]);
  assert.equal(matching(rows, 'zebra'), []);
});

test('the margin is the likeliest class minus the next, of each set', () => {
  const rows = rowsOf([before, after]);
  const first = marginOf(rows, 0)!;
  assert.equal([first.first.label, first.second.label, first.score, first.logit], ['tabby', 'lynx', 0.25, 0.75]);
  const second = marginOf(rows, 1)!;
  assert.equal([second.first.label, second.second.label, second.score, second.logit], ['Crane', 'tabby', 0.625, 2]);
  assert.is(marginOf(rowsOf([setOf([[0, 'a', 1, 1]], 1)]), 0), undefined);
});

test('what is no prediction is told', async () => {
  assert.throws(() => setsOf([]), /^predictions takes one set or two, \[before, after\], got an empty list$/);
  assert.throws(() => setsOf([before, after, before]), /^predictions takes one set or two, \[before, after\], got 3 of them$/);
  assert.throws(() => setsOf([before, 5]), /^predictions takes what model\.predict gives, or two of them, \[before, after\], got 5$/);
  assert.throws(() => setsOf(classifier(arithmetic()).predict(tf.zeros([1, 3, 3, 1]))), /got a Promise \(is an await missing before it\?\)$/);
  assert.throws(() => setsOf([before, setOf([])]), /^predictions got a set without classes; model\.predict tells one at least$/);
  assert.throws(() => setsOf([before, setOf([[0, 'a', 1, 1]], 3)]), /^predictions compares two sets over the same classes, got 10 classes and 3$/);
  assert.throws(() => rowsOf([before, setOf([[1, 'dog', 0.5, 1]])]), /^predictions compares two sets over the same classes, but class 1 is "tabby" in one and "dog" in the other$/);
});

test.run();
