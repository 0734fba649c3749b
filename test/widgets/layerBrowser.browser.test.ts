import type { Browser } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { useBackend } from '../../src/backend';
import type { LayerOutputs } from '../../src/features/layerOutputs';
import { row } from '../../src/figure/row';
import { layerBrowser } from '../../widgets/layerBrowser/layerBrowser';
import { browserPath, launchBrowser, noBrowser } from '../helpers/jupyterLab';
import { skipAll } from '../helpers/kernel';
import { outputFrom, outputOf, outputsOf } from '../helpers/outputs';
import { changed, withWidget, type WidgetPage } from '../helpers/widgetPage';

const page = suite('layer browser in a page');
let browser: Browser;

page.before(async () => {
  await useBackend('cpu');
  browser = await launchBrowser();
});
page.after(() => browser?.close());

/** 20 channels of 16 x 16, of which channel c has c times a pattern and channel 0 is dead; a small layer with both signs; one without a grid. */
const layersFor = (name: string, shift = 0): LayerOutputs =>
  outputsOf([
    outputFrom([16, 16, 20], (row, column, channel) => channel * ((row * (channel + 1) + column + shift) % 4), { layer: 'conv', name, side: 64 }),
    outputFrom([4, 4, 3], (row, column, channel) => (channel - 1) * (row + column + shift) + 2 * ((row + channel) % 2), { layer: 'sum', kind: 'Add', name, side: 64 }),
    outputOf([12], Array.from({ length: 12 }, (_, at) => at / 4), { layer: 'scores', kind: 'Dense', name, side: 64 }),
  ]);
const one = () => layerBrowser(layersFor('tabby'));
const two = () => layerBrowser([layersFor('tabby'), layersFor('lynx', 1)]);

/** The numbers of the tiles, in their order. */
const firstTiles = async ({ words }: WidgetPage, count: number): Promise<string> => (await words()).split('told below each ')[1].split(' ').filter((_, at) => at % 2 === 0).slice(0, count).join(' ');
const press = async ({ page: tab, stage, settled }: WidgetPage, ...keys: string[]): Promise<void> => {
  await stage().focus();
  for (const key of keys) await tab.keyboard.press(key);
  await settled();
};

page('the slider goes through the layers', () =>
  withWidget(browser, one(), async (opened) => {
    assert.match(await opened.words(), /conv Conv2D · 16 × 16 × 20 · 1 of 20 channels dead \(all 0\)/);
    await opened.slide('layer', 1);
    assert.match(await opened.words(), /sum Add · 4 × 4 × 3 all 3 channels/);
    await opened.slide('layer', 2);
    assert.match(await opened.words(), /its 12 values, row by row greatest 2.75 \(11\)/);
    assert.is(await opened.control('sorted by').isVisible(), false);
    assert.match(await opened.status(), /^scores \(layer 3 of 3\)/);
  }));

page('channels are sorted', () =>
  withWidget(browser, one(), async (opened) => {
    const byVariance = await firstTiles(opened, 3);
    await opened.control('sorted by').selectOption({ label: 'greatest value' });
    await opened.settled();
    assert.is(await firstTiles(opened, 3), '19 18 17');
    await opened.control('sorted by').selectOption({ label: 'index' });
    await opened.settled();
    assert.match(await opened.words(), 'by number 0 all 0 1 2 3');
    assert.is.not(byVariance, '0 1 2');
  }));

page('the colour scale is the map’s, the layer’s or that of all', () =>
  withWidget(browser, layerBrowser(layersFor('tabby'), { order: 'index' }), async (opened) => {
    const looks = [];
    for (const label of ['each map', 'the layer', 'all layers']) {
      await opened.control('colour scale').selectOption({ label });
      await opened.slide('layer', 1);
      looks.push(await opened.look());
    }
    assert.ok(changed(looks[0], looks[1]) > 0.01, 'the map’s own scale looks like the layer’s');
    assert.ok(changed(looks[1], looks[2]) > 0.01, 'the layer’s scale looks like that of all');
    assert.match(await opened.words(), 'one colour scale for all layers');
  }));

page('a click on a map shows it large; the pointer reads its values', () =>
  withWidget(browser, layerBrowser(layersFor('tabby'), { order: 'index' }), async (opened) => {
    const { page: tab, stage } = opened;
    assert.match(await opened.words(), 'channel 0 of 20');
    const box = (await stage().boundingBox())!;
    const label = stage().locator('svg text', { hasText: /^5$/ }).first();
    const at = (await label.boundingBox())!;
    await tab.mouse.click(at.x + 10, at.y - 30);
    await opened.settled();
    assert.match(await opened.words(), 'channel 5 of 20');
    const titled = (await stage().locator('svg text', { hasText: 'channel 5 of 20' }).boundingBox())!;
    // The first cell lies below the title and its line of numbers.
    await tab.mouse.move(titled.x + 6, titled.y + 45);
    await opened.settled();
    assert.match(await opened.status(), /^0 at row 0, column 0$/);
    await tab.mouse.move(box.x + box.width + 40, box.y + 5);
    await opened.settled();
    assert.match(await opened.status(), /^conv \(layer 1 of 3\)/);
  }));

page('a tap does what a click does', () =>
  withWidget(browser, layerBrowser(layersFor('tabby'), { order: 'index' }), async (opened) => {
    const label = (await opened.stage().locator('svg text', { hasText: /^5$/ }).first().boundingBox())!;
    await opened.page.touchscreen.tap(label.x + 10, label.y - 30);
    await opened.settled();
    assert.match(await opened.words(), 'channel 5 of 20');
  }, { touch: true, width: 480 }));

page('the strip is a slider too', () =>
  withWidget(browser, one(), async (opened) => {
    const frame = (await opened.stage().locator('.chosen').boundingBox())!;
    await opened.page.mouse.click(frame.x + frame.width + 20, frame.y + frame.height / 2);
    await opened.settled();
    assert.not.match(await opened.words(), 'conv Conv2D');
  }));

page('zoom to values writes the numbers into the cells', () =>
  withWidget(browser, one(), async (opened) => {
    const numbers = (): Promise<number> => opened.stage().locator('.values text').count();
    assert.is(await numbers(), 0);
    const before = await opened.look();
    await opened.control('zoom to values').check();
    await opened.settled();
    assert.is(await numbers(), 64);
    assert.ok(changed(before, await opened.look()) > 0.05);
  }));

page('the keyboard reaches everything', () =>
  withWidget(browser, one(), async (opened) => {
    await press(opened, 'End');
    const last = await opened.words();
    await press(opened, 'Home', 'ArrowRight', 'ArrowRight', 'ArrowLeft');
    assert.is.not(await opened.words(), last);
    await press(opened, 'Enter');
    assert.match(await opened.status(), /at row 8, column 8$/);
    await press(opened, 'ArrowRight', 'ArrowUp', 'ArrowUp');
    assert.match(await opened.status(), /at row 6, column 9$/);
    await press(opened, 'Home');
    const [, greatest] = (await opened.words()).match(/greatest (\d+)/)!;
    assert.match(await opened.status(), new RegExp(`^${greatest}(\\.0+)? at`));
    await press(opened, 'v');
    assert.is(await opened.stage().locator('.values text').count(), 64);
    await press(opened, 'Escape', 'v', 'ArrowDown');
    assert.match(await opened.words(), /sum Add/);
    await press(opened, 'ArrowUp', 'ArrowUp');
    assert.match(await opened.words(), /conv Conv2D/);
    // Every control comes in the order of tabs, and the drawing after them.
    await opened.control('layer').focus();
    const names = [];
    for (let i = 0; i < 4; i++) {
      await opened.page.keyboard.press('Tab');
      names.push(await opened.page.evaluate('document.querySelector("[data-width]").shadowRoot.activeElement.closest("label, .stage").className || document.querySelector("[data-width]").shadowRoot.activeElement.closest("label").textContent.slice(0, 9)'));
    }
    assert.equal(names, ['sorted by', 'colour sc', 'zoom to v', 'stage pointable']);
  }));

page('two images: side by side, one of them, their difference', () =>
  withWidget(browser, two(), async (opened) => {
    const both = await opened.words();
    assert.match(both, 'tabby: mean');
    await press(opened, 'Enter');
    assert.match(await opened.status(), /^tabby [\d.]+, lynx [\d.]+, difference −?[\d.]+ at row/);
    await press(opened, 'Escape');
    const looks = [];
    for (const name of ['tabby', 'lynx', 'difference']) {
      await opened.button(name).click();
      await opened.settled();
      looks.push(await opened.look());
    }
    assert.ok(changed(looks[0], looks[1]) > 0.01, 'both images look the same');
    assert.ok(changed(looks[1], looks[2]) > 0.05, 'the difference looks like an image');
    assert.match(await opened.words(), 'difference tabby lynx Layers of toy');
    await opened.control('sorted by').selectOption({ label: 'difference' });
    await opened.settled();
    assert.match(await opened.words(), 'by difference');
  }));

page('two on one page do not disturb each other, but share the place that is pointed at', () =>
  withWidget(browser, row([one(), two()], { columns: 1 }), async (opened) => {
    const before = await opened.words(1);
    await opened.slide('layer', 1, 0);
    assert.match(await opened.words(0), /sum Add/);
    assert.is(await opened.words(1), before);
    await opened.slide('layer', 0, 0);
    await press(opened, 'Enter');
    assert.match(await opened.status(1), /at row 8, column 8/);
  }));

for (const width of [380, 480, 1200]) {
  page(`at ${width} pixels nothing is cut off, with finger and in the dark`, () =>
    withWidget(browser, two(), async ({ page: tab, stage }) => {
      const overflow = await stage().evaluate((each: any) => [...each.querySelectorAll('svg text, svg rect, canvas')].filter((part: any) => part.getBoundingClientRect().right > each.getBoundingClientRect().right + 1).length);
      assert.is(overflow, 0);
      assert.is(await tab.evaluate('document.documentElement.scrollWidth <= innerWidth'), true);
    }, { width, dark: true, touch: true }));
}

if (browserPath()) page.run();
else skipAll('layer browser in a page', noBrowser);
