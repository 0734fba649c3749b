import type { Browser, Locator } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ready } from '../../src/backend';
import { layerOutputs } from '../../src/features/layerOutputs';
import type { Figure } from '../../src/figure/figure';
import { modelView } from '../../widgets/modelView/modelView';
import { texture } from '../helpers/everyWidget';
import { browserPath, launchBrowser, noBrowser } from '../helpers/jupyterLab';
import { skipAll } from '../helpers/kernel';
import { classifier, inception } from '../helpers/models';
import { changed, type WidgetPage, withWidget } from '../helpers/widgetPage';

const live = suite('the network in a page');
let browser: Browser;
let plain: Figure;
let mapped: Figure;
live.before(async () => {
  await ready();
  browser = await launchBrowser();
  const model = classifier(inception());
  plain = modelView(model);
  mapped = modelView(model, { outputs: await layerOutputs(model, texture(32)) });
});
live.after(() => browser?.close());

/** The name of a block, or of an open group. */
const named = (w: WidgetPage, name: string): Locator => w.stage().locator('tspan, text', { hasText: new RegExp(`^[▸▾]? ?${name}$`) }).first();
const point = async (w: WidgetPage, name: string): Promise<void> => {
  await w.settled();
  const box = (await named(w, name).boundingBox())!;
  await w.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await w.settled();
};
const press = async (w: WidgetPage, name: string): Promise<void> => {
  await point(w, name);
  await w.page.mouse.down();
  await w.page.mouse.up();
  await w.settled();
};
const facts = async (w: WidgetPage): Promise<string> => ((await w.hosts.first().locator('.aside svg').getAttribute('aria-label')) ?? '').replace(/[\u200a\u00a0]/g, ' ');
const plainly = (text: string): string => text.replace(/[\u200a\u00a0]/g, ' ');
const scrolled = (w: WidgetPage): Promise<number> => w.hosts.first().locator('.frame').evaluate((frame) => (frame as unknown as { scrollTop: number }).scrollTop);

live('a block that is pointed at tells what it is, and what it reads', () =>
  withWidget(browser, plain, async (w) => {
    assert.match(await w.status(), /^point at a block/);
    assert.match(await facts(w), /^inception\. layers: 67; input: 32 × 32 × 3; parameters: [\d,]+; multiply-adds: /);
    const before = await w.look();
    await point(w, 'avg_pool');
    assert.match(plainly(await w.status()), /^avg_pool, global mean, 24, 0 parameters, 0 multiply-adds$/);
    assert.match(await facts(w), /^avg_pool\. output: 24; parameters: none; multiply-adds: 0; reads: mixed2; read by: predictions\.$/);
    assert.ok(changed(before, await w.look()) > 0.001, 'outlined, with its arrow');
    await w.page.mouse.move(5, 5);
    await w.settled();
    assert.match(await w.status(), /^point at a block/);
    assert.is(changed(before, await w.look()), 0);
  }));

live('a click opens a folded group, one on its name folds it again', () =>
  withWidget(browser, plain, async (w) => {
    const before = await w.words();
    assert.match(before, '▸ mixed1');
    await press(w, 'mixed1');
    const open = await w.words();
    assert.match(open, '▾ mixed1');
    assert.match(open, 'concat');
    assert.not.match(before, 'concat');
    await press(w, 'mixed1');
    assert.is(await w.words(), before);
  }));

live('all groups open, and fold', () =>
  withWidget(browser, plain, async (w) => {
    assert.ok(await w.button('fold all').isDisabled());
    const before = await w.words();
    await w.button('open all').click();
    await w.settled();
    for (const name of ['mixed0', 'mixed1', 'mixed2']) assert.match(await w.words(), `▾ ${name}`);
    assert.ok(await w.button('open all').isDisabled());
    await w.button('fold all').click();
    await w.settled();
    assert.is(await w.words(), before);
  }));

live('numbers are those of both, or of one with bars as long as its share', () =>
  withWidget(browser, plain, async (w) => {
    assert.match(await w.words(), 'MACs');
    await w.control('numbers').selectOption({ label: 'parameters, with bars' });
    await w.settled();
    const words = await w.words();
    assert.match(words, ' params');
    assert.not.match(words.replace(/\(MACs\)|0 MACs/g, ''), 'MACs');
    const bars = await w.stage().locator('rect[fill="#4477aa"][height="5.0"]').evaluateAll((rects) => rects.map((rect) => Number(rect.getAttribute('width'))));
    assert.is(Math.max(...bars), 56, 'the longest is full');
    assert.ok(bars.some((length) => length < 20));
  }));

live('a filter by kind and a search leave others pale', () =>
  withWidget(browser, plain, async (w) => {
    const all = await w.look();
    const pale = (): Promise<number> => w.stage().locator('text[opacity="0.4"]').count();
    assert.is(await pale(), 0);
    await w.control('kind').selectOption('dense');
    await w.settled();
    const blocks = 11;
    assert.is(await pale(), blocks - 1);
    assert.ok(changed(all, await w.look()) > 0.02);
    await w.control('kind').selectOption('all');
    await w.control('find').fill('mixed1');
    await w.settled();
    assert.is(await pale(), blocks - 1);
    assert.match(await w.status(), /^20 layers match · /);
    await w.control('find').fill('nothing of the kind');
    await w.settled();
    assert.match(await w.status(), /^0 layers match · /);
    assert.is(await pale(), blocks);
  }));

live('next goes from match to match, and opens the groups around', () =>
  withWidget(browser, plain, async (w) => {
    await w.control('find').fill('concatenate');
    await w.settled();
    for (const name of ['mixed0', 'mixed1', 'mixed2', 'mixed0']) {
      await w.button('next match').click();
      await w.settled();
      assert.match(plainly(await w.status()), new RegExp(`^3 layers match · ${name}, concat, `));
      assert.match(await w.words(), `▾ ${name}`);
    }
  }));

live('all that a block depends on stays strong, the rest pales', () =>
  withWidget(browser, plain, async (w) => {
    await w.control('all that it depends on').check();
    await point(w, 'mixed0');
    // Input, convolution, normalisation, activation, pooling and the block itself.
    assert.is(await w.stage().locator('text[opacity="0.4"]').count(), 11 - 6);
    await point(w, 'predictions');
    assert.is(await w.stage().locator('text[opacity="0.4"]').count(), 0);
  }));

live('the keyboard alone goes through the layers, into groups, out of them, and scrolls along', () =>
  withWidget(browser, plain, async (w) => {
    await w.stage().focus();
    const keys = async (...pressed: string[]): Promise<string> => {
      for (const key of pressed) await w.page.keyboard.press(key);
      await w.settled();
      return plainly(await w.status());
    };
    assert.match(await keys('ArrowRight'), /^input, one image, 32 × 32 × 3$/);
    assert.match(await keys('ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight'), /^mixed0, 20 layers, 8 × 8 × 24/);
    assert.match(await keys('Enter'), /^\w+, (conv|mean pool)/);
    assert.match(await w.words(), '▾ mixed0');
    assert.match(await keys('Shift+ArrowLeft'), /max pool 3 × 3 \/2/);
    assert.match(await keys('Shift+ArrowRight', 'ArrowUp'), /^mixed0, 20 layers/);
    assert.match(await w.words(), '▸ mixed0');
    assert.match(await keys('End'), /^predictions, dense, softmax, 4, /);
    assert.match(await keys('Escape'), /^point at a block/);
    await w.button('open all').click();
    await w.stage().focus();
    assert.is(await scrolled(w), 0);
    await keys('End');
    assert.ok((await scrolled(w)) > 200, 'the last layer is in view');
    await keys('Home');
    assert.ok((await scrolled(w)) < 100);
  }));

live('maps are shown, with their figures and numbers; shapes on request', () =>
  withWidget(browser, mapped, async (w) => {
    const maps = await w.look();
    const before = await w.stage().locator('canvas').count();
    assert.is(before, 9, 'eight blocks with a grid, and the image');
    await point(w, 'mixed1');
    assert.match(await facts(w), /mean: [−\d.]+; least, most: [−\d., ×⁻⁰-⁹]+; zeros: [<\d]+ %\.$/);
    assert.is(await w.hosts.first().locator('.aside canvas').count(), 4);
    await w.page.mouse.move(5, 5);
    await w.button('shapes').click();
    await w.settled();
    assert.is(await w.stage().locator('canvas').count(), 0);
    assert.match(await w.words(), 'a block is as tall as its output grid');
    await w.button('maps').click();
    await w.settled();
    assert.is(changed(maps, await w.look()), 0);
  }));

live('a narrow page draws the same network in shorter lines, all within its width', () =>
  withWidget(
    browser,
    mapped,
    async (w) => {
      await w.button('open all').click();
      await w.settled();
      const { width } = (await w.stage().boundingBox())!;
      assert.ok(width <= 480);
      const [least, most] = await w.stage().locator('tspan').evaluateAll((spans) => [Math.min, Math.max].map((of) => of(...spans.map((span) => Number(span.getAttribute('x'))))));
      assert.ok(least > 10 && most < width - 10, `${least} to ${most} of ${width}`);
    },
    { width: 480, dark: true },
  ));

live('by touch a tap opens and tells', () =>
  withWidget(
    browser,
    plain,
    async (w) => {
      const box = (await named(w, 'mixed0').boundingBox())!;
      await w.page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2);
      await w.settled();
      assert.match(await w.words(), '▾ mixed0');
    },
    { touch: true },
  ));

live('two on one page do not disturb each other', async () => {
  const html = plain.html().replace('</main>', () => `${plain.fragment()}</main>`);
  await withWidget(browser, html, async (w) => {
    const before = await w.words(1);
    await w.button('open all').click();
    await w.settled();
    assert.is(await w.words(1), before);
    assert.is.not(await w.words(0), before);
  });
});

if (browserPath()) live.run();
else skipAll('the network in a page', noBrowser);
