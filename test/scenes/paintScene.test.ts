import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Image } from '../../src/image/image';
import { sceneClasses } from '../../src/scenes/glyphs';
import { castOf, paintScene, type ScenePlan } from '../../src/scenes/paintScene';
import { type SceneOptions, scenes } from '../../src/scenes/scenes';

const plan = (index: number, changes: Partial<ScenePlan> = {}): ScenePlan => ({ seed: 5, index, size: 96, classes: sceneClasses, two: 0.2, things: [0.3, 0.75], mark: false, ...changes });
const area = ({ data }: { data: Uint8Array }): number => data.reduce((sum, value) => sum + value, 0);
const differing = (a: Image, b: Image): number[] => Array.from({ length: a.width * a.height }, (_, at) => at).filter((at) => [0, 1, 2].some((channel) => a.data[at * 4 + channel] !== b.data[at * 4 + channel]));

test('the same seed and number paint the same scene, others another one', () => {
  assert.equal(differing(paintScene(plan(3)), paintScene(plan(3))), []);
  assert.equal(paintScene(plan(3)).masks, paintScene(plan(3)).masks);
  assert.ok(differing(paintScene(plan(3)), paintScene(plan(4))).length > 2000);
  assert.ok(differing(paintScene(plan(3)), paintScene(plan(3, { seed: 6 }))).length > 2000);
  assert.ok(differing(paintScene(plan(3)), paintScene(plan(3, { seed: 5 + 2 ** 32 }))).length > 2000);
});

test('every class is the label equally often, in every order', () => {
  const labels = Array.from({ length: 50 }, (_, index) => castOf(plan(index))[0]);
  for (let from = 0; from < 50; from += 10) assert.equal(labels.slice(from, from + 10).sort(), [...sceneClasses]);
  assert.is.not(labels.slice(0, 10).join(), labels.slice(10, 20).join());
});

test('the share of scenes with two classes is the one asked for, and they differ', () => {
  const casts = Array.from({ length: 1000 }, (_, index) => castOf(plan(index)));
  const two = casts.filter(({ length }) => length === 2);
  assert.ok(Math.abs(two.length / 1000 - 0.2) < 0.05, `${two.length} of 1000`);
  assert.ok(two.every(([a, b]) => a !== b));
  assert.ok(casts.slice(0, 20).every((_, index) => castOf(plan(index, { two: 1 })).length === 2 && castOf(plan(index, { two: 0 })).length === 1));
});

test('masks are those of the cast, the labelled class first; they do not overlap, and things are seen', () => {
  for (let index = 0; index < 60; index++) {
    const scene = paintScene(plan(index, { two: 0.5 }));
    assert.equal(scene.masks.map(({ label }) => label), castOf(plan(index, { two: 0.5 })));
    for (const mask of scene.masks) assert.ok(area(mask) > 96 * 96 * 0.01, `scene ${index}: ${mask.label} ${area(mask)}`);
    const [first, second] = scene.masks;
    if (second) assert.not(first.data.some((value, at) => value && second.data[at]), `scene ${index}`);
  }
});

test('a mask is where the thing is: it grows with it', () => {
  const [small, large] = [0.3, 0.7].map((share) => paintScene(plan(8, { two: 0, things: [share, share] })).masks[0]);
  const growth = area(large) / area(small);
  assert.ok(growth > 3 && growth < 8, `${growth}`);
});

test('the mark changes its own pixels alone, which its mask holds', () => {
  for (const index of [0, 1, 2]) {
    const marked = paintScene(plan(index, { mark: true }));
    const mask = marked.masks[marked.masks.length - 1];
    assert.is(mask.label, 'mark');
    const changed = new Set(differing(paintScene(plan(index)), marked));
    const inside = [...mask.data.keys()].filter((at) => mask.data[at]);
    assert.ok(inside.length > 60 && inside.every((at) => changed.has(at)));
    // Its rim is painted over half or less.
    assert.ok(changed.size < inside.length * 1.8, `${changed.size} of ${inside.length}`);
    assert.ok(inside.every((at) => at % 96 < 30 && at / 96 > 66), 'in the lower left corner');
  }
});

test('scenes are a collection that is painted when it is asked for', async () => {
  const list = scenes({ count: 12, seed: 2, size: 48, classes: ['cat', 'car'], two: 0 });
  assert.is(list.entries.length, 12);
  assert.equal([...new Set(list.entries.map(({ label }) => label))].sort(), ['car', 'cat']);
  const image = await list.entries[3].load();
  assert.equal([image.width, image.height, image.masks[0].label], [48, 48, list.entries[3].label]);
  assert.is(new Set(list.entries.map(({ stamp }) => stamp)).size, 12);
  assert.is.not(list.entries[0].stamp, scenes({ count: 1, seed: 3, size: 48, classes: ['cat', 'car'], two: 0 }).entries[0].stamp);
});

test('wrong options are told in a line', () => {
  const told = (options: unknown, message: RegExp | string) => assert.throws(() => scenes(options as SceneOptions), message);
  told({ count: 0 }, 'count must be a whole number of at least 1, got 0');
  told({ seeds: 1 }, 'scenes has no option "seeds"; did you mean "seed"?');
  told({ size: 8 }, 'size must be a whole number from 32 to 1024, got 8');
  told({ classes: ['cow'] }, /^classes must be airplane, .*got "cow"/);
  told({ classes: [] }, /^classes must be a list of names/);
  told({ classes: ['cat', 'cat'] }, 'classes names "cat" twice');
  told({ classes: ['cat'], two: 0.5 }, 'two must be 0 with one class, got 0.5');
  told({ two: 2 }, 'two must be a number from 0 to 1, got 2');
  told({ things: 0.5 }, 'things must be [smallest, largest], got 0.5');
  told({ things: [0.5, 0.2] }, 'things[1] must be a number from 0.5 to 1, got 0.2');
  told({ mark: 1 }, 'mark must be true or false, got 1');
  told(7, 'scenes takes its options as an object, got 7');
});

test.run();
