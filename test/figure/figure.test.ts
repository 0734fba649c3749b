import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { heatmap } from '../../widgets/overlay/heatmap';
import { row } from '../../src/figure/row';
import { decode } from '../../src/image/canvas';
import '../../src/figure/install';
import '../../widgets/install';
import { mapOf, plainImage } from '../helpers/maps';
import { fixRuler } from '../helpers/snapshot';

const folder = mkdtempSync(path.join(os.tmpdir(), 'convlens-figure-'));
test.before(fixRuler);
test.after(() => rmSync(folder, { recursive: true }));

const map = (more = {}) => mapOf([0, 1, 2, 3], 2, 2, more);

test('png is drawn at the scale asked for, and is not blank', async () => {
  const figure = heatmap(map());
  const picture = await decode(await figure.png(1));
  assert.equal([picture.width, picture.height], [figure.width, figure.height]);
  assert.ok(new Set(new Uint32Array(picture.data.buffer)).size > 50);
  assert.is((await decode(await figure.png(2))).width, figure.width * 2);
  assert.is((await decode(figure.preview())).width, figure.width);
  await figure.png(0).then(() => assert.unreachable(), (error: Error) => assert.is(error.message, 'scale must be a number from 0.1 to 8, got 0'));
});

test('a fragment without its script is an image with alt text, and nothing that a cleaner drops', () => {
  const html = heatmap(map({ target: { index: 1, label: '<b>"x"&' } })).fragment({ live: false });
  assert.match(html, /^<figure style="[^"]*"><img width="\d+" height="\d+" style="max-width:100%;height:auto" alt="[^"<>]*&lt;b&gt;&quot;x&quot;&amp;[^"<>]*" src="data:image\/svg\+xml,[^"<> ]+"><\/figure>$/);
});

test('save writes by the ending, makes the folder, and gives the path back', async () => {
  const figure = heatmap(map());
  for (const ending of ['png', 'svg', 'html', 'json']) {
    const file = path.join(folder, 'new', 'folder', `x.${ending}`);
    assert.is(await figure.save(file), file);
    assert.ok(existsSync(file));
  }
  const kept = JSON.parse(readFileSync(path.join(folder, 'new', 'folder', 'x.json'), 'utf8'));
  assert.equal(kept.data.values, [0, 1, 2, 3]);
  assert.match(readFileSync(path.join(folder, 'new', 'folder', 'x.html'), 'utf8'), /^<!doctype html>[^]*<title>Grad-CAM · tabby/);
});

test('save says what it cannot do', async () => {
  const fails = (file: unknown, message: string | RegExp) => heatmap(map()).save(file as string).then(() => assert.unreachable(), (error: Error) => (typeof message === 'string' ? assert.is(error.message, message) : assert.match(error.message, message)));
  await fails('x.jpg', 'a figure is saved as .png, .svg, .html or .json, got "x.jpg"; did you mean ".png"?');
  await fails('x', 'a figure is saved as .png, .svg, .html or .json, got "x"');
  await fails(undefined, 'save takes a path, got undefined');
  writeFileSync(path.join(folder, 'file'), '');
  await fails(path.join(folder, 'file', 'x.png'), /^could not save ".*x\.png": (ENOTDIR|EEXIST|ENOENT)$/);
});

test('row sets figures side by side and in rows', () => {
  const one = heatmap(map());
  const three = row([one, one, one], { columns: 2 });
  assert.is(three.width, one.width * 2 + 12);
  assert.is(three.height, one.height * 2 + 12);
  assert.is(row([plainImage(4, 4), map()]).caption.split('\n').length, 2);
  assert.throws(() => row([]), 'row takes a list of figures, attributions or images, got []');
  assert.throws(() => row([3 as never]), 'row takes a list of figures, attributions or images, got [3]');
});

test('row begins a new row where the text would become too small, and fills its rows evenly', () => {
  const wide = heatmap(map(), { size: 500 });
  assert.equal([row([wide, wide, wide]).width, row([wide, wide, wide, wide]).height], [wide.width * 2 + 12, wide.height * 2 + 12]);
  assert.is(row([wide, wide, wide], { columns: 3 }).width, wide.width * 3 + 24);
});

test('a tiny photo keeps the edges of its pixels', () => {
  assert.match(plainImage(28, 28).toFigure().svg(), 'image/png');
  assert.match(plainImage(200, 200).toFigure().svg(), 'image/jpeg');
});

test('an image shows what a square network sees of it', () => {
  assert.match(plainImage(30, 10).toFigure().svg(), 'fit crop: the centre');
  assert.not.match(plainImage(10, 10).toFigure().svg(), 'fit crop');
});

test.run();
