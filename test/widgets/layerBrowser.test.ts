import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { useBackend } from '../../src/backend';
import { channelStats } from '../../src/features/channelStats';
import { layerOutputs, LayerOutput, LayerOutputs } from '../../src/features/layerOutputs';
import type { Figure } from '../../src/figure/figure';
import { svgStage } from '../../src/figure/svgStage';
import { encodeMaps, valuesOfCodes } from '../../widgets/layerBrowser/codes';
import { type BrowserData, mapValues } from '../../widgets/layerBrowser/data';
import { drawBrowser } from '../../widgets/layerBrowser/draw';
import { firstChannels, keptChannels, shrinkFactors } from '../../widgets/layerBrowser/keep';
import { layerBrowser, type LayerBrowserOptions } from '../../widgets/layerBrowser/layerBrowser';
import { folded } from '../../widgets/layerBrowser/layers';
import { reduceBrowser } from '../../widgets/layerBrowser/reduce';
import { type BrowserState, panesOf, start, tilesOf, windowOf } from '../../widgets/layerBrowser/state';
import { statusOf } from '../../widgets/layerBrowser/words';
import { classifier, noiseTensor, residual } from '../helpers/models';
import { messageOf, noLeak } from '../helpers/noLeak';
import { outputFrom, outputOf, outputsOf } from '../helpers/outputs';
import { fixRuler, matchesSnapshot, wordsOf } from '../helpers/snapshot';

test.before(async () => {
  fixRuler();
  await useBackend('cpu');
});

const hostile = `</script><b a="1">'שלום ${'🐈'.repeat(20)} ${'long '.repeat(60)}`;

/** Three layers: channel c of `conv` is c times a pattern of its own, channel 0 is dead; `sum` has both signs; `scores` has no grid. */
const layersFor = (name: string, shift = 0): LayerOutputs =>
  outputsOf([
    outputFrom([8, 8, 6], (row, column, channel) => channel * ((row * (channel + 1) + column + shift) % 4), { layer: 'conv', name }),
    outputFrom([4, 4, 3], (row, column, channel) => (channel - 1) * (row + column + shift) + 2 * ((row + channel) % 2), { layer: 'sum', kind: 'Add', name }),
    outputOf([12], Array.from({ length: 12 }, (_, at) => ((at + shift) % 12) / 4), { layer: 'scores', kind: 'Dense', name }),
  ]);

/** What a figure sends to the page, and its first state. */
function inside(figure: Figure): { data: BrowserData; state: BrowserState } {
  const data = figure.parts.live!.data(1) as BrowserData;
  return { data, state: start(data) };
}

test('values become bytes within half a step, 0 exactly, and what is no number comes back as none', () => {
  const positive = encodeMaps([Float32Array.of(0, 1, 2), Float32Array.of(0, 0, 0)], false);
  assert.equal([[...positive.codes], [...positive.tops]], [[0, 127, 254, 0, 0, 0], [2, 0]]);
  const signed = encodeMaps([Float32Array.of(-1, 0, 0.5, NaN)], true);
  assert.equal([...signed.codes], [0, 127, 191, 255]);
  const table = valuesOfCodes(1, true);
  assert.equal([table[0], table[127], table[254], table[255]], [-1, 0, 1, NaN]);
  assert.ok(Math.abs(table[191] - 0.5) <= 1 / 254);
});

test('the channels that are first in any order are kept, so that each order is that of the whole layer', () => {
  // Means 0, 3, 2, 1 and 0; channel 4 varies most, channel 2 reaches highest.
  const values = [[0, 0], [3, 3], [-4, 8], [1, 1], [7, -7]];
  const stats = channelStats(outputOf([1, 2, 5], [0, 1].flatMap((at) => values.map((pair) => pair[at]))));
  const orders = firstChannels(stats, 2);
  assert.equal(orders, { index: [0, 1], mean: [1, 2], max: [2, 4], variance: [4, 2] });
  assert.equal(keptChannels(orders), [0, 1, 2, 4]);
  assert.equal(firstChannels(stats, 1, Float64Array.of(0, 0, 0, 5, 0)).difference, [3]);
});

test('of too many cells the largest maps give way first', () => {
  const loads = [{ maps: 4, height: 28, width: 28 }, { maps: 4, height: 14, width: 14 }, { maps: 0, height: 99, width: 99 }];
  assert.equal(shrinkFactors(loads, 4 * (784 + 196)), [1, 1, 1]);
  assert.equal(shrinkFactors(loads, 4 * (784 + 196) - 1), [2, 1, 1]);
  assert.equal(shrinkFactors(loads, 4 * 2 * 196 - 1), [3, 1, 1]);
  assert.equal(shrinkFactors(loads, 1), [4, 2, 1], 'no map is made smaller than 7 cells');
});

test('values without a grid are laid out without empty cells where that can be', () => {
  assert.equal([7, 1000, 1280, 23].map(folded), [{ height: 1, width: 7 }, { height: 25, width: 40 }, { height: 32, width: 40 }, { height: 4, width: 7 }]);
});

test('a browser is the strip, the channels by variance, one of them large, two curves, and their explanation', () => {
  const figure = layerBrowser(layersFor('plain'), { channels: 4 });
  const words = wordsOf(figure);
  for (const text of ['texture: how alike the four quarters are', 'layout: kept to within so many pixels', '4 of 6 channels', 'channel 5 of 6', 'Conv2D · 8 × 8 × 6 · 1 of 6 channels dead (all 0)', 'Gatys, Ecker & Bethge 2016', 'Mahendran & Vedaldi (2015)', '3 layers']) {
    assert.ok(words.includes(text.replace('&', '&amp;')), `${text} is not in: ${words}`);
  }
  assert.match(figure.alt, 'layer 1 of 3, conv (Conv2D, 8 × 8 × 6, 1 of 6 channels dead (all 0)): 4 channels as small maps, sorted by variance, one of them large');
  assert.not.match(figure.fragment({ live: false }), /<script|<style|onclick/);
  assert.match(figure.fragment({ live: false }), /<details><summary>numbers of 3 layers<\/summary>.*<td[^>]*>conv<\/td>/);
  matchesSnapshot(figure, 'layer-browser');
});

test('tiles are sorted as asked, dead ones are crossed out', () => {
  const tiles = (options: LayerBrowserOptions): number[] => {
    const { data, state } = inside(layerBrowser(layersFor('plain').get('conv'), options));
    return tilesOf(data.layers[0], state).map((place) => data.layers[0].channels[place]);
  };
  assert.equal(tiles({ order: 'index' }), [0, 1, 2, 3, 4, 5]);
  assert.equal(tiles({ order: 'max', channels: 3 }), [5, 4, 3]);
  assert.equal(tiles({ channels: [4, 0, 1], order: 'index' }), [4, 0, 1]);
  const crosses = (options: LayerBrowserOptions): number => layerBrowser(layersFor('plain'), options).svg().match(/class="dead"/g)?.length ?? 0;
  assert.equal([crosses({ order: 'index' }), crosses({ order: 'max', channels: 3 })], [2, 0]);
});

test('the colours span the map, the layer or all layers', () => {
  const range = (scale: 'unit' | 'layer' | 'global'): readonly number[] => {
    const { data, state } = inside(layerBrowser(layersFor('plain'), { scale, order: 'index', channels: 3 }));
    return panesOf(data, state, 2)[0].range;
  };
  // Channel 2 reaches 6; of channels 0 to 2 and those that are first otherwise (5, 4, 3) the greatest is 15.
  assert.equal([range('unit'), range('layer'), range('global')], [[0, 6], [0, 15], [0, 15]]);
  const { data, state } = inside(layerBrowser(layersFor('plain'), { layer: 'sum', scale: 'global' }));
  assert.equal(panesOf(data, state, 0)[0].range, [-15, 15]);
  assert.is(panesOf(data, state, 0)[0].colormap, 'RdBu');
});

test('two images stand side by side, with their difference and what they have in common', () => {
  const figure = layerBrowser([layersFor('tabby'), layersFor('lynx', 1)], { channels: 4 });
  const words = wordsOf(figure);
  for (const text of ['texture: likeness of the Gram matrices', 'layout: likeness position by position', 'tabby: mean', 'lynx: mean']) assert.ok(words.includes(text), text);
  const { data, state } = inside(figure);
  assert.equal(panesOf(data, state, 3).map(({ name }) => name), ['tabby', 'lynx']);
  const [away] = panesOf(data, { ...state, view: 'difference' }, 3);
  const [first, second] = data.layers[0].images.map((image) => mapValues(data.layers[0], image, 3));
  assert.equal([...away.values], [...first].map((value, at) => Math.fround(value - second[at])));
  assert.equal([away.name, away.range[0] < 0, away.colormap], ['tabby − lynx', true, 'RdBu']);
  assert.equal(panesOf(data, { ...state, view: 'second' }, 3).map(({ name }) => name), ['lynx']);
  matchesSnapshot(figure, 'layer-browser-two');
});

test('the difference sorts by how far apart two images are', () => {
  const still = outputFrom([4, 4, 3], (row, column) => row + column);
  const moved = outputFrom([4, 4, 3], (row, column, channel) => row + column + [0, 9, 3][channel]);
  const { data, state } = inside(layerBrowser([outputsOf([still]), outputsOf([moved])], { order: 'difference' }));
  assert.equal(tilesOf(data.layers[0], state).map((place) => data.layers[0].channels[place]), [1, 2, 0]);
});

test('a layer without a grid is one map of its values, read with their numbers', () => {
  const figure = layerBrowser(layersFor('plain'), { layer: 'scores' });
  assert.match(wordsOf(figure), 'its 12 values, row by row greatest 2.75 (11), 2.50 (10), 2.25 (9)');
  const { data, state } = inside(figure);
  assert.match(statusOf({ ...state, cursor: { u: 0.3, v: 0.5 } }, data), /^0.75 at value 3$/);
  const chosen = layerBrowser(outputsOf([outputOf([3], [1, 2, 3])]), { channels: [2, 0] });
  assert.match(statusOf({ ...start(inside(chosen).data), cursor: { u: 0.1, v: 0.5 } }, inside(chosen).data), 'at value 2');
});

test('values are read at the cursor and written into the cells of a part', () => {
  const { data, state } = inside(layerBrowser(layersFor('plain').get('conv'), { channels: [5] }));
  // Row 2, column 1 of channel 5: 5 * ((2 * 6 + 1) % 4).
  assert.match(statusOf({ ...state, cursor: { u: 1.5 / 8, v: 2.5 / 8 } }, data), /^5.0 at row 2, column 1$/);
  assert.equal(windowOf(data, { ...state, values: true, centre: { u: 1, v: 0 } }), { row: 0, column: 0, rows: 8, columns: 8 });
  const large = inside(layerBrowser(outputsOf([outputFrom([20, 30, 1], (row, column) => row + column / 100)])));
  assert.equal(windowOf(large.data, { ...large.state, values: true, centre: { u: 1, v: 0 } }), { row: 0, column: 22, rows: 8, columns: 8 });
  const drawn = (values: boolean): string => {
    const { stage, finish } = svgStage(900);
    return finish(drawBrowser(stage, large.data, { ...large.state, values }));
  };
  assert.equal([drawn(true).includes('class="values"'), drawn(false).includes('class="values"')], [true, false]);
});

test('the drawing fits into every width, its text is never below 10 pixels', () => {
  for (const sets of [layersFor('plain'), [layersFor(hostile), layersFor('lynx', 1)] as const]) {
    const data = inside(layerBrowser(sets as never)).data;
    for (const width of [380, 480, 700, 900]) {
      for (const layer of [0, 1, 2]) {
        const { stage, finish } = svgStage(width);
        const drawn = drawBrowser(stage, data, { ...start(data), layer });
        assert.ok(drawn.width <= width);
        for (const { x, y, width: own, height } of drawn.spots ?? []) assert.ok(x >= 0 && y >= 0 && x + own <= width && y + height <= drawn.height, `a spot leaves the drawing of ${width}`);
        const sizes = [...finish(drawn).matchAll(/font-size="([\d.]+)"/g)].map(([, size]) => Number(size));
        assert.ok(Math.min(...sizes) >= 10);
      }
    }
  }
});

test('hostile names are text, and long ones are cut', () => {
  const odd = new LayerOutput(hostile, 'Conv2D', [4, 4, 2], new Float32Array(32).fill(1), outputOf([1], [1], { name: hostile }).image, hostile, [0, 1]);
  const html = layerBrowser(odd).fragment({ live: false });
  assert.not.match(html, '</script>');
  assert.not.match(html, '<b a=');
  assert.match(html, '&lt;/script&gt;');
});

test('what is no number is told', () => {
  const broken = outputFrom([4, 4, 2], (row, _column, channel) => (row ? channel + row : NaN));
  assert.match(wordsOf(layerBrowser(outputsOf([broken]))), 'Note: 8 values are NaN or infinite, shown in grey, first in conv');
});

test('less detail keeps fewer cells and all statistics', () => {
  const { data } = inside(layerBrowser(outputsOf([outputFrom([28, 28, 4], (row, column, channel) => row * channel + column)])));
  const less = reduceBrowser(data, 0.25).layers[0];
  assert.equal([less.height, less.width, less.factor, less.images[0].codes.length], [14, 14, 2, 4 * 14 * 14]);
  assert.is(less.images[0].mean, data.layers[0].images[0].mean);
  // Cells (0, 0), (0, 1), (1, 0) and (1, 1) of channel 0 are 0, 1, 0 and 1.
  assert.ok(Math.abs(mapValues(less, less.images[0], 0)[0] - 0.5) < 0.06);
});

test('a real network is drawn whole, the shown layers strong; no tensor is left', async () => {
  const outputs = await layerOutputs(classifier(residual()), noiseTensor([1, 13, 10, 3]), { layers: ['stem', 'sum_relu', 'separable'] });
  const figure = await noLeak(async () => layerBrowser(outputs, { layer: 'sum_relu' }));
  assert.match(figure.alt, /layer 2 of 3, sum_relu .* the network as a strip of 16 blocks/);
  assert.match(figure.svg(), 'fill-opacity="0.3"');
  const many = await layerOutputs(classifier(residual()), noiseTensor([1, 13, 10, 3]));
  assert.match(wordsOf(layerBrowser(many, { maxLayers: 2, layer: 'dw' })), /\b3 of \d+ layers/);
});

test('what does not fit is told in one line', async () => {
  const outputs = layersFor('plain');
  const said = (given: unknown, options?: unknown): Promise<string> => messageOf(async () => layerBrowser(given as never, options as never));
  assert.is(await said('conv'), 'layerBrowser takes what cl.layerOutputs gave, or a list of two of these, got "conv"');
  assert.is(await said([]), 'layerBrowser takes what cl.layerOutputs gave, or a list of two of these, got []');
  assert.is(await said([outputs, outputs, outputs]), 'layerBrowser shows one image or compares two, got 3');
  assert.is(await said(outputsOf([])), 'layerBrowser needs the output of at least one layer, got none');
  assert.is(await said([outputs, outputsOf([outputs.items[1]])]), 'the two outputs must be of the same layers in the same order; layer 0: "conv" of the first is "sum" in the second');
  assert.is(await said([outputsOf([outputs.items[0]]), outputs]), 'the two outputs must be of the same layers in the same order; the first has 1, the second 3');
  assert.is(await said([outputsOf([outputFrom([4, 4, 1], () => 1)]), outputsOf([outputFrom([5, 5, 1], () => 1)])]), 'the two outputs must have the same shapes and channels; layer 0: "conv" is 4 x 4 x 1 and 5 x 5 x 1');
  assert.is(await said(outputs, { orders: 'mean' }), 'layerBrowser has no option "orders"; did you mean "order"?');
  assert.is(await said(outputs, { order: 'difference' }), 'order "difference" is of two images; give layerBrowser a list of two outputs');
  assert.is(await said(outputs, { scale: 'all' }), 'scale must be unit, layer or global, got "all"');
  assert.is(await said(outputs, { view: 'first' }), 'view "first" is of two images; give layerBrowser a list of two outputs');
  assert.is(await said(outputs, { layer: 'con' }), 'layer "con" is not among the 3 of these outputs; did you mean "conv"?');
  assert.is(await said(outputs, { layer: 3 }), 'layer must be a whole number from 0 to 2, got 3');
  assert.is(await said(outputs, { channels: [9] }), 'layer "conv" has no channel 9 here; it has 6, 0 to 5');
  assert.is(await said(outputs, { channels: [] }), 'channels names no channel; give at least one');
  assert.is(await said(outputs, { channels: 0 }), 'channels must be a whole number of at least 1, got 0');
  assert.is(await said(outputs, { colormap: 'virids' }), 'unknown colormap "virids"; did you mean "viridis"?');
  assert.is(await said(outputs, { size: 4 }), 'size must be a number from 24 to 400, got 4');
});

test.run();
