import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { AttributionRecord } from '../../../src/attribution/attribution';
import { arrange } from '../../../widgets/compare/arrange';
import { factsOf, imageNames } from '../../../widgets/compare/facts';
import { mapOf, plainImage } from '../../helpers/maps';

const cat = plainImage(2, 2, [1, 2, 3], 'cat');
const cup = plainImage(2, 2, [4, 5, 6], 'cup');
const map = (more: Partial<AttributionRecord> = {}) => mapOf([0, 1, 2, 3], 2, 2, { image: cat, ...more });
const tabby = { index: 281, label: 'tabby' };
const lynx = { index: 287, label: 'lynx' };
const mug = { index: 504, label: 'mug' };
const saliency = { method: 'saliency', layer: undefined };
const laid = (...maps: Partial<AttributionRecord>[]) => arrange(factsOf(maps.map(map)));
const titles = (headings: { title: string }[]): string[] => headings.map(({ title }) => title);

test('methods of one class are one row; a layer follows from its method', () => {
  const { rows, columns, places, common, columnKinds } = laid(saliency, {}, { method: 'occlusion', layer: undefined, options: { patch: 32, stride: 16 } });
  assert.equal(titles(rows), ['']);
  assert.equal(titles(columns), ['Saliency', 'Grad-CAM · conv', 'Occlusion']);
  assert.is(columns[2].details.replace(/\u00a0/g, ' '), 'patch 32 × 32, moved by 16');
  assert.equal(places, [[0, 1, 2]]);
  assert.equal([common.image, common.class, common.score, common.method], ['cat', 'tabby (281)', 'logit 8.25, probability 0.625', '']);
  assert.equal(columnKinds, ['layer', 'method', 'options']);
});

test('methods and classes make a table: a class has its score, a method its layer', () => {
  const unlikely = { target: lynx, score: { logit: 1, probability: 0.01 } };
  const { rows, columns, places, rest } = laid({ target: tabby, ...saliency }, { target: tabby }, { ...unlikely, ...saliency }, unlikely);
  assert.equal(rows, [{ title: 'tabby (281)', details: 'logit 8.25, probability 0.625' }, { title: 'lynx (287)', details: 'logit 1.00, probability 0.01' }]);
  assert.equal(titles(columns), ['Saliency', 'Grad-CAM · conv']);
  assert.equal(places, [[0, 1], [2, 3]]);
  assert.equal(rest, ['', '', '', '']);
});

test('an image that has its own class is a row, whatever the order of the maps', () => {
  const { rows, columns, places } = laid(saliency, { ...saliency, image: cup, target: mug }, {}, { image: cup, target: mug });
  assert.equal(titles(rows), ['tabby (281) · cat', 'mug (504) · cup']);
  assert.equal(titles(columns), ['Saliency', 'Grad-CAM · conv']);
  assert.equal(places, [[0, 2], [1, 3]]);
});

test('images and classes: the score is told at each map', () => {
  const score = (logit: number) => ({ score: { logit, probability: null } });
  const { rows, columns, rest } = laid(score(1), { target: lynx, ...score(2) }, { image: cup, ...score(3) }, { image: cup, target: lynx, ...score(4) });
  assert.equal([titles(rows), titles(columns)], [['cat', 'cup'], ['tabby (281)', 'lynx (287)']]);
  assert.equal(rest, ['score 1.00', 'score 2.00', 'score 3.00', 'score 4.00']);
});

test('of three ways the last is along the columns', () => {
  const all = [cat, cup].flatMap((image) => [tabby, lynx].flatMap((target) => [saliency, {}].map((method) => ({ image, target, ...method }))));
  const { rows, columns, places } = laid(...all);
  assert.equal(titles(rows), ['tabby (281) · cat', 'lynx (287) · cat', 'tabby (281) · cup', 'lynx (287) · cup']);
  assert.equal(titles(columns), ['Saliency', 'Grad-CAM · conv']);
  assert.equal(places.flat(), [0, 1, 2, 3, 4, 5, 6, 7]);
});

test('a table may have a gap; one with as many gaps as maps is a list', () => {
  assert.equal(laid(saliency, {}, { image: cup }).places, [[0, 1], [undefined, 2]]);
  const { rows, columns } = laid(saliency, { image: cup });
  assert.equal([titles(rows), titles(columns)], [[''], ['Saliency · cat', 'Grad-CAM · conv · cup']]);
  assert.is(laid(saliency, {}, { method: 'RISE' }, { method: 'CAM', image: cup }).rows.length, 1);
});

test('two maps for one place make a list', () => {
  assert.equal(titles(laid(saliency, {}, { ...saliency, image: cup }, { image: cup }, { image: cup }).rows), ['']);
});

test('maps that differ in options only are told by those that differ', () => {
  const { columns, common } = laid({ options: { patch: 32, stride: 16 } }, { options: { patch: 32, stride: 8 } });
  assert.equal(titles(columns).map((title) => title.replace(/\u00a0/g, ' ')), ['moved by 16', 'moved by 8']);
  assert.is(common.options.replace(/\u00a0/g, ' '), 'patch 32 × 32');
  assert.equal(titles(laid({ seed: 1 }, { seed: 2 }).columns), ['seed 1', 'seed 2']);
  assert.equal(titles(laid({}, {}).columns), ['Grad-CAM', 'Grad-CAM']);
});

test('what an integral misses differs from class to class, and leaves methods and classes a table', () => {
  const path = (gap: number) => ({ method: 'integrated gradients', layer: undefined, options: { steps: 8, completeness: { sum: 1, expected: 1, gap } } });
  const { rows, columns, rest } = laid(saliency, path(0.33), { ...saliency, target: lynx }, { ...path(0.21), target: lynx });
  assert.equal([titles(rows), titles(columns)], [['tabby (281)', 'lynx (287)'], ['Saliency', 'Integrated gradients']]);
  assert.is(rest.join(''), '');
});

test('different pictures of one name are numbered; one picture at two sizes is not', () => {
  const names = imageNames([cat, plainImage(2, 2, [9, 9, 9], 'cat'), plainImage(2, 2, [1, 2, 3], 'cat'), plainImage(3, 3, [1, 2, 3], 'cat'), cup].map((image) => ({ image })));
  assert.equal(names, ['cat', 'cat (2)', 'cat', 'cat', 'cup']);
});

test.run();
