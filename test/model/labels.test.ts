import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readLabels } from '../../src/model/labels';

const test = suite<{ folder: string }>('labels');
test.before(async (context) => {
  context.folder = await mkdtemp(path.join(os.tmpdir(), 'convlens-test-'));
});
test.after(({ folder }) => rm(folder, { recursive: true, force: true }));

const failure = (labels: unknown, classes?: number): Promise<string> => readLabels(labels, classes).then(() => 'it did not throw', (error: Error) => error.message);

test('imagenet has 1000 names, synonyms included', async () => {
  const names = await readLabels('imagenet', 1000);
  assert.is(names.length, 1000);
  assert.is(names[281].split(',')[0], 'tabby');
  assert.is(names[281].split(',')[1].trim(), 'tabby cat');
});

test('a list, lines of a text file, and the shapes of JSON that are about', async ({ folder }) => {
  const file = async (name: string, text: string): Promise<string[]> => {
    await writeFile(path.join(folder, name), text);
    return readLabels(path.join(folder, name), 2);
  };
  const expected = ['daisy', 'rose'];
  assert.equal(await readLabels(expected, 2), expected);
  assert.equal(await file('a.txt', 'daisy\r\nrose\r\n'), expected);
  assert.equal(await file('b.json', '["daisy", "rose"]'), expected);
  assert.equal(await file('c.json', '{"1": "rose", "0": "daisy"}'), expected);
  assert.equal(await file('d.json', '{"0": ["n11939491", "daisy"], "1": ["n12620546", "rose"]}'), expected);
});

test('what is wrong is said in one line', async ({ folder }) => {
  await writeFile(path.join(folder, 'bad.json'), '{"a": 1}');
  assert.is(await failure(['a', 'b', 'c'], 10), 'labels: 3 names for a network of 10 classes');
  assert.match(await failure('nowhere.txt'), /^labels: no file at "nowhere\.txt"/);
  assert.match(await failure(path.join(folder, 'bad.json')), /must hold a list of names/);
  assert.match(await failure([1, 2]), /^labels must be an array of names/);
});

test.run();
