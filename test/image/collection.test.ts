import { mkdtempSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { encode } from '../../src/image/canvas';
import { collectionOf, readable, type Unreadable } from '../../src/image/collection';
import { Image } from '../../src/image/image';

const dot = (grey: number): Image => new Image(1, 1, new Uint8ClampedArray([grey, grey, grey, 255]), `grey ${grey}`);
const png = encode(dot(9), 'png');
const root = mkdtempSync(path.join(tmpdir(), 'convlens-collection-'));
test.after(() => rmSync(root, { recursive: true }));

function folder(name: string, files: Record<string, Uint8Array | string>): string {
  for (const [file, bytes] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name, file)), { recursive: true });
    writeFileSync(path.join(root, name, file), bytes);
  }
  return path.join(root, name);
}

const message = (run: Promise<unknown>): Promise<string> => run.then(() => 'nothing was thrown', (error: Error) => error.message);

test('a folder: its pictures in order, sub-folders as classes, other files left out', async () => {
  const place = folder('pets', { 'dog/b.PNG': png, 'dog/a.png': png, 'cat/deep/c.jpg': png, 'notes.txt': 'x', '.hidden.png': png, 'd.gif': png });
  const { name, entries } = await collectionOf('atlas', place);
  assert.is(name, 'pets');
  assert.equal(entries.map((entry) => [entry.name, entry.label]), [['cat/deep/c.jpg', 'cat'], ['d.gif', undefined], ['dog/a.png', 'dog'], ['dog/b.PNG', 'dog']]);
});

test('those that cannot be read are told, the others come with their places', async () => {
  const place = folder('broken', { 'a.png': png, 'b.png': 'not a picture', 'c.png': '', 'd.png': png });
  symlinkSync('/nowhere', path.join(place, 'e.png'));
  const broken: Unreadable[] = [];
  const places: number[] = [];
  for await (const { at, image } of readable(await collectionOf('atlas', place), (each) => broken.push(each))) {
    assert.is(image.width, 1);
    places.push(at);
  }
  assert.equal(places, [0, 3]);
  assert.equal(broken.map((each) => each.name), ['b.png', 'c.png', 'e.png']);
});

test('no more than two images are in memory', async () => {
  let open = 0;
  let most = 0;
  const entries = Array.from({ length: 6 }, (_, i) => ({ name: `${i}`, stamp: `${i}`, load: async () => (most = Math.max(most, ++open), dot(i)) }));
  for await (const { at } of readable({ name: 'counted', entries }, () => {}, 2)) {
    assert.ok(at >= 2);
    open--;
  }
  assert.ok(most <= 2, `${most} at once`);
});

test('lists, images and what is none', async () => {
  assert.equal((await collectionOf('atlas', [dot(1), 'cat'])).entries.map((entry) => entry.name), ['grey 1', 'cat']);
  assert.is(await message(collectionOf('atlas', [])), 'atlas needs at least one image, got none in a list of images');
  assert.match(await message(collectionOf('atlas', folder('empty', { 'x.txt': '' }))), /^atlas: no images \(\.png \.jpg \.jpeg \.gif\) in folder ".*", which holds 1 other files$/);
  assert.match(await message(collectionOf('atlas', path.join(root, 'nope'))), /^atlas: no folder at /);
  assert.match(await message(collectionOf('atlas', path.join(root, 'pets/d.gif'))), /^atlas takes a folder of images, got the file /);
  assert.is(await message(collectionOf('atlas', 5)), 'atlas takes images as a folder, a list or a collection, got 5');
  assert.is(await message(collectionOf('atlas', [5])), 'atlas takes images, paths, URLs or sample names, got 5 at 0');
});

test.run();
