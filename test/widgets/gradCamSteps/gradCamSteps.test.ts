import * as tf from '@tensorflow/tfjs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { gradCam } from '../../../src/attribution/cam/gradCam';
import { pack } from '../../../src/figure/live/pack';
import { shrink } from '../../../src/image/shrink';
import { svgStage } from '../../../src/figure/svgStage';
import { stepsData, withLess } from '../../../widgets/gradCamSteps/data';
import { draw } from '../../../widgets/gradCamSteps/draw';
import { resizeMap } from '../../../src/image/resizeMap';
import { gradCamSteps, stepsFigure } from '../../../widgets/gradCamSteps/gradCamSteps';
import { layoutFor } from '../../../widgets/gradCamSteps/layout';
import { channelMap, mapAt, rangeOf, sumAt } from '../../../widgets/gradCamSteps/maps';
import { milestones, placeOfCount, stopAt } from '../../../widgets/gradCamSteps/milestones';
import { correlationText, notationFor, shareText, totalText, wholeNotation } from '../../../widgets/gradCamSteps/numbers';
import { byWeight, lastStop, start } from '../../../widgets/gradCamSteps/state';
import { statusText } from '../../../widgets/gradCamSteps/words';
import { partsFor } from '../../../src/attribution/cam/gradCam';
import { camParts } from '../../helpers/camParts';
import { close } from '../../helpers/close';
import { arithmetic, classifier, mixed, noiseTensor, residual } from '../../helpers/models';
import { messageOf, noLeak } from '../../helpers/noLeak';
import { fixRuler, matchesSnapshot, wordsOf } from '../../helpers/snapshot';

const steps = suite('gradCamSteps');
steps.before(fixRuler);

const pixels = tf.tensor4d([1, 2, 0, 0, 1, 0, 3, 0, 0], [1, 3, 3, 1]);

steps('numbers are written as multiples of one power of ten', () => {
  const small = notationFor(0.00411);
  assert.equal([small.signed(0.00331), small.text(-0.0004), small.text(0), small.power], ['+3.31', '−0.40', '0', '\u00a0×\u00a010⁻³']);
  assert.equal([5.874, 58.74, 587.4].map((size) => notationFor(size).text(size)), ['5.87', '58.7', '587']);
  assert.equal([notationFor(0.0911, 2, 1).text(0.0911), notationFor(0.5, 2, 1).power], ['9.1', '\u00a0×\u00a010⁻¹']);
  assert.equal([wholeNotation(0.0911).text(0.0911), wholeNotation(0.0911).power], ['91', '\u00a0×\u00a010⁻³']);
  assert.equal([notationFor(0).text(0), notationFor(1, 2).text(-0.01)], ['0', '0.0']);
});

steps('shares and correlations tell no more than they know', () => {
  assert.equal([0.0531, -0.0021, 0.00004, 0, 1, 4.87].map(shareText), ['+5.3\u00a0%', '−0.21\u00a0%', '+<0.01\u00a0%', '0\u00a0%', '+100\u00a0%', '+487\u00a0%']);
  assert.equal([totalText(0.296), totalText(-1.5)], ['29.6\u00a0%', '−150\u00a0%']);
  assert.equal([null, 0.936, 0.9981, 0.99999, -0.3].map(correlationText), ['–', '0.94', '0.998', '1.00', '−0.30']);
});

steps('the data hold each channel by its order, and say where a gradient is the same everywhere', () => {
  const parts = camParts();
  const data = stepsData(parts, 8);
  assert.equal([data.grid, data.detailed, data.silent, data.even, data.maps.length], [[7, 7], 24, 4, false, 0]);
  const [channel] = data.order;
  const of = (values: Float32Array): number[] => Array.from({ length: 49 }, (_, cell) => values[cell * 24 + channel]);
  close(channelMap(data, 'activation', channel)!, of(parts.activations));
  close(channelMap(data, 'gradient', channel)!, of(parts.gradients));
  close(channelMap(data, 'product', channel)!, of(parts.activations).map((value) => value * parts.weights[channel]), 1e-4);
  const even = stepsData(camParts({ even: true }), 8);
  assert.equal([even.even, even.gradients.length], [true, 0]);
  close(channelMap(even, 'gradient', 3)!, new Array(49).fill(camParts({ even: true }).weights[3]), 1e-4);
});

steps('a grid too fine to send is told as means, whose ReLU came before', () => {
  const parts = camParts({ shape: [60, 60, 8] });
  const data = stepsData(parts, 3);
  assert.equal(data.grid, [20, 20]);
  close(sumAt(data, lastStop(data)), shrink(parts.sum, 60, 60, 20, 20), 1e-4);
  close(mapAt(data, lastStop(data)), shrink(parts.sum.map((value) => Math.max(0, value)), 60, 60, 20, 20), 1e-4);
  assert.match(data.notes[0], /60 × 60 cells are drawn as 20 × 20 means/);
  assert.match(wordsOf(stepsFigure(data)), 'drawn as 20 × 20 means');
});

steps('of many channels the first keep their maps; less detail keeps fewer', () => {
  const data = stepsData(camParts({ shape: [14, 14, 400] }), 8);
  assert.is(data.detailed, Math.floor(32_768 / 196));
  const less = withLess(data, 0.25);
  assert.equal([less.detailed, less.activations.length, less.gradients.length], [41, 41 * 196, 41 * 196]);
  const last = data.order[399];
  assert.is(channelMap(less, 'activation', last), undefined);
  const { stage, finish } = svgStage(900);
  assert.match(finish(draw(stage, less, { ...start(less), picked: last })), 'only the first 41 keep their maps');
});

for (const [name, net, size, layers] of [['residual', residual, [1, 13, 10, 3], ['both', 'separable']], ['mixed', mixed, [1, 12, 11, 2], ['conv', 'conv_elu']]] as const) {
  steps(`with all channels the last picture is cl.gradCam: ${name}`, async () => {
    const model = classifier(net());
    const x = noiseTensor<tf.Rank.R4>([...size], 7);
    for (const layer of layers) {
      const data = stepsData(await noLeak(() => partsFor('gradCamSteps', model, x, { target: 1, layer })), 1);
      const map = await gradCam(model, x, { target: 1, layer });
      close(resizeMap(mapAt(data, lastStop(data)), data.grid, map.shape as [number, number]), map.values);
      close([rangeOf(data, 'map')[1]], [mapAt(data, lastStop(data)).reduce((a, b) => Math.max(a, b), 0)]);
    }
  });
}

steps('tiles stand at counts that multiply, and a place below them is a count', () => {
  const data = stepsData(camParts({ shape: [3, 3, 200] }), 8);
  const layout = layoutFor(900, data);
  const counts = milestones(data, layout.columns).map((stop) => data.stops[stop]);
  assert.equal(counts, [1, 2, 5, 10, 20, 48, 96, 200]);
  const across = placeOfCount(data, layout);
  counts.forEach((count, at) => assert.is(across(count), layout.lefts[at] + layout.tile.width / 2));
  assert.is(across(0), layout.margin);
  for (const [stop, count] of data.stops.entries()) assert.is(stopAt(data, layout, (across(count) - layout.margin) / (layout.tilesEnd - layout.margin)), stop);
});

steps('every width has its own layout, and nothing is wider', () => {
  for (const shape of [[7, 7, 24], [14, 14, 30], [1, 1, 1], [2, 2, 3]] as [number, number, number][]) {
    const data = stepsData(camParts({ shape }), 1);
    for (const width of [380, 420, 560, 700, 780, 900, 1100]) {
      const { stage, finish } = svgStage(width);
      const drawn = draw(stage, data, start(data));
      const svg = finish(drawn);
      assert.ok(drawn.width <= width, `${drawn.width} of ${width}`);
      for (const { name, x, y, width: across, height } of drawn.spots!) assert.ok(x >= 0 && y >= 0 && x + across <= drawn.width && y + height <= drawn.height, `${name} at ${width}`);
      const sizes = [...svg.matchAll(/font-size="([\d.]+)"/g)].map(([, size]) => Number(size));
      assert.ok(Math.min(...sizes) >= 10, `a text of ${Math.min(...sizes)} px`);
    }
  }
});

steps('the static figure tells every step with its numbers', () => {
  const data = stepsData(camParts(), 8);
  const figure = stepsFigure(data);
  const words = wordsOf(figure);
  for (const text of ['1. The photo goes forward: layer conv', '24 maps of 7 × 7', 'y = 8.25', 'logit of tabby (281)', '2. The gradient goes back', '3. A channel', '4. Each map times its weight', '5. The channels are added', '8 of 24 channels', '6. ReLU keeps', '7. Enlarged to 128 × 128', 'whatever their weight: 4 of the 24 channels', 'strong: the 8 that are added', 'the sum of 8 of 24 channels', 'with all 24: the Grad-CAM', 'Selvaraju et al. 2017']) assert.ok(words.includes(text), text);
  assert.match(figure.alt, /^Grad-CAM of cat for tabby \(281\) in seven steps: the 24 maps of layer conv/);
  assert.match(figure.caption, 'Grad-CAM, step by step · tabby (281) · logit 8.25, probability 0.625 · toy / conv · cat');
  const table = figure.fragment({ live: false });
  assert.match(table, '<details><summary>the numbers');
  assert.is([...table.matchAll(/<tr>/g)].length, 2 + 24 + data.stops.length);
  matchesSnapshot(figure, 'grad-cam-steps');
});

steps('the state changes what is drawn', () => {
  const data = stepsData(camParts(), 8);
  const words = (more: object): string => {
    const { stage, finish } = svgStage(900);
    const drawn = draw(stage, data, { ...start(data), ...more });
    return finish(drawn).replace(/<[^>]+>/g, ' ');
  };
  assert.match(words({ stop: 0 }), /0 of 24 channels.*none is added|none is added.*0 of 24 channels/s);
  assert.match(words({ stop: lastStop(data) }), /the sum of all 24 channels/);
  const weakest = byWeight(data)[23];
  assert.match(words({ picked: weakest }), `k = ${weakest}: α = −`);
  assert.match(words({ pointed: 7 }), 'k = 7: α = ');
  assert.is.not(words({ shared: true }), words({ shared: false }));
});

steps('what is pointed at is told in numbers', () => {
  const parts = camParts();
  const data = stepsData(parts, 8);
  const [channel] = data.order;
  const plain = statusText(data, start(data));
  assert.match(plain, new RegExp(`^8 of 24 channels make [\\d.]+\\u00a0% of the final map, correlation with it [\\d.]+ · channel ${channel}: weight .*, number 1 to be added$`));
  const cell = 2 * 7 + 5;
  const told = statusText(data, { ...start(data), cursor: { u: 5.5 / 7, v: 2.5 / 7 } });
  assert.match(told, 'row 2, column 5, A ');
  assert.match(told, `A ${Number(parts.activations[cell * 24 + channel].toPrecision(3))}, `);
});

steps('an empty map, and gradients of 0, are said and give no NaN', () => {
  const opposed = camParts();
  // Against the target everywhere.
  const weights = opposed.weights.map((weight) => -Math.abs(weight));
  const sum = opposed.sum.map((_, cell) => weights.reduce((total, weight, channel) => total + weight * opposed.activations[cell * 24 + channel], 0));
  const nothing = camParts({ gradients: new Float32Array(49 * 24), weights: new Float32Array(24), sum: new Float32Array(49) });
  for (const [parts, told] of [[{ ...opposed, weights, sum }, 'no positive evidence'], [nothing, 'the score does not depend on this layer']] as const) {
    const figure = stepsFigure(stepsData(parts, 8));
    assert.match(wordsOf(figure), told);
    assert.match(wordsOf(figure), 'The final map is empty');
    assert.not.match(figure.svg(), /NaN|undefined|Infinity/);
  }
});

steps('numbers that are not finite draw no NaN', () => {
  const parts = camParts({ note: 'some values are not finite: the network overflows on this input' });
  parts.gradients[3] = NaN;
  parts.weights[3] = NaN;
  parts.sum.fill(NaN);
  const figure = stepsFigure(stepsData(parts, 8));
  assert.match(wordsOf(figure), 'Note: some values are not finite');
  assert.not.match(figure.svg(), /(x|y|width|height|d)="[^"]*NaN/);
});

steps('an output stays near half a megabyte', () => {
  for (const [shape, even] of [[[7, 7, 1280], true], [[14, 14, 512], false], [[56, 56, 256], false]] as [[number, number, number], boolean][]) {
    const data = stepsData(camParts({ shape, even }), 8);
    const bytes = pack(data).length;
    assert.ok(bytes < 400_000, `${shape.join(' x ')}: ${bytes} bytes of data`);
  }
});

steps('the call takes what gradCam takes, and leaves nothing behind', async () => {
  const model = classifier(arithmetic(), ['up', 'down']);
  const figure = await noLeak(() => gradCamSteps(model, pixels, { target: 'up', channels: 1 }));
  const words = wordsOf(figure);
  // The gradient is 1/4 everywhere, the map a quarter of 9 5 / 11 1.
  for (const text of ['y = 6.50', 'α = (0.25 + … + 0.25) / 4', '= 1 / 4 = +0.25', '2.25', '1.25', '2.75', '1 of 2 channels', 'makes 100 % of the final map', 'whatever their weight: 1 of the 2 channels']) assert.ok(words.includes(text), text);
  const chance = await noLeak(() => gradCamSteps(model, pixels, { target: 'up', score: 'probability' }));
  assert.match(wordsOf(chance), 'probability of up (0)');
  assert.match(wordsOf(await gradCamSteps(model, pixels, { target: { layer: 'pool', channel: 0 } })), 'score of pool unit 0');
});

steps('what is wrong is said in one line', async () => {
  const model = classifier(residual());
  const x = noiseTensor<tf.Rank.R4>([1, 13, 10, 3]);
  const says = async (options: object, pattern: RegExp, image: unknown = x): Promise<void> => assert.match(await messageOf(() => gradCamSteps(model, image as tf.Tensor4D, options)), pattern);
  await says({ channel: 3 }, /^gradCamSteps has no option "channel"; did you mean "channels"\?$/);
  await says({ channels: -1 }, /^channels must be a whole number of at least 0, got -1$/);
  await says({ channels: 1.5 }, /^channels must be a whole number/);
  await says({ channels: 7 }, /^channels of "separable" must be a whole number from 0 to 6, got 7$/);
  await says({ target: [0, 1] }, /^gradCamSteps takes one target, got \[0, 1\]$/);
  await says({ layer: ['both'] }, /^gradCamSteps takes one layer, got \["both"\]$/);
  await says({ layer: 'logits' }, /Grad-CAM needs \[height, width, channels\]/);
  await says({ score: 'odds' }, /^score must be logit or probability, got "odds"$/);
  await says({}, /^gradCamSteps takes one image, got \[a Tensor\]$/, [x]);
  assert.match(await messageOf(() => gradCamSteps(x as never, model as never)), /^gradCamSteps takes a model from cl.loadModel first, got a Tensor$/);
});

steps.run();
