import { test } from 'uvu';
import * as assert from 'uvu/assert';
import '../../src/figure/install';
import { loadImage } from '../../src/image/loadImage';
import { sceneNames } from '../../src/image/sceneSamples';

test('every sample loads with a mask for each thing that its name tells', async () => {
  for (const name of sceneNames) {
    const image = await loadImage(name);
    assert.equal([image.name, image.width, image.height], [name, 224, 224]);
    assert.equal(image.masks.map(({ label }) => label), name.slice('scene:'.length).split('+'));
    for (const { data, label } of image.masks) {
      const share = data.reduce((sum, value) => sum + value, 0) / data.length;
      assert.ok(label === 'mark' ? share > 0.005 && share < 0.02 : share > 0.05 && share < 0.5, `${name}: ${label} ${share}`);
    }
  }
});

test('a marked sample is the plain one with the mark', async () => {
  const [plain, marked] = [await loadImage('scene:horse'), await loadImage('scene:horse+mark')];
  const mask = marked.masks[1].data;
  const changed = [...mask.keys()].filter((at) => plain.data[at * 4] !== marked.data[at * 4] || plain.data[at * 4 + 1] !== marked.data[at * 4 + 1]);
  const inside = changed.filter((at) => mask[at]).length;
  assert.ok(inside / changed.length > 0.8 && changed.length < 224 * 224 * 0.03);
});

test('options of loadImage hold for scenes too, and an unknown one names the nearest', async () => {
  const image = await loadImage('scene:cat', { name: 'mine', fit: 'pad' });
  assert.equal([image.name, image.fit], ['mine', 'pad']);
  const message = async (name: string): Promise<string> => loadImage(name).then(() => '', (error: Error) => error.message);
  assert.match(await message('scene:cat+dgo'), /^no scene "scene:cat\+dgo"; did you mean "scene:cat\+dog"\?/);
  assert.match(await message('scene:'), /^no scene "scene:"/);
});

test('a scene shows each thing alone beside it, and says where it is', async () => {
  const figure = (await loadImage('scene:cat+dog')).toFigure();
  const svg = figure.svg();
  for (const text of ['scene:cat+dog', '>cat<', '>dog<', 'of the picture']) assert.ok(svg.includes(text), text);
  assert.match(figure.alt, /Its cat, \d+\s% of the picture, is at the .*Its dog, \d+\s% of the picture, is at the /);
});

test.run();
