import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { captionOf } from '../../src/figure/caption';
import { mapOf } from '../helpers/maps';

test('a method that changes ReLUs says in a short sentence what sanity checks found', () => {
  const caution = /its details hardly change when the upper layers’ weights are random \(Adebayo et al\. 2018; Nie et al\. 2018\)/;
  assert.match(captionOf(mapOf([1, 2], 2, 1, { method: 'guided backpropagation', options: { relus: 33 } })), caution);
  assert.not.match(captionOf(mapOf([1, 2], 2, 1)), caution);
});

test('what needs no network has no score in its caption', () => {
  assert.is(captionOf(mapOf([1, 2], 2, 1, { method: 'centre blob', target: { index: -1, label: 'any class' }, score: { logit: NaN, probability: null }, model: '', layer: undefined })), 'Centre blob · any class');
});

test('nor has it one in a page, where NaN came as null', () => {
  assert.not.match(captionOf(mapOf([1, 2], 2, 1, { score: { logit: null as unknown as number, probability: null } })), /score/);
});

test.run();
