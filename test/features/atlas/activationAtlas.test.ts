import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ready } from '../../../src/backend';
import { activationAtlas, type ActivationAtlasOptions } from '../../../src/features/atlas/activationAtlas';
import type { ActivationAtlas } from '../../../src/features/atlas/atlas';
import { loadAtlas } from '../../../src/features/atlas/loadAtlas';
import { encode } from '../../../src/image/canvas';
import type { ImageCollection } from '../../../src/image/collection';
import { Image } from '../../../src/image/image';
import { Classifier } from '../../../src/model/classifier';
import { coloured, colourNet, colours, manyColours, side } from '../../helpers/colours';
import { messageOf, noLeak } from '../../helpers/noLeak';

const atlases = suite('activation atlas');
const root = mkdtempSync(path.join(tmpdir(), 'convlens-atlas-test-'));
let model: Classifier;
atlases.before(async () => {
  await ready();
  model = colourNet();
});
atlases.after(() => {
  model.dispose();
  rmSync(root, { recursive: true });
});

const dark = new Image(side, side, Uint8ClampedArray.from({ length: side * side * 4 }, (_, at) => (at % 4 === 3 ? 255 : 0)), 'dark');

/** An atlas of the network's colours that keeps nothing. */
const made = (images: Parameters<typeof activationAtlas>[1], options: ActivationAtlasOptions = {}, of = model): Promise<ActivationAtlas> =>
  noLeak(() => activationAtlas(of, images, { layer: 'conv', cache: false, onProgress: null, ...options }));

/** All that two runs must have in common: everything but the time. */
const facts = (atlas: ActivationAtlas): unknown => ({ ...atlas.toJSON(), seconds: 0, tiles: [...atlas.tiles.sheet.data] });

for (const layout of ['umap', 'pca'] as const) {
  atlases(`${layout}: the cells separate what the layer tells apart`, async () => {
    const atlas = await made(manyColours(90), { layout, positions: 4, grid: 8 });
    assert.is(atlas.count, 360);
    assert.is(atlas.layout.kind, layout);
    assert.is(atlas.cells.reduce((sum, { count }) => sum + count, atlas.levels[0].leftOut), 360);
    assert.ok(atlas.cells.length > 5, `${atlas.cells.length} cells`);
    const homes = new Map<string, number[][]>();
    for (const cell of atlas.cells) {
      const kinds = new Set(atlas.members(cell).map(({ name }) => name.split(' ')[0]));
      assert.is(kinds.size, 1, 'a cell holds one colour');
      const [kind] = kinds;
      // It is the class of that colour that the members speak for.
      assert.is(cell.attributions[0].label, kind);
      homes.set(kind, [...(homes.get(kind) ?? []), [cell.row, cell.column]]);
    }
    assert.equal([...homes.keys()].sort(), [...colours].sort());
  });
}

atlases('the numbers of a cell are those of its members', async () => {
  const images = manyColours(12, 0);
  const atlas = await made(images, { layout: 'pca', positions: 2, grid: 4, minMembers: 1 });
  // Without noise each colour is one point: three cells.
  assert.is(atlas.cells.length, 3);
  for (const cell of atlas.cells) {
    assert.is(cell.count, 8);
    assert.is(cell.images, 4);
    const at = colours.indexOf(cell.attributions[0].label as 'red');
    const activation = [0, 1, 2].map((channel) => (channel === at ? 180 : 10) / 255);
    activation.forEach((value, channel) => assert.ok(Math.abs(cell.activation[channel] - value) < 1e-5));
    // The score is the mean over all cells of the layer: a gradient of 1 / 64.
    for (const { index, value } of cell.attributions) assert.ok(Math.abs(value - activation[index] / side ** 2) < 1e-7);
    const { data } = atlas.picture(cell.icon);
    assert.equal([...data.slice(0, 4)], [0, 1, 2, 3].map((channel) => (channel === 3 ? 255 : channel === at ? 180 : 10)));
    assert.ok(cell.crops.every(({ activation: member }) => cell.members.includes(member)));
  }
});

atlases('the members of a cell come nearest first', async () => {
  const atlas = await made(manyColours(30), { layout: 'pca', positions: 3, grid: 2 });
  for (const cell of atlas.cells) {
    const far = atlas.members(cell).map(({ name, row, column }) => {
      const { data } = coloured(Number(name.split(' ')[1]));
      return Math.hypot(...[0, 1, 2].map((channel) => data[(row * side + column) * 4 + channel] / 255 - cell.activation[channel]));
    });
    far.slice(1).forEach((value, at) => assert.ok(value >= far[at] - 1e-5));
  }
});

atlases('an icon can be the mean of several crops', async () => {
  const atlas = await made(manyColours(6, 0), { layout: 'pca', positions: 1, grid: 1, minMembers: 1, nearest: 6 });
  // Two of each colour.
  const { data } = atlas.picture(atlas.cells[0].icon);
  assert.equal([...data.slice(0, 3)], [67, 67, 67]);
});

atlases('the same seed gives the same atlas, another one does not', async () => {
  const images = manyColours(60);
  const options = { positions: 2, grid: 6 };
  const first = facts(await made(images, options));
  assert.equal(facts(await made(images, options)), first);
  assert.not.equal(facts(await made(images, { ...options, seed: 1 })), first);
});

atlases('a run that was stopped goes on where it was, to the same atlas', async () => {
  const options = { positions: 2, grid: 6, batchSize: 4 };
  const images = manyColours(40);
  const whole = facts(await made(images, options));
  const cache = path.join(root, 'stopped');
  const control = new AbortController();
  let read = 0;
  const counted: ImageCollection = {
    name: 'a list of images',
    entries: images.map((image, at) => ({ name: image.name, stamp: String(at), load: async () => (++read === 20 && control.abort(), image) })),
  };
  assert.match(await messageOf(() => activationAtlas(model, counted, { layer: 'conv', cache, onProgress: null, ...options, signal: control.signal })), /what was found is in the cache: the same call goes on from there$/);
  assert.ok(read < 25);
  const before = read;
  const resumed = await made(counted, { ...options, cache });
  assert.ok(resumed.cached >= 12 && resumed.cached < 40, `${resumed.cached} were kept`);
  assert.is(read - before, 40 - resumed.cached, 'only the others are read');
  assert.equal(facts(resumed), whole);
  const again = await made(counted, { ...options, cache });
  assert.is(again.cached, 40);
  assert.is(read - before, 40 - resumed.cached);
  assert.match(String(again), '40 images were in the cache');
});

atlases('what a killed process or a bad disk left is found out and done anew', async () => {
  const cache = path.join(root, 'damaged');
  const options = { positions: 2, grid: 4, cache, batchSize: 1 };
  const images = manyColours(10);
  const whole = facts(await made(images, options));
  const [file] = readdirSync(path.join(cache, 'atlas')).map((name) => path.join(cache, 'atlas', name));
  const bytes = readFileSync(file);
  const length = bytes.length / 10;
  bytes[Math.round(3.5 * length)] ^= 1;
  // The last record is cut short.
  writeFileSync(file, bytes.subarray(0, bytes.length - 7));
  const mended = await made(images, options);
  assert.is(mended.cached, 8);
  assert.equal(facts(mended), whole);
  appendFileSync(file, 'rubbish');
  const third = await made(images, options);
  assert.is(third.cached, 10);
  assert.equal(facts(third), whole);
});

atlases('what is kept is of one model, layer, seed and image only', async () => {
  const cache = path.join(root, 'keys');
  const images = manyColours(6);
  const kept = async (given: typeof images, options: ActivationAtlasOptions = {}, of = model): Promise<number> => (await made(given, { cache, positions: 1, ...options }, of)).cached;
  assert.is(await kept(images), 0);
  assert.is(await kept(images), 6);
  assert.is(await kept(images, { seed: 3 }), 0);
  assert.is(await kept(images, { layer: 'pool' }), 0);
  assert.is(await kept(images, { positions: 2 }), 0);
  // The same names with other pixels.
  assert.is(await kept(manyColours(6, 50)), 0);
  const other = colourNet();
  const [kernel] = other.model.getWeights();
  other.model.layers[0].setWeights([kernel.mul(2), other.model.getWeights()[1]]);
  assert.is(await made(images, { cache, positions: 1 }).then(({ cached }) => cached), 6);
  const changed = await activationAtlas(other, images, { cache, layer: 'conv', positions: 1, onProgress: null });
  assert.is(changed.cached, 0);
  other.dispose();
});

atlases('a saved atlas comes back as it was', async () => {
  const atlas = await made(manyColours(30), { positions: 2, grid: 4 });
  const file = await atlas.save(path.join(root, 'saved', 'colours.json'));
  const back = await loadAtlas(file);
  assert.equal(facts(back), facts(atlas));
  assert.is(String(back), String(atlas));
  assert.equal(back.members(back.cells[0]), atlas.members(atlas.cells[0]));
  assert.match(await messageOf(() => loadAtlas(path.join(root, 'none.json'))), /could not be read: ENOENT$/);
  writeFileSync(path.join(root, 'other.json'), '{}');
  assert.match(await messageOf(() => loadAtlas(path.join(root, 'other.json'))), /is no activation atlas/);
  writeFileSync(path.join(root, 'text.json'), 'text');
  assert.match(await messageOf(() => loadAtlas(path.join(root, 'text.json'))), /is no activation atlas: it holds no JSON$/);
  writeFileSync(path.join(root, 'saved', 'colours.tiles.png'), 'rubbish');
  assert.match(await messageOf(() => loadAtlas(file)), /colours\.tiles\.png.* are damaged$/);
});

atlases('images that cannot be read are left out and told', async () => {
  const folder = path.join(root, 'images');
  mkdirSync(path.join(folder, 'warm'), { recursive: true });
  manyColours(6).forEach((image, at) => writeFileSync(path.join(folder, 'warm', `${at}.png`), encode(image, 'png')));
  writeFileSync(path.join(folder, 'broken.png'), 'rubbish');
  const atlas = await made(folder, { minMembers: 1 });
  assert.is(atlas.images.length, 6);
  assert.ok(atlas.images.every(({ label }) => label === 'warm'));
  assert.equal(atlas.unreadable.map(({ name }) => name), ['broken.png']);
  rmSync(path.join(folder, 'warm'), { recursive: true });
  assert.match(await messageOf(() => made(folder)), /^activationAtlas: none of 1 images in images can be read; the first, "broken\.png": /);
});

atlases('an image that the network cannot take in is left out and told', async () => {
  const huge = colourNet();
  const [kernel] = huge.model.getWeights();
  // Red overflows.
  huge.model.layers[0].setWeights([kernel.mul([[[[1e38, 1, 1], [1, 1, 1], [1, 1, 1]]]]), huge.model.getWeights()[1]]);
  huge.model.layers[2].setWeights([huge.model.getWeights()[2].mul(1e3), huge.model.getWeights()[3]]);
  const bright = new Image(side, side, new Uint8ClampedArray(side * side * 4).fill(255), 'bright');
  const preprocessed = new Classifier(huge.model, { name: 'huge', preprocess: 'none', labels: [...colours] });
  const atlas = await activationAtlas(preprocessed, [bright, dark], { layer: 'conv', cache: false, onProgress: null });
  assert.equal(atlas.images.map(({ name }) => name), ['dark']);
  assert.match(atlas.unreadable[0].reason, 'the network gives numbers for it that are not finite');
  huge.dispose();
});

atlases('few images, one image, and images given twice', async () => {
  const two = await made(manyColours(2), { positions: 2 });
  assert.is(two.count, 4);
  assert.is(two.layout.kind, 'pca');
  assert.match(two.notes.join(), '4 activations are too few for UMAP, which needs 40: laid out by PCA');
  const one = await made([coloured(1)], { positions: 1 });
  assert.is(one.cells.length, 1);
  assert.match(one.notes.join(), '1 activation is too few');
  const file = path.join(root, 'twice.png');
  writeFileSync(file, encode(coloured(3), 'png'));
  const twice = await made([file, file, coloured(1)], { positions: 1 });
  assert.is(twice.images.length, 2);
  assert.match(twice.notes.join(), '1 image was given more than once and counted once');
});

atlases('all alike is one cell', async () => {
  const atlas = await made(Array.from({ length: 30 }, () => coloured(0, 0)), { positions: 2 });
  assert.is(atlas.cells.length, 1);
  assert.is(atlas.cells[0].count, 60);
  assert.match(atlas.notes.join(), 'all activations are the same: there is one place only');
});

atlases('a layer with one position, units, and the scores themselves', async () => {
  const pool = await made(manyColours(60), { layer: 'pool', positions: 3 });
  assert.is(pool.positions, 1);
  assert.match(pool.notes.join(), 'the layer has 1 position to draw from (of 1); 3 were asked for');
  const scores = await made(manyColours(9, 0), { layer: 'scores', grid: 4 });
  assert.is(scores.cells.length, 3);
  // A score's gradient with respect to itself is 1.
  for (const { attributions, activation } of scores.cells) for (const { index, value } of attributions) assert.ok(Math.abs(value - activation[index]) < 1e-6);
});

atlases('chosen classes, and the likeliest few', async () => {
  const blue = await made(manyColours(9, 0), { classes: ['blue'], grid: 4 });
  assert.ok(blue.cells.every(({ attributions }) => attributions.length === 1 && attributions[0].label === 'blue'));
  const first = await made(manyColours(9, 0), { classes: 1, grid: 4 });
  assert.equal(first.cells.map(({ attributions }) => attributions.length), [1, 1, 1]);
  assert.is(first.classes, 1);
});

atlases('a picture of what the mean activation looks like can be the icon', async () => {
  const atlas = await made(manyColours(12, 0), { icon: 'inversion', layout: 'pca', grid: 4, minMembers: 1 });
  assert.is(atlas.cells.length, 3);
  for (const cell of atlas.cells) {
    const { data, width } = atlas.picture(cell.icon);
    const middle = ((width >> 1) * width + (width >> 1)) * 4;
    const own = colours.indexOf(cell.attributions[0].label as 'red');
    // Bright in its own colour, as no crop is, and dark in another.
    assert.ok(data[middle + own] > 200, `${data.slice(middle, middle + 3)}`);
    assert.ok([0, 1, 2].some((channel) => data[middle + channel] < 130));
  }
});

atlases('stopped while it is laid out, it keeps the layout so far', async () => {
  const control = new AbortController();
  const atlas = await made(manyColours(200), { positions: 4, signal: control.signal, onProgress: ({ label, done }) => label === 'laying out the atlas' && done > 50 && done < 90 && control.abort() });
  assert.match(atlas.notes.join(), /the layout was stopped after \d+ of \d+ epochs/);
  assert.ok(atlas.cells.length > 1);
});

atlases('wrong arguments are told in one line', async () => {
  const images = manyColours(3);
  const says = (options: object, pattern: RegExp): Promise<void> => messageOf(() => made(images, options)).then((message) => assert.match(message, pattern));
  await says({ layer: 'convo' }, /^no layer "convo"; did you mean "conv"\?$/);
  await says({ layer: 'softmax' }, /^layer "softmax" does not lead to the scores/);
  await says({ grid: 41 }, /^grid must be a whole number from 1 to 40, got 41$/);
  await says({ grid: 8, minMembers: 50 }, /^no cell of 8 x 8 has 50 of the 12 activations; give a smaller grid, or minMembers: 1$/);
  await says({ layout: 'tsne' }, /^layout must be umap or pca, got "tsne"$/);
  await says({ positions: 0 }, /^positions must be a whole number of at least 1, got 0$/);
  await says({ classes: ['rad'] }, /^unknown label "rad"; did you mean "red"\?$/);
  await says({ cache: 3 }, /^cache must be true, false or a folder, got 3$/);
  await says({ layers: 'conv' }, /^activationAtlas has no option "layers"; did you mean "layer"\?$/);
  await says({ crop: 9 }, /^crop must be a whole number from 1 to 8, got 9$/);
  assert.match(await messageOf(() => made([])), /^activationAtlas needs at least one image/);
  assert.match(await messageOf(() => made('/nowhere')), /^activationAtlas: no folder at "\/nowhere"/);
  assert.match(await messageOf(() => activationAtlas(images as never, model as never)), /^activationAtlas takes a model from cl.loadModel first/);
});

atlases.run();
