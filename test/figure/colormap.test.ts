import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { colorize } from '../../src/figure/colorize';
import { colormaps, colorTable, type Colormap } from '../../src/figure/colormap';
import { deprocess } from '../../src/figure/deprocess';

const ends = (name: Colormap): number[][] => [[...colorTable(name).slice(0, 3)], [...colorTable(name).slice(-3)]];

test('every colormap has 256 colours', () => {
  for (const name of colormaps) assert.is(colorTable(name).length, 768);
});

test('colormaps start and end as published', () => {
  assert.equal(ends('viridis'), [[68, 1, 84], [253, 231, 37]]);
  assert.equal(ends('magma'), [[0, 0, 4], [252, 253, 191]]);
  assert.equal(ends('greys'), [[0, 0, 0], [255, 255, 255]]);
});

test('diverging colormaps run from blue or purple to red or orange, pale in the middle', () => {
  assert.equal(ends('RdBu'), [[5, 48, 97], [103, 0, 31]]);
  assert.equal(ends('PuOr'), [[45, 0, 75], [127, 59, 8]]);
  assert.ok(Math.min(...colorTable('RdBu').slice(127 * 3, 129 * 3)) > 230);
});

test('an unknown colormap names the nearest', () => {
  assert.throws(() => colorTable('virdis' as Colormap), 'unknown colormap "virdis"; did you mean "viridis"?');
  assert.throws(() => colorTable(3 as unknown as Colormap), 'unknown colormap 3');
});

test('colorize looks colours up, and greys what has no value', () => {
  const { data } = colorize(Float32Array.of(0, 1, NaN), 3, 1, 'viridis');
  assert.equal([...data], [68, 1, 84, 255, 253, 231, 37, 255, 128, 128, 128, 255]);
});

test('deprocess puts the mean at mid grey and a tenth of the range to a deviation', () => {
  const flat = deprocess(new Float32Array(3));
  assert.equal([...flat], [128, 128, 128, 255]);
  // Mean 0, deviation 1: positions .4 and .6, on 43 shades.
  const two = deprocess(Float32Array.of(-1, 1, -1, 1, -1, 1));
  assert.equal([...two], [103, 152, 103, 255, 152, 103, 152, 255]);
});

test.run();
