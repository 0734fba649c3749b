import { test } from 'uvu';
import * as assert from 'uvu/assert';
import '../../../src/figure/install';
import '../../../widgets/install';
import { Image } from '../../../src/image/image';
import type { FeatureData } from '../../../widgets/featureVisualization/data';
import { momentCount, shownOf, start } from '../../../widgets/featureVisualization/data';
import { featureVisualization } from '../../../widgets/featureVisualization/featureVisualization';
import { pictureIn, reduceStrips, stripOf } from '../../../widgets/featureVisualization/strip';
import { statusText, stepText } from '../../../widgets/featureVisualization/words';
import { inverted, visualized, visualizedFeature } from '../../fixtures/visualized';
import { fixRuler, matchesSnapshot, wordsOf } from '../../helpers/snapshot';

test.before(fixRuler);

const dataOf = (made: Parameters<typeof featureVisualization>[0]): FeatureData => featureVisualization(made).parts.live?.data(1) as FeatureData;
const three = () => visualized([0, 1, 2].map((channel) => visualizedFeature({ channel, best: channel === 2 ? 8 : 7 })));

test('pictures are named by what differs: the channel, the seed, the options', () => {
  const titles = (made: Parameters<typeof featureVisualization>[0]): string[] => dataOf(made).tiles.map(({ title }) => title);
  assert.equal(titles(three()), ['channel 0', 'channel 1', 'channel 2']);
  assert.equal(titles(visualized([visualizedFeature()])), ['conv channel 0']);
  assert.equal(titles(visualized([0, 1].map((seed) => visualizedFeature({ seed })))), ['seed 0', 'seed 1']);
  const pixel = visualized([visualizedFeature()], { options: { ...three().options, param: 'pixel', transforms: false, learningRate: 2 } });
  assert.equal(titles([visualized([visualizedFeature()]), visualized([visualizedFeature({ seed: 4 })]), pixel]), ['fourier · seed 0', 'fourier · seed 4', 'pixel']);
  assert.equal(titles(inverted()), ['early', 'late']);
  const of = (layer: string) => visualized([visualizedFeature({ layer, label: `${layer} channel 0` })], { options: { ...three().options, layer } });
  assert.equal(titles([of('early'), of('late')]), ['early channel 0', 'late channel 0']);
});

test('the moments of a picture end with its best, which is not there twice', () => {
  const data = dataOf(three());
  assert.equal(data.tiles.map(({ moments }) => moments.map(({ step }) => step)), [[0, 4, 8], [0, 4, 8], [0, 4]]);
  assert.is(momentCount(data), 3);
  const shown = (at: number): number[] => data.tiles.map((tile) => shownOf(tile, { at, picked: 0 }).step);
  assert.equal([shown(0), shown(1), shown(2), shown(3)], [[0, 0, 0], [4, 4, 4], [8, 8, 8], [7, 7, 8]]);
  assert.equal(start(data), { at: 3, picked: 0 });
  assert.equal([0, 1, 3].map((at) => stepText(data.tiles[0], { at, picked: 0 })), ['the noise it starts from', 'step 4 of 8', 'the best, step 7 of 8']);
  assert.is(statusText(data, { at: 1, picked: 1 }), 'channel 1: step 4 of 8, mean activation 3 · best 6 at step 7 · noise −1 · even grey 0.25');
});

test('a strip holds its pictures as they were, and its reduction fewer pixels of each', () => {
  const pictures = [0, 4].map((step) => visualizedFeature().snapshots.find((each) => each.step === step)!.image);
  const strip = stripOf(pictures, 24);
  const moments = pictures.map((_, step) => ({ step, value: 0 }));
  pictures.forEach((picture, at) => assert.equal([...pictureIn({ strip, moments }, at).data], [...picture.data]));
  const data = dataOf(three());
  const smaller = reduceStrips(data, 0.25);
  assert.equal(smaller.tiles.map(({ strip: { height, width }, moments: kept }) => [height, width / kept.length]), [[16, 16], [16, 16], [16, 16]]);
  assert.is(reduceStrips(data, 1), data);
});

test('the figure tells values, steps, options and notes; its table every value', () => {
  const note = 'never fired: the picture is noise';
  const figure = featureVisualization(visualized([visualizedFeature(), visualizedFeature({ channel: 1, note })], { note: 'stopped after 5 of 8 steps: the best so far' }));
  const words = wordsOf(figure);
  for (const text of ['channel 0', '2.5 (noise −1)', note, 'best: 7', 'mean activation over the steps: channel 0', 'an even grey picture', 'Activation maximisation · net', '24 × 24 pixels', '8 steps', 'seed 0', 'Note: stopped after 5 of 8 steps', 'Note: conv channel 1 never fired']) assert.ok(words.includes(text), `${text} in ${words}`);
  assert.is(figure.alt, '2 pictures made from noise to excite a part of the network. Mean activation reached: conv channel 0: 2.5 (noise −1); conv channel 1: 6 (noise −1), never fired: the picture is noise.');
  const html = figure.fragment({ live: false }).replace(/ style="[^"]*"/g, '');
  assert.match(html, '<summary>the values of all 2 pictures, step by step</summary>');
  assert.match(html, '<tr><td>conv channel 0</td><td>2.5</td><td>7</td><td>−1</td><td>0.25</td><td></td></tr>');
  assert.match(html, '<tr><td>4</td><td>1</td><td>3</td></tr>');
});

test('an inversion stands beside its image, with errors', () => {
  const words = wordsOf(featureVisualization(inverted()));
  for (const text of ['the photo', 'the image', 'error 0.111 (grey 0.9)', 'relative error over the steps', 'not moved about']) assert.ok(words.includes(text), text);
  assert.not.ok(words.includes('as each step saw it'));
});

test('drawings as they were', () => {
  matchesSnapshot(featureVisualization(visualized([visualizedFeature()])), 'feature-visualization-one');
  matchesSnapshot(featureVisualization(three()), 'feature-visualization');
  matchesSnapshot(featureVisualization(inverted()), 'feature-inversion');
});

test('it shows itself, is JSON with its pictures, and refuses what is something else', () => {
  const made = three();
  assert.is(made.toFigure().caption, featureVisualization(made).caption);
  const json = JSON.parse(JSON.stringify(made)) as { features: { image: string; seen: number[] }[] };
  assert.match(json.features[2].image, /^data:image\/png;base64,/);
  assert.is(json.features[0].seen.length, 8);
  assert.throws(() => featureVisualization([] as never), /^featureVisualization takes what maximizeActivation or invertFeatures gives, or a list of these, got \[\]$/);
  assert.throws(() => featureVisualization([made, new Image(1, 1, new Uint8ClampedArray(4))] as never), /got an Image$/);
  assert.throws(() => featureVisualization([made, inverted()]), /^pictures of one figure must reach for the same thing, got mean activation and relative error$/);
  const [, script] = [made.toFigure().html(), visualized([visualizedFeature({ label: '</script><b>x' })]).toFigure().html()];
  assert.not.match(script, '</script><b>');
});

test.run();
