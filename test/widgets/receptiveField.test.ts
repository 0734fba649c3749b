import * as tf from '@tensorflow/tfjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ready } from '../../src/backend';
import type { Figure } from '../../src/figure/figure';
import { drawOnSvg, texture } from '../helpers/widgetDrawing';
import { Classifier } from '../../src/model/classifier';
import { classifier, nested, seeded } from '../helpers/models';
import { messageOf, noLeak } from '../helpers/noLeak';
import { fixRuler, matchesSnapshot, withoutStyles, wordsOf } from '../helpers/snapshot';
import { coded, decoded, type ReceptiveData, reduceFields } from '../../widgets/receptiveField/data';
import { draw } from '../../widgets/receptiveField/draw';
import { looksAt, type ReceptiveState, seers, shownLayer, sightOf, start } from '../../widgets/receptiveField/looking';
import { receptiveField } from '../../widgets/receptiveField/receptiveField';
import { boxPlace, effectiveText, jumpText, sightText, sizeText } from '../../widgets/receptiveField/words';

const { layers } = tf;

test.before(async () => {
  fixRuler();
  await ready();
});

/** Three sizes of maps over 32 x 32 pixels; every layer has a gradient. */
const net = (): tf.LayersModel =>
  seeded(
    tf.sequential({
      name: 'net',
      layers: [
        layers.conv2d({ name: 'first', inputShape: [32, 32, 3], filters: 3, kernelSize: 3, padding: 'same', activation: 'sigmoid' }),
        layers.averagePooling2d({ name: 'half', poolSize: 2 }),
        layers.conv2d({ name: 'second', filters: 4, kernelSize: 3, padding: 'same', activation: 'tanh' }),
        layers.conv2d({ name: 'quarter', filters: 2, kernelSize: 3, strides: 2, padding: 'same' }),
        layers.globalAveragePooling2d({ name: 'mean' }),
        layers.dense({ name: 'scores', units: 2 }),
      ],
    }),
  );

const smallNet = (): Classifier => new Classifier(net(), { name: 'net', preprocess: 'tf' });
const photo = texture(32);
const dataOf = (figure: Figure): ReceptiveData => figure.parts.live!.data(1) as ReceptiveData;
const made = async (options = {}): Promise<{ figure: Figure; data: ReceptiveData }> => {
  const model = smallNet();
  const figure = await receptiveField(model, photo, { onProgress: null, ...options });
  model.dispose();
  return { figure, data: dataOf(figure) };
};

test('the figure tells size, jump and offset, what the cell looks at, and who sees its middle', async () => {
  const { figure, data } = await made({ layer: 'second' });
  assert.equal(data.layers.map(({ name, map }) => [name, ...map]), [['first', 32, 32, 3], ['half', 16, 16, 3], ['second', 16, 16, 4], ['quarter', 8, 8, 2]]);
  const words = wordsOf(figure);
  for (const text of ['second', 'can see (theoretical) 8 × 8 px', 'jump to the next cell 2 px', 'offset of cell (0, 0) −3 px', 'looks at (95 % of the gradient)', 'mean of 4 channels', 'image 32', 'Receptive fields · net · texture']) assert.ok(words.includes(text), `${text} in ${words}`);
  assert.match(figure.caption, /gradients computed at \d+ cells \(dots\) of 4 of 4 layers: first, half, second, quarter/);
  assert.match(figure.alt, /cell at row \d+, column \d+ of second can see rows .* Its field is 8 × 8 px/);
  matchesSnapshot(figure, 'receptive-field');
});

test('the table behind the picture has every layer', async () => {
  const { figure } = await made();
  assert.match(withoutStyles(figure.html()), '<td>quarter</td><td>Conv2D</td><td>8 × 8</td><td>12 × 12 px</td><td>4 px</td>');
});

test('what a state points at: a cell sees a box, a pixel is seen by cells', async () => {
  const { data } = await made();
  const at = data.layers.findIndex(({ name }) => name === 'quarter');
  const state: ReceptiveState = { ...start(data), layer: at, cursor: { u: 0.01, v: 0.99 } };
  const sight = sightOf(data, state);
  assert.equal([sight.cell, boxPlace(sight.box)], [[7, 0], 'rows 25–31, columns 0–8']);
  assert.equal(sight.pixel, [31, 3]);
  const pixel = sightOf(data, { ...state, looking: 'pixel' });
  assert.equal(pixel.pixel, [31, 0]);
  assert.equal(seers(shownLayer(data, at).fields, [31, 0]), { rows: { start: 6, end: 8 }, columns: { start: 0, end: 1 }, count: 2 });
  assert.match(sightText(data, { ...state, looking: 'pixel' }), /^pixel at row 31, column 0 is seen by 2 of 64 cells of quarter: rows 6–7, columns 0–0; 95 % boxes of \d+ of \d+ computed cells hold it$/);
});

test('a cell without a gradient of its own shows the nearest, and says so', async () => {
  const { data } = await made({ layers: ['first'] });
  const first = data.layers[0];
  const known = first.effective!.map(({ cell }) => cell.join());
  const [row, column] = [0, 1];
  assert.not.ok(known.includes(`${row},${column}`));
  const state = { ...start(data), layer: 0, cursor: { u: (column + 0.5) / 32, v: (row + 0.5) / 32 } };
  const { effective } = sightOf(data, state);
  assert.equal([effective!.own, effective!.cell], [false, [3, 3]]);
  assert.match(sightText(data, state), 'that of the nearest computed cell, row 3, column 3');
  const without = { ...state, layer: 3 };
  assert.is(effectiveText(sightOf(data, without)), 'not computed for this layer');
  assert.match(sightText(data, without), 'give layers: ["quarter"]');
});

test('a box that holds 95 % of a gradient looks at a pixel if its middle lies inside', () => {
  const each = { cell: [0, 0], part: { top: 0, left: 0, bottom: 4, right: 4 }, map: coded(new Float32Array(16), 4, 4, 4), box: { top: 0, left: 0.6, bottom: 2, right: 3, share: 1 } } as const;
  assert.equal([looksAt(each, [1, 1]), looksAt(each, [1, 0]), looksAt(each, [2, 1]), looksAt({ ...each, box: null }, [1, 1])], [true, false, false, false]);
});

test('one channel: its own gradient and its own picture', async () => {
  const { data, figure } = await made({ layer: 'second', channel: 3 });
  const second = data.layers[2];
  assert.is(second.channel, 3);
  assert.is(data.layers[0].channel, undefined);
  assert.ok(wordsOf(figure).includes('channel 3'));
  const mean = (await made({ layer: 'second' })).data.layers[2];
  assert.not.equal([...second.output.codes], [...mean.output.codes]);
});

test('a channel that a ReLU has switched off has no gradient, and the figure says so', async () => {
  const model = tf.sequential({ layers: [layers.conv2d({ name: 'off', inputShape: [8, 8, 3], filters: 1, kernelSize: 3, activation: 'relu', biasInitializer: tf.initializers.constant({ value: -1e4 }) })] });
  const off = classifier(model);
  const figure = await receptiveField(off, texture(8), { onProgress: null });
  assert.ok(wordsOf(figure).includes('no gradient: 0 everywhere'));
  off.dispose();
});

test('bytes keep values to a part in 255, and less detail means coarser maps', async () => {
  const values = Float32Array.from({ length: 60 }, (_, at) => at / 10 - 2);
  const back = decoded(coded(values, 6, 10, 10));
  values.forEach((value, at) => assert.ok(Math.abs(value - back[at]) < 5.9 / 255 / 2 + 1e-6));
  assert.equal(coded(values, 6, 10, 5).columns, 5);
  assert.equal(decoded(coded(values, 6, 10, 5))[0] < -1.3, true);
  const { data } = await made();
  const smaller = reduceFields(data, 0.25);
  const bytes = (given: ReceptiveData): number => given.layers.reduce((sum, { output, effective = [] }) => sum + output.codes.length + effective.reduce((all, { map }) => all + map.codes.length, 0), 0);
  assert.ok(bytes(smaller) < bytes(data) * 0.5, `${bytes(smaller)} of ${bytes(data)}`);
  assert.ok(drawOnSvg((stage) => draw(stage, smaller, start(smaller)), 900).svg.length > 1000);
});

test('it draws itself at every width, never wider than it may be', async () => {
  const { data } = await made();
  for (const width of [380, 560, 700, 1100]) {
    for (const looking of ['cell', 'pixel'] as const) {
      const { drawn, svg } = drawOnSvg((stage) => draw(stage, data, { ...start(data), looking }), width);
      assert.ok(drawn.width <= width, `${drawn.width} > ${width}`);
      assert.not.match(svg, /NaN|undefined|Infinity/);
    }
  }
});

test('an aborted call keeps what it has, and notes it', async () => {
  const { figure, data } = await made({ signal: AbortSignal.abort() });
  assert.match(data.note!, /^stopped: effective fields of 2\d of \d+ cells$/);
  assert.equal(data.layers.map(({ effective }) => effective !== undefined), [true, false, false, false]);
  assert.ok(wordsOf(figure).includes('Note: stopped'));
});

test('names of layers are text, however they are written', async () => {
  const hostile = `</script><img src=x onerror=alert(1)> "quoted" מימין 🙂 ${'long '.repeat(50)}`;
  const { data } = await made();
  data.layers.forEach((layer, at) => (layer.name = `${at} ${hostile}`));
  const { svg, drawn } = drawOnSvg((stage) => draw(stage, data, start(data)), 480);
  assert.not.match(svg, '<img');
  assert.ok(drawn.width <= 480);
});

test('it leaves no tensor behind, and says in one line what is wrong', async () => {
  const model = smallNet();
  await noLeak(() => receptiveField(model, photo, { onProgress: null }));
  const message = (options: object, given: unknown = photo): Promise<string> => messageOf(() => receptiveField(model, given as typeof photo, { onProgress: null, ...options }));
  assert.is(await message({ layer: 'secnd' }), 'no layer "secnd"; did you mean "second"?');
  assert.is(await message({ layer: 'mean' }), 'layer "mean" (GlobalAveragePooling2D) has no grid; receptiveField takes first, half, second, quarter');
  assert.is(await message({ layer: 'second', channel: 4 }), 'channel of "second" must be a whole number from 0 to 3, got 4');
  assert.is(await message({ channel: 1 }), 'channel needs the layer that it belongs to: give { layer, channel }');
  assert.is(await message({ layers: 'second' }), 'layers must be a list of names or numbers, got "second"');
  assert.match(await message({ chanel: 1 }), /^receptiveField has no option "chanel"; did you mean "channel"\?/);
  assert.match(await message({}, 'cat.png'), /^image must be an Image/);
  assert.match(await messageOf(() => receptiveField(photo as never, photo)), /^receptiveField takes a model from cl.loadModel first/);
  model.dispose();
});

test('nested models, and axes that differ', async () => {
  const model = classifier(nested());
  const figure = await receptiveField(model, texture(8), { onProgress: null });
  assert.match(figure.caption, 'base/deep');
  model.dispose();
  const fields = { rows: { size: 5, jump: 2, offset: -1, spans: [] }, columns: { size: 3, jump: null, offset: 0, spans: [] } };
  assert.is(sizeText(fields), '5 × 3 px');
  assert.is(jumpText(fields), '2 px down, none: all see everything across');
});

test.run();
