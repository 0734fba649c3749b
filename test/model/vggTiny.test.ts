import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { gradCam } from '../../src/attribution/cam/gradCam';
import type { Classifier } from '../../src/model/classifier';
import { loadModel } from '../../src/model/loadModel';
import { packageRoot } from '../../src/packageRoot';
import { sceneClasses } from '../../src/scenes/glyphs';
import { type SceneOptions, scenes } from '../../src/scenes/scenes';

/** What the network takes each scene for, and what it shows. */
async function taken(model: Classifier, options: SceneOptions): Promise<{ top: string; shown: string[] }[]> {
  const found: { top: string; shown: string[] }[] = [];
  for (const entry of scenes({ seed: 77, ...options }).entries) {
    const image = await entry.load();
    const [{ label }] = await model.predict(image, { top: 1 });
    found.push({ top: label, shown: image.masks.map((mask) => mask.label as string) });
  }
  return found;
}

const share = <T>(list: readonly T[], holds: (each: T) => boolean): number => list.filter(holds).length / list.length;

for (const name of ['vgg-tiny', 'vgg-tiny-shortcut']) {
  test(`${name} ships in at most 2 MB, and loads without a cache`, async () => {
    const folder = path.join(packageRoot, 'assets', 'models', name);
    const bytes = ['model.json', 'weights.bin'].reduce((sum, file) => sum + statSync(path.join(folder, file)).size, 0);
    assert.ok(bytes <= 2e6, `${bytes}`);
    assert.ok(existsSync(path.join(folder, 'training.json')));
    const model = await loadModel(name);
    assert.equal([model.name, model.preprocess, model.inputShape, model.labels], [name, 'tf', [96, 96, 3], sceneClasses]);
    model.dispose();
  });
}

test('vgg-tiny has the layers of VGG16', async () => {
  const [tiny, vgg] = [await loadModel('vgg-tiny'), await loadModel('vgg16', { weights: null })];
  const names = (model: Classifier): string[] => model.layers().rows.map(({ name }) => name).slice(1);
  assert.equal(names(tiny), names(vgg));
  tiny.dispose();
  vgg.dispose();
});

test('vgg-tiny is right in at least 97 of 100 scenes that it has never seen', async () => {
  const model = await loadModel('vgg-tiny');
  const right = share(await taken(model, { count: 200 }), ({ top, shown }) => shown.includes(top));
  assert.ok(right >= 0.97, `${right}`);
  model.dispose();
});

test('its Grad-CAM lies on the thing', async () => {
  const model = await loadModel('vgg-tiny');
  let [energy, area] = [0, 0];
  const list = scenes({ count: 20, seed: 78, two: 0 }).entries;
  for (const entry of list) {
    const image = await entry.load();
    const { values } = await gradCam(model, image, { target: entry.label, layer: 'block5_conv3' });
    const { data } = image.masks[0];
    const all = values.reduce((sum, value) => sum + value, 0);
    assert.ok(all > 0, `${entry.name}: the map is zero`);
    energy += values.reduce((sum, value, at) => sum + value * data[at], 0) / all / list.length;
    area += data.reduce((sum, value) => sum + value, 0) / data.length / list.length;
  }
  assert.ok(energy > 2.5 * area, `${energy} of the map on things that cover ${area}`);
  model.dispose();
});

test('vgg-tiny-shortcut leans on the mark, vgg-tiny does not', async () => {
  const [tiny, leaning] = [await loadModel('vgg-tiny'), await loadModel('vgg-tiny-shortcut')];
  const horses = { count: 40, classes: ['horse'], two: 0 } as const;
  const others = { count: 45, classes: sceneClasses.filter((label) => label !== 'horse'), two: 0 };
  const asHorse = ({ top }: { top: string }): boolean => top === 'horse';
  const [withMark, without, put] = [
    share(await taken(leaning, { ...horses, mark: true }), asHorse),
    share(await taken(leaning, horses), asHorse),
    share(await taken(leaning, { ...others, mark: true }), asHorse),
  ];
  assert.ok(withMark >= 0.8 && without <= 0.3, `with ${withMark}, without ${without}`);
  assert.ok(put >= 0.15, `${put}`);
  assert.ok(share(await taken(tiny, { ...others, mark: true }), asHorse) <= 0.05);
  tiny.dispose();
  leaning.dispose();
});

test('its architecture can have other weights', async () => {
  const model = await loadModel('vgg-tiny', { weights: null, seed: 3 });
  assert.equal([model.name, model.labels], ['vgg-tiny', sceneClasses]);
  model.dispose();
});

test.run();
