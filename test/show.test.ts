import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import '../src/figure/install';
import { decode } from '../src/image/canvas';
import { Image } from '../src/image/image';
import { Predictions } from '../src/model/predictions';
import '../widgets/install';

const folder = mkdtempSync(path.join(tmpdir(), 'convlens-show-'));
test.after(() => rmSync(folder, { recursive: true }));
const image = new Image(2, 1, new Uint8ClampedArray([255, 0, 0, 255, 0, 0, 255, 255]), 'red and blue');

const message = (run: Promise<unknown>): Promise<string> => run.then(() => 'nothing was thrown', (error: Error) => error.message);

test('whatever shows itself can be saved, as a picture or as what it was made of', async () => {
  const found = new Predictions([{ index: 0, label: 'cat', score: 0.75, logit: 2 }], image, 'net', 2);
  const file = path.join(folder, 'made', 'found.json');
  assert.is(await found.save(file), file);
  assert.match(readFileSync(file, 'utf8'), '"label":"cat"');
  assert.match(readFileSync(await found.save(path.join(folder, 'found.svg')), 'utf8'), 'cat');
  assert.match(await message(found.save(path.join(file, 'below.json'))), /^could not save .*: (ENOTDIR|EEXIST)$/);
  assert.match(await message(found.save('x.bmp')), /^a figure is saved as \.png, \.svg, \.html or \.json, got "x\.bmp"/);
});

test('an image is saved as its own pixels', async () => {
  const { width, height, data } = await decode(readFileSync(await image.save(path.join(folder, 'two.png'))));
  assert.equal([width, height, ...data], [2, 1, 255, 0, 0, 255, 0, 0, 255, 255]);
  assert.is(await message(image.save('x.svg')), 'an image is saved as .png or .jpg, got "x.svg"');
  assert.is(await message(image.save(5 as never)), 'an image is saved as .png or .jpg, got 5');
});

test.run();
