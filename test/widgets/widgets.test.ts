import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { LayerTable, type LayerRow } from '../../src/model/layers';
import { kindOf } from '../../widgets/layerKinds';
import { layerTableFigure } from '../../widgets/layerTable';
import { fixRuler, matchesSnapshot, withoutStyles } from '../helpers/snapshot';

test.before(fixRuler);

const row = (name: string, kind: string, outputShape: (number | null)[], inputs: string[], params = 0): LayerRow => ({ name, kind, outputShape, params, gradCam: outputShape.length === 4, inputs });
const residual = [
  row('conv1', 'Conv2D', [null, 8, 8, 4], ['input'], 112),
  row('conv2', 'DepthwiseConv2D', [null, 8, 8, 4], ['conv1'], 1148),
  row('add', 'Add', [null, 8, 8, 4], ['conv2', 'conv1']),
  row('relu', 'Activation', [null, 8, 8, 4], ['add']),
  row('pool', 'GlobalAveragePooling2D', [null, 4], ['relu']),
  row('predictions', 'Dense', [null, 10], ['pool'], 50),
];

test('kinds are told by the class of the layer', () => {
  const names = ['Conv2D', 'DepthwiseConv2D', 'MaxPooling2D', 'Dense', 'Add', 'BatchNormalization', 'ReLU', 'Flatten'].map((kind) => kindOf({ kind }).name);
  assert.equal(names, ['convolution', 'depthwise convolution', 'pooling', 'dense', 'merge', 'normalisation', 'activation', 'other']);
});

test('a layer table is a strip with its branches, and a table of every layer', () => {
  const figure = layerTableFigure(new LayerTable(residual, 'residual', [null, 8, 8, 3]));
  assert.is(figure.svg().match(/<path d="M[\d.,]+C/g)?.length, 1);
  assert.match(withoutStyles(figure.fragment()), '<td>8 × 8 × 4</td><td>1,148</td>');
  assert.not.match(figure.fragment(), /<script|<style|onclick/);
  assert.match(figure.alt, '6 layers · 1,310 parameters · input 8 × 8 × 3: 1 depthwise convolution, 1 convolution');
  matchesSnapshot(figure, 'layer-strip');
});

test('a deep network is told by its stages', () => {
  const deep = Array.from({ length: 100 }, (_, at) => row(`layer${at}`, 'Conv2D', [null, at < 50 ? 16 : 8, at < 50 ? 16 : 8, 32], [at ? `layer${at - 1}` : 'input']));
  const figure = layerTableFigure(new LayerTable(deep, 'deep', [null, 16, 16, 3]));
  assert.match(figure.svg(), '>16 × 16<');
  assert.match(figure.svg(), '>layers 50–99<');
  assert.is(figure.width, 900);
});

test.run();
