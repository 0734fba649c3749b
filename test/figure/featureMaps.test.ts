import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { featureMaps } from '../../src/figure/featureMaps';
import { shrink } from '../../src/image/shrink';
import { LayerOutput } from '../../src/features/layerOutputs';
import { plainImage } from '../helpers/maps';
import { fixRuler, matchesSnapshot } from '../helpers/snapshot';

test.before(fixRuler);

/** Channel c holds c at every cell of a 2 x 2 grid; channel 0 is silent. */
const output = (layer: string, depth = 4, kind = 'Conv2D', sign = 1): LayerOutput =>
  new LayerOutput(layer, kind, [2, 2, depth], Float32Array.from({ length: 4 * depth }, (_, at) => sign * (at % depth)), plainImage(8, 8), 'toy', Array.from({ length: depth }, (_, at) => at));
const numbersUnder = (svg: string): string[] => [...svg.matchAll(/<tspan x="[\d.]+">(\d+)</g)].map(([, number]) => number);

test('the first channels come first, with their numbers, on the layer’s own scale', () => {
  const figure = featureMaps(output('conv', 20));
  assert.equal(numbersUnder(figure.svg()), Array.from({ length: 16 }, (_, at) => String(at)));
  assert.match(figure.svg(), 'Conv2D · 2 × 2 × 20 · 1 of these 16 zero everywhere');
  assert.match(figure.alt, 'conv (2 by 2 by 20): 16 maps, values 0 to 15');
});

test('channels are chosen by number or by strength', () => {
  assert.equal(numbersUnder(featureMaps(output('conv'), { channels: [3, 1] }).svg()), ['3', '1']);
  assert.equal(numbersUnder(featureMaps(output('conv'), { channels: 2, order: 'strongest' }).svg()), ['3', '2']);
  assert.throws(() => featureMaps(output('conv'), { channels: [9] }), 'layer "conv" has no channel 9 here; it has 4, 0 to 3');
  assert.throws(() => featureMaps(output('conv'), { channels: 0 }), 'channels must be a whole number of at least 1, got 0');
  assert.throws(() => featureMaps([]), 'featureMaps needs the output of at least one layer, got none');
});

test('negative values get a diverging scale, symmetric about 0', () => {
  assert.match(featureMaps(output('conv', 4, 'Conv2D', -1)).svg(), /lying-RdBu[^]*>−3</);
});

test('of too many layers, so many are taken from first to last', () => {
  const layers = Array.from({ length: 9 }, (_, at) => output(`layer${at}`));
  const { caption, alt } = featureMaps(layers, { maxLayers: 3 });
  assert.match(caption, 'Outputs of 3 of 9 layers');
  assert.match(alt, /layer0.*layer4.*layer8/);
});

test('a layer without a grid is a strip', () => {
  const dense = new LayerOutput('fc', 'Dense', [5], Float32Array.of(1, 2, 3, 4, 5), plainImage(8, 8), 'toy', [0, 1, 2, 3, 4]);
  const figure = featureMaps([output('conv'), dense]);
  assert.match(figure.svg(), 'Dense · 5 values');
  matchesSnapshot(figure, 'feature-maps');
});

test('a long name of a layer gives way to its facts and its legend', () => {
  const svg = featureMaps(output('base_'.repeat(40))).svg();
  assert.match(svg, /base_base_[^<]*…<\/text>/);
  assert.match(svg, 'Conv2D · 2 × 2 × 4');
});

test('a strip reaches to its greatest value; a legend that stops below the greatest says so', () => {
  const likely = Float32Array.from({ length: 1000 }, (_, at) => (at === 7 ? 1 : 1e-9));
  const scores = new LayerOutput('scores', 'Dense', [1000], likely, plainImage(8, 8), 'toy', [...likely.keys()]);
  assert.match(featureMaps(scores).svg(), '>1</text>');
  const grid = new LayerOutput('conv', 'Conv2D', [1, 1000, 1], likely.map((value, at) => (at === 7 ? 9 : 1 + value)), plainImage(8, 8), 'toy', [0]);
  assert.match(featureMaps(grid).svg(), '>≥ 1</text>');
});

test('shrink takes means', () => {
  assert.equal([...shrink(Float32Array.of(0, 2, 4, 6, 10, 12, 14, 16), 4, 2, 2, 1)], [6, 10]);
});

test.run();
