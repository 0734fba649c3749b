import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ready } from '../../src/backend';
import { gramMatrix } from '../../src/features/gramMatrix';
import '../../src/figure/install';
import '../../widgets/install';
import { close } from '../helpers/close';
import { messageOf, noLeak } from '../helpers/noLeak';
import { outputFrom, outputOf } from '../helpers/outputs';

test.before(async () => void (await ready()));

// Two positions of three channels.
const small = outputOf([1, 2, 3], [1, 2, 0, 3, -2, 0]);

test('each cell is the mean product of two channels over the positions', async () => {
  const found = await noLeak(async () => gramMatrix(small));
  assert.equal([...found.values], [5, -2, 0, -2, 4, 0, 0, 0, 0]);
  assert.equal([found.at(0, 1), found.positions], [-2, 2]);
});

test('as correlation, mean and spread are taken out; what does not vary has none', async () => {
  const found = await noLeak(async () => gramMatrix(small, { correlation: true }));
  close([found.at(0, 0), found.at(0, 1)], [1, -1]);
  assert.ok(Number.isNaN(found.at(2, 0)) && Number.isNaN(found.at(2, 2)));
});

test('where things are makes no difference to it', () => {
  const values = [1, 5, 2, 0, 3, 1, 4, 4];
  const moved = [4, 4, 1, 5, 3, 1, 2, 0];
  close(gramMatrix(outputOf([2, 2, 2], values)).values, gramMatrix(outputOf([2, 2, 2], moved)).values);
});

test('clustered, channels that go together stand together', () => {
  const output = outputFrom([4, 4, 6], (row, column, channel) => (channel % 2 ? row : column) * (channel + 1));
  const { channels } = gramMatrix(output, { order: 'cluster' });
  assert.equal(new Set(channels.slice(0, 3).map((channel) => channel % 2)).size, 1);
  const found = gramMatrix(output, { order: 'cluster' });
  assert.is(found.at(1, 3), gramMatrix(output).at(1, 3));
});

test('it shows itself with numbers, and names the strongest pairs', () => {
  const figure = gramMatrix(outputFrom([4, 4, 3], (row, column, channel) => [row, -row, column][channel]), { correlation: true }).toFigure();
  assert.match(figure.alt, 'Those that go together most: 0 and 1 (−1)');
  assert.match(figure.parts.htmlAfter as string, 'correlation');
  const still = gramMatrix(outputFrom([4, 4, 3], (row, _, channel) => (channel ? row : 7)), { correlation: true }).toFigure();
  assert.match(still.caption, '1 of 3 channels do not vary and are left out');
  assert.match(gramMatrix(outputFrom([2, 2, 2], () => 7), { correlation: true }).toFigure().svg(), 'no channel varies over the image');
});

test('a hostile name is text, and the matrix is JSON', () => {
  const figure = gramMatrix(outputOf([1, 2, 1], [1, 2], { layer: '<script>alert(1)</script>', name: '"><img src=x>' })).toFigure();
  assert.not.match(figure.html(), '<script>alert(1)');
  assert.not.match(figure.html(), '<img src=x>');
  assert.equal(JSON.parse(JSON.stringify(gramMatrix(small))).values.length, 9);
});

test('wrong input is told in a line', async () => {
  assert.is(await messageOf(async () => gramMatrix(outputOf([5], [1, 2, 3, 4, 5], { layer: 'fc' }))), 'gramMatrix needs a layer with several positions; "fc" puts out 5');
  assert.is(await messageOf(async () => gramMatrix([small] as never)), 'gramMatrix takes the output of one layer (what cl.layerOutputs gives, by name or in a loop), got [a LayerOutput]');
  assert.is(await messageOf(async () => gramMatrix(small, { order: 'size' as never })), 'order must be number or cluster, got "size"');
  assert.is(await messageOf(async () => gramMatrix(small).at(0, 7)), 'layer "conv" has no channel 7 here; it has 3, 0 to 2');
});

test.run();
