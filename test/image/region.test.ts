import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Image, type Fit } from '../../src/image/image';
import { boxAround, checkRegion, fitMask, type Mask, regionMask } from '../../src/image/region';

const mask = (rows: string[], label?: string): Mask => ({ width: rows[0].length, height: rows.length, data: Uint8Array.from(rows.join(''), Number), label });
const text = ({ width, data }: { width: number; data: Uint8Array }): string[] => data.join('').match(new RegExp(`.{${width}}`, 'g')) as string[];

test('a pixel is inside when half of it is', () => {
  assert.equal(text(fitMask(mask(['1100', '1100', '0000', '0010']), { x: 0, y: 0, width: 4, height: 4 }, { width: 2, height: 2 })), ['10', '00']);
  assert.equal(text(fitMask(mask(['10', '01']), { x: 0, y: 0, width: 2, height: 2 }, { width: 4, height: 4 })), ['1100', '1100', '0011', '0011']);
});

test('masks go with their image: cropped, stretched, padded', () => {
  const wide = mask(['110011', '110011'], 'ends');
  const fitted = (fit: Fit): Mask => new Image(6, 2, new Uint8ClampedArray(48), 'marked', fit, [wide]).fitTo(6, 6).masks[0];
  assert.equal(text(fitted('crop')), ['000000', '000000', '000000', '000000', '000000', '000000']);
  assert.equal(text(fitted('stretch')), Array(6).fill('110011'));
  assert.equal(text(fitted('pad')), ['000000', '000000', '110011', '110011', '000000', '000000']);
  assert.is(fitted('pad').label, 'ends');
});

test('a mask of another size than the image is refused', () => {
  assert.throws(() => new Image(2, 2, new Uint8ClampedArray(16), 'x', 'crop', [mask(['11'])]), /^a mask of 2 x 1 does not fit an image of 2 x 2$/);
});

test('boxes: as a mask on another grid, and around a mask', () => {
  const at = regionMask({ x: 4, y: 2, width: 4, height: 2 }, { width: 4, height: 4 }, { width: 8, height: 8 });
  assert.equal(text({ width: 4, data: at }), ['0000', '0011', '0000', '0000']);
  assert.equal(boxAround(mask(['0000', '0110', '0010'])), { x: 1, y: 1, width: 2, height: 2 });
  assert.is(boxAround(mask(['00'])), undefined);
});

test('what is no region is told', () => {
  const message = (region: unknown): string => {
    try {
      checkRegion('region', region);
      return 'nothing was thrown';
    } catch (error) {
      return (error as Error).message;
    }
  };
  assert.is(message('cat'), 'region must be a mask { width, height, data } or a box { x, y, width, height }, got "cat"');
  assert.is(message({ x: 0, y: 0, width: 0, height: 2 }), 'region must have a width and a height above 0, got 0 x 2');
  assert.is(message({ width: 2, height: 2, data: new Uint8Array(3) }), 'region of 2 x 2 must have 4 values, got 3');
});

test.run();
