import * as tf from '@tensorflow/tfjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { layerOutputs } from '../../src/features/layerOutputs';
import { svgStage } from '../../src/figure/svgStage';
import { Classifier } from '../../src/model/classifier';
import { loadModel } from '../../src/model/loadModel';
import { drawDetail } from '../../widgets/modelView/detail';
import { drawModelView, start } from '../../widgets/modelView/draw';
import { labelLines } from '../../widgets/modelView/facts';
import { layered } from '../../widgets/modelView/layered';
import { modelView } from '../../widgets/modelView/modelView';
import { keyed, pressed } from '../../widgets/modelView/moves';
import { networkData } from '../../widgets/modelView/networkData';
import { openFolds } from '../../widgets/modelView/openFolds';
import { outputData } from '../../widgets/modelView/outputs';
import { ancestorsOf, visibleOf } from '../../widgets/modelView/visible';
import { nameWithin, whatOf } from '../../widgets/modelView/words';
import { plainImage } from '../helpers/maps';
import { classifier, inception, nested, noiseTensor, residual, stacked } from '../helpers/models';
import { messageOf, noLeak } from '../helpers/noLeak';
import { fixRuler, matchesSnapshot, withoutStyles, wordsOf } from '../helpers/snapshot';

test.before(fixRuler);

const networkOf = (model: tf.LayersModel) => networkData(classifier(model).layers());
const plainWords = (text: string): string => text.replace(/[\u200a\u00a0]/g, ' ').replace(/ +/g, ' ');

// --- what is visible ---------------------------------------------------------------------------------------------------------

test('folded groups are one block, and read what their layers read from outside', () => {
  const network = networkOf(residual());
  const { blocks, edges, frames } = visibleOf(network, new Set());
  assert.equal(blocks.map(({ id }) => id), ['input', 'layer 0', 'fold 0', 'fold 1', 'fold 2', 'layer 11', 'layer 12', 'layer 13', 'layer 14', 'layer 15']);
  assert.equal(edges.map((edge) => edge.join('-')), ['0-1', '1-2', '2-3', '3-4', '4-5', '5-6', '6-7', '7-8', '8-9']);
  assert.equal(frames, []);
});

test('an open group shows its layers, with the branch that skips', () => {
  const { blocks, edges, frames } = visibleOf(networkOf(residual()), new Set([1]));
  assert.equal(frames, [{ fold: 1, first: 3, last: 6 }]);
  // stem -> dw -> project -> sum, stem -> sum, sum -> relu.
  assert.equal(edges.filter(([from]) => from >= 2 && from <= 5).map((edge) => edge.join('-')), ['2-3', '3-4', '2-5', '4-5', '5-6']);
  assert.is(blocks.length, 13);
});

test('a group inside a closed one is not seen, even if it was left open', async () => {
  const model = await loadModel('efficientnet-lite0', { weights: null });
  const network = networkData(model.layers());
  const inner = network.folds.findIndex(({ name }) => name === 'block2a');
  const outer = network.folds[inner].within;
  assert.is(network.folds[outer].name, 'block2');
  assert.equal(visibleOf(network, new Set([inner])).frames, []);
  assert.equal(visibleOf(network, new Set([inner, outer])).frames.map(({ fold }) => network.folds[fold].name), ['block2', 'block2a']);
  model.dispose();
});

test('what a block depends on is everything before it on any branch', () => {
  const visible = visibleOf(networkOf(residual()), new Set([1]));
  assert.equal([...ancestorsOf(visible, 4)].sort(), [0, 1, 2, 3]);
  assert.not.ok(ancestorsOf(visible, 3).has(4));
});

// --- where it lies -----------------------------------------------------------------------------------------------------------

const boxes = (count: number, width = 40) => Array.from({ length: count }, () => ({ width, picture: 30, label: 20 }));
const chain = (count: number): [number, number][] => Array.from({ length: count - 1 }, (_, at) => [at, at + 1]);

test('a chain lies level in one line, spread over the width that there is', () => {
  const { places, lines, arrows } = layered(boxes(4), chain(4), 400);
  assert.equal(places.map(({ line }) => line), [0, 0, 0, 0]);
  assert.is(new Set(places.map(({ y }) => y)).size, 1);
  // 4 x 40, and 3 gaps of 14 + 60 at most.
  assert.is(lines[0].width, 160 + 3 * (14 + 60));
  assert.equal(places.map(({ x }) => x), [20, 134, 248, 362]);
  assert.is(lines[0].bottom - lines[0].top, 50);
  assert.equal(arrows.map((pieces) => pieces.length), [1, 1, 1]);
});

test('what is too long goes on in lines of about one length, none wider than allowed', () => {
  const { places, lines, arrows } = layered(boxes(8), chain(8), 250);
  assert.equal(places.map(({ line }) => line), [0, 0, 0, 0, 1, 1, 1, 1]);
  assert.ok(lines.every(({ width }) => width <= 250));
  const [before, after] = arrows[3];
  assert.equal([before.starts, before.ends, after.starts, after.ends], [true, false, false, true]);
  assert.is(before.points.at(-1)?.x, lines[0].width);
  assert.is(after.points[0].x, 0);
});

test('a group is kept in one line where it fits', () => {
  const lineOf = (groups: [number, number][]): number[] => layered(boxes(9), chain(9), 330, groups).places.map(({ line }) => line);
  assert.equal(lineOf([]), [0, 0, 0, 0, 0, 1, 1, 1, 1]);
  assert.equal(lineOf([[3, 7]]), [0, 0, 0, 1, 1, 1, 1, 1, 1]);
});

test('branches lie one below the other, and a break through them is drawn on', () => {
  const edges: [number, number][] = [[0, 1], [1, 2], [2, 3], [0, 3]];
  const wide = layered(boxes(4), edges, 1000);
  assert.is(wide.lines.length, 1);
  const skip = wide.arrows[3][0].points;
  assert.ok(skip.some(({ y }) => Math.abs(y - wide.places[1].y) > 15), 'the skip passes beside the branch');
  const narrow = layered(boxes(4), edges, 130);
  assert.ok(narrow.lines.length > 1);
  assert.is(narrow.arrows[3].length, narrow.lines.length, 'a piece in each line');
});

// --- words and figures -------------------------------------------------------------------------------------------------------

test('a layer is told in a few words', () => {
  const { layers } = networkOf(residual());
  const told = Object.fromEntries(layers.map((layer) => [layer.name, plainWords(whatOf(layer))]));
  assert.is(told.stem, 'conv 3 × 3 /2');
  assert.is(told.dw, 'depthwise 3 × 3, relu');
  assert.is(told.max, 'max pool 3 × 3 /2');
  assert.is(told.sum_relu, 'relu');
  assert.is(told.softmax, 'softmax');
});

test('a name stands without that of its group, and a made-up one in short', () => {
  assert.is(nameWithin('block2a_dwconv', 'block2a'), 'dwconv');
  assert.is(nameWithin('block1a_dwconv', 'block1'), 'dwconv');
  assert.is(nameWithin('base/shared#2', 'base'), 'shared#2');
  assert.is(nameWithin('block2a', 'block2'), 'block2a');
  const network = networkOf(inception());
  const visible = visibleOf(network, new Set());
  assert.match(plainWords(labelLines(network, visible.blocks[1], undefined).join(' | ')), /^conv \d+ \| conv 7 × 7 \/2 \| 16 × 16 × 8$/);
  assert.match(plainWords(labelLines(network, visible.blocks[2], undefined).join(' | ')), /^batch norm \| 16 × 16 × 8$/);
});

test('an output in figures, with a map of the channel that varies most', () => {
  // Two channels of 2 x 2: 0, 0, 0, 4 and 1, 1, 1, 1.
  const output = outputData({ values: Float32Array.of(0, 1, 0, 1, 0, 1, 4, 1), shape: [2, 2, 2], channels: [5, 9] }, { maps: 1, side: 24 });
  assert.equal([output.mean, output.least, output.most, output.zeros], [1, 0, 4, 3 / 8]);
  assert.equal(output.channels, [5]);
  assert.equal([...output.codes], [0, 0, 0, 255]);
  assert.equal(output.range, [0, 4]);
});

test('maps with values below 0 are two-sided, and large ones shrink by means', () => {
  const output = outputData({ values: Float32Array.of(-2, -2, 1, 1, -2, -2, 1, 1), shape: [2, 4, 1], channels: [0] }, { maps: 4, side: 2 });
  assert.equal([output.width, output.height], [2, 1]);
  assert.equal(output.range, [-2, 2]);
  assert.equal([...output.codes], [0, 191]);
});

test('a layer without a grid has figures alone', () => {
  const output = outputData({ values: Float32Array.of(0, 3), shape: [2], channels: [0, 1] }, { maps: 4, side: 24 });
  assert.equal([output.mean, output.channels.length, output.codes.length], [1.5, 0, 0]);
});

// --- what is open ------------------------------------------------------------------------------------------------------------

test('a small network is shown whole, a large one folded, a lone big group opened', () => {
  const names = (network: ReturnType<typeof networkOf>, open = openFolds(network)): string[] => open.map((fold) => network.folds[fold].name);
  assert.equal(names(networkOf(residual())), ['stem', 'residual 1', 'both']);
  assert.equal(names(networkOf(inception())), []);
  const base = inception();
  const whole = tf.sequential({ layers: [tf.model({ inputs: base.inputs, outputs: base.getLayer('avg_pool').output as tf.SymbolicTensor, name: 'base' }), tf.layers.dense({ name: 'scores', units: 2 })] });
  assert.equal(names(networkOf(whole)), ['base']);
});

test('named groups open with those around them; an unknown one names the nearest', () => {
  const network = networkOf(stacked());
  assert.equal(openFolds(network, ['head']), [0]);
  assert.equal([openFolds(network, 'all'), openFolds(network, 'none')], [[0], []]);
  assert.throws(() => openFolds(network, ['haed']), 'open names no group "haed"; did you mean "head"?');
  assert.throws(() => openFolds(network, 'some' as never), 'open must be auto, all or none, got "some"');
});

// --- moving ------------------------------------------------------------------------------------------------------------------

test('keys go along the network, into groups and out of them', () => {
  const network = networkOf(inception());
  let state: { open: readonly number[]; held?: string; pointed?: string } = { open: [] };
  const press = (...keys: string[]): string | undefined => {
    for (const key of keys) state = { ...state, ...keyed(key, state, network) };
    return state.held;
  };
  assert.is(press('ArrowRight'), 'input');
  assert.is(press('End'), `layer ${network.layers.length - 1}`);
  assert.is(press('Home', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight'), 'fold 0');
  assert.is(press('ArrowDown'), `layer ${network.folds[0].first}`);
  assert.equal(state.open, [0]);
  assert.is(press('Shift+ArrowLeft'), `layer ${network.folds[0].first - 1}`, 'along the arrow, to what it reads');
  assert.is(press('Shift+ArrowRight', 'ArrowUp'), 'fold 0');
  assert.equal(state.open, []);
  assert.is(press('Escape'), undefined);
  assert.is(keyed('x', state, network), undefined);
});

test('a click opens a folded group, folds it by its name, holds a layer and lets it go', () => {
  const network = networkOf(inception());
  const spot = (name: string) => ({ name, x: 0, y: 0, width: 1, height: 1 });
  assert.equal(pressed(spot('fold 1'), { open: [] }, network)?.open, [1]);
  assert.equal(pressed(spot('frame 1'), { open: [0, 1] }, network)?.open, [0]);
  assert.is(pressed(spot('layer 3'), { open: [] }, network)?.held, 'layer 3');
  assert.is(pressed(spot('layer 3'), { open: [], held: 'layer 3' }, network)?.held, undefined);
});

// --- the figure --------------------------------------------------------------------------------------------------------------

test('the folded network tells blocks, shapes, parameters and multiply-adds in numbers', async () => {
  const model = await loadModel('vgg16', { weights: null });
  const figure = modelView(model);
  const words = plainWords(wordsOf(figure));
  for (const text of ['▸ block4', '4 layers', '14 × 14 × 512', '5.9 M params', '4.62 G MACs', 'predictions', 'dense, softmax', '22 layers · input 224 × 224 × 3 · 138,357,544 parameters · 15.5 G multiply-adds (MACs)']) assert.ok(words.includes(text), `${text} in ${words}`);
  assert.ok(figure.width <= 900 && figure.height < 400);
  assert.match(figure.alt, /^The network vgg16 drawn from its input to its output, 138,357,544 parameters, 15\.5 G multiply-adds; layers: 13 convolution, 5 pooling, 3 dense, 1 other\. In order: input 224 by 224 by 3; block1 112 by 112 by 64; /);
  matchesSnapshot(figure, 'model-view-vgg16');
  model.dispose();
});

test('every layer stands in a closed table below', () => {
  const html = modelView(classifier(residual())).fragment({ live: false });
  assert.match(html, '<details><summary>all 16 layers</summary>');
  assert.match(withoutStyles(html), '<td>3 × 3, 2 × 2</td><td>7 × 6 × 4</td><td>108</td><td>4,536</td>');
});

test('branches and merges of a small network', () => {
  const figure = modelView(classifier(residual()));
  const heads = figure.svg().match(/l-6,-3\.2v6\.4z/g)?.length;
  assert.is(heads, visibleOf(networkOf(residual()), new Set([0, 1, 2])).edges.length);
  matchesSnapshot(figure, 'model-view-residual');
});

test('with outputs each block shows a map, and the input what the network saw', async () => {
  const model = classifier(residual());
  const x = noiseTensor<tf.Rank.R4>([1, 13, 10, 3]);
  const before = tf.memory().numTensors;
  const figure = modelView(model, { outputs: await layerOutputs(model, x) });
  assert.is(tf.memory().numTensors, before);
  // 12 layers with a grid, and the image.
  assert.is(figure.svg().match(/<image/g)?.length, networkOf(residual()).layers.filter(({ shape }) => shape.length === 3).length + 1);
  assert.match(wordsOf(figure), 'a block shows the channel that varies most on');
  x.dispose();
});

test('less detail keeps the liveliest map of each layer', async () => {
  const model = classifier(residual());
  const x = noiseTensor<tf.Rank.R4>([1, 13, 10, 3]);
  const { live } = modelView(model, { outputs: await layerOutputs(model, x) }).parts;
  const countOf = (detail: number): number[] => (live?.data(detail) as { outputs: ({ channels: number[]; codes: Uint8Array; width: number; height: number } | null)[] }).outputs.flatMap((output) => (output?.channels.length ? [output.channels.length, output.codes.length / output.width / output.height] : []));
  assert.ok(countOf(1).every((count) => count === 4 || count === 3));
  assert.ok(countOf(1 / 4).every((count) => count === 1));
  x.dispose();
});

test('nested models, values for saving', () => {
  const figure = modelView(classifier(nested()));
  assert.match(wordsOf(figure), '▾ base');
  const { data } = figure.toJSON() as { data: { layers: { name: string; multiplyAdds: number }[]; groups: object[] } };
  assert.equal(data.groups, [{ name: 'base', first: 0, last: 2 }]);
  assert.is(data.layers[2].multiplyAdds, 6 * 6 * 27 * 4);
});

test('the panel holds all that it tells, at any width', () => {
  const data = { ...networkOf(inception()), model: 'inception', open: [0] };
  for (const room of [380, 620, 1100]) {
    for (const held of [undefined, ...visibleOf(data, new Set([0])).blocks.map(({ id }) => id)]) {
      const { stage, finish } = svgStage(room);
      const { width, height } = drawDetail(stage, data, { open: [0], held });
      const texts = [...finish({ width, height }).matchAll(/<text x="([\d.]+)" y="([\d.]+)"/g)].map(([, x, y]) => [Number(x), Number(y)]);
      assert.ok(texts.length > 4 && texts.every(([x, y]) => x < width && y < height - 4), `${held} at ${room}`);
    }
  }
});

test('names are shown as text, and shortened', () => {
  const names = ['</script><script>alert(1)</script>', '"\'&<b>', 'שלום עולם', '😀'.repeat(40), 'x'.repeat(300)];
  const network = networkOf(residual());
  const layers = network.layers.map((layer, at) => ({ ...layer, name: names[at % names.length] }));
  const folds = network.folds.map((fold, at) => ({ ...fold, name: names[(at + 1) % names.length] }));
  const data = { ...network, layers, folds, model: names[0], open: [0] };
  const { stage, finish } = svgStage(420);
  const drawn = drawModelView(stage, data, start(data));
  const svg = finish(drawn);
  assert.is(drawn.width, 420);
  assert.not.match(svg, /<script|<b>/);
  assert.match(svg, '&lt;/script&gt;');
  for (const { name, x, width } of drawn.spots ?? []) assert.ok(x >= 0 && x + width <= 424, `${name} ends at ${x + width}`);
  const detail = svgStage(420);
  const { width } = drawDetail(detail.stage, data, { open: [0], held: 'layer 4' });
  assert.is(width, 420);
  const figure = modelView(new Classifier(residual(), { name: '</title><script>alert(2)</script>', preprocess: 'none' }));
  assert.not.match(figure.fragment({ live: false }), '<script');
});

test('what is wrong is told in one line', async () => {
  const model = classifier(residual());
  assert.is(await messageOf(async () => modelView(plainImage(2, 2) as never)), 'modelView takes a model from cl.loadModel first, got an Image');
  assert.is(await messageOf(async () => modelView(model, { output: [] } as never)), 'modelView has no option "output"; did you mean "outputs"?');
  assert.is(await messageOf(async () => modelView(model, { outputs: 7 as never })), 'outputs must be what cl.layerOutputs gives, got 7');
  assert.is(await messageOf(async () => modelView(model, { outputs: [] })), 'outputs has no layer; give those of at least one');
  assert.is(await messageOf(async () => modelView(model, { outputs: Promise.resolve() as never })), 'outputs must be what cl.layerOutputs gives, got a Promise (is an await missing before it?)');
  const other = classifier(nested());
  const x = noiseTensor<tf.Rank.R4>([1, 8, 8, 3]);
  const foreign = await layerOutputs(other, x);
  assert.is(await messageOf(async () => modelView(model, { outputs: foreign })), 'outputs has layer "base/shared", which residual does not have; give those of the same model');
  x.dispose();
});

test('drawing a model makes no tensors', async () => {
  const model = classifier(nested());
  await noLeak(async () => modelView(model).svg());
});

test.run();
