import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ready } from '../../src/backend';
import { filters } from '../../src/features/filters/filters';
import { layerStatistics } from '../../src/features/statistics/layerStatistics';
import { TopPatches } from '../../src/features/topPatches/result';
import { topPatches } from '../../src/features/topPatches/topPatches';
import { dot } from '../helpers/dots';
import { insideWidgets, textures } from '../helpers/insideWidgets';
import { arithmetic, classifier, residual } from '../helpers/models';
import { fixRuler, matchesSnapshot, withoutStyles, wordsOf } from '../helpers/snapshot';

test.before(async () => {
  await ready();
  fixRuler();
});

test('they are drawn as they were', async () => {
  const figures = await insideWidgets();
  // Weights are the same on every machine; what a network puts out differs in its last digits.
  matchesSnapshot(figures.filterGallery, 'filter-gallery');
  matchesSnapshot(figures['filterGallery, depthwise'], 'filter-gallery-depthwise');
  matchesSnapshot(figures['filterGallery, rows'], 'filter-gallery-rows');
  const model = classifier(arithmetic());
  const images = [dot(2, 2, 10), dot(0, 0, 30), dot(1, 1, 5), dot(0, 2, 20)];
  matchesSnapshot((await topPatches(model, images, { layer: 'conv', onProgress: null })).toFigure(), 'top-patches');
  matchesSnapshot((await layerStatistics(model, images, { layers: ['conv', 'pool', 'scores'], onProgress: null })).toFigure(), 'layer-statistics');
});

test('top patches: value, image, label, how often it fired, what could not be read', async () => {
  const model = classifier(residual());
  const found = await topPatches(model, textures(6, { width: 10, height: 13 }, { label: 'cat' }), { layer: 'stem_relu', channel: 1, count: 3, onProgress: null });
  const figure = found.toFigure();
  const words = wordsOf(figure);
  const [first] = found.get(1).patches;
  assert.match(words, String(Number(first.value.toPrecision(3))));
  assert.match(words, first.image.split('/')[1]);
  assert.match(words, 'channel 1');
  assert.match(words, /above 0 in \d+ % of images/);
  assert.match(words, 'the 3 strongest patches in 6 images of textures, at most 1 of an image');
  assert.match(words, 'hatched: padding');
  assert.match(words, 'Note: 1 image could not be read: broken.png (not a picture)');
  assert.match(withoutStyles(figure.parts.htmlAfter as string), `<td>1</td><td>${Number(first.value.toPrecision(3))}</td><td>${first.image}</td><td>cat</td>`);
  assert.match(figure.alt, `channel 1: most ${Number(first.value.toPrecision(3))} in ${first.image}, cat`);
});

test('a channel that never fires is told, not drawn', async () => {
  const figure = (await topPatches(classifier(arithmetic()), [dot(1, 1, 9)], { layer: 'conv', channel: 1, onProgress: null })).toFigure();
  assert.match(wordsOf(figure), 'never fired on these images');
  assert.match(wordsOf(figure), 'no patch');
  assert.match(figure.alt, 'channel 1: never fired on these images');
});

test('of very many channels the first are drawn, and that is told', async () => {
  const found = await topPatches(classifier(residual()), textures(2, { width: 10, height: 13 }), { layer: 'max', channels: [0, 1, 2, 3], onProgress: null });
  const many = new TopPatches({ ...found, channels: Array.from({ length: 30 }, (_, channel) => ({ ...found.channels[0], channel })) });
  const words = wordsOf(many.toFigure());
  assert.match(words, 'drawn: the first 24 of 30 channels');
  assert.match(words, 'channel 23');
  assert.not.match(words, 'channel 24');
});

test('filters: the numbers of the picked one, the scale, the normalisation', async () => {
  const words = wordsOf((await filters(classifier(arithmetic()))).toFigure());
  for (const text of ['filter 0', '1.00', '4.00', 'L2 5.48 · L1 10', 'one scale for all, symmetric about 0', '2 filters of 2 × 2 on 1 input channel']) assert.match(words, text);
  const model = classifier(residual());
  assert.match(wordsOf((await filters(model)).toFigure()), 'stem_bn follows and is not in the weights');
  assert.match(wordsOf((await filters(model, { fold: true })).toFigure()), 'stem_bn taken into the weights');
  assert.match(wordsOf((await filters(model, { layer: 'separable', max: 4, maxInputs: 3 })).toFigure()), '4 of 6 filters of 2 × 2 on 8 input channels, drawn the 3 with the greatest weights');
  assert.match(wordsOf((await filters(model, { layer: 'dw', channels: [3, 5] })).toFigure()), 'reads channel 1');
});

test('weights of 0 are told', async () => {
  const net = arithmetic();
  const model = classifier(net);
  const [, bias, ...rest] = net.getWeights();
  net.setWeights([net.getWeights()[0].mul([1, 0]), bias, ...rest]);
  assert.match(wordsOf((await filters(model)).toFigure()), 'Note: 1 of these filters has weights of nearly 0: 1');
});

test('statistics: shares, dead channels, which sparseness', async () => {
  const figure = (await layerStatistics(classifier(arithmetic()), [dot(0, 0, 0, 'black'), dot(1, 1, 9)], { onProgress: null })).toFigure();
  for (const text of ['conv', '75 %', '1 / 2', 'Treves & Rolls', '2 images of a list of images']) assert.match(wordsOf(figure).replace(/&amp;/g, '&'), text);
  assert.match(figure.alt, 'conv: 75 % zeros, 1 of 2 channels dead');
});

test('hostile names are text', async () => {
  const hostile = '</script><img src=x onerror="alert(1)">';
  const model = classifier(residual());
  const images = textures(3, { width: 10, height: 13 }, { name: hostile, label: hostile });
  for (const figure of [(await topPatches(model, { ...images, name: hostile }, { onProgress: null })).toFigure(), (await layerStatistics(model, { ...images, name: hostile }, { onProgress: null })).toFigure()]) {
    assert.not.match(figure.html(), '<img src=x');
    assert.ok(figure.fragment().length < 500_000);
  }
});

test.run();
