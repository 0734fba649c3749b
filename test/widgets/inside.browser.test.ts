import type { Browser } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ready } from '../../src/backend';
import { filters } from '../../src/features/filters/filters';
import { layerStatistics } from '../../src/features/statistics/layerStatistics';
import { topPatches } from '../../src/features/topPatches/topPatches';
import type { Figure } from '../../src/figure/figure';
import { dot } from '../helpers/dots';
import { insideWidgets, textures } from '../helpers/insideWidgets';
import { browserPath, launchBrowser, noBrowser } from '../helpers/jupyterLab';
import { skipAll } from '../helpers/kernel';
import { arithmetic, classifier, residual } from '../helpers/models';
import { changed, withWidget } from '../helpers/widgetPage';

const live = suite('top patches, filters and statistics in a page');
let browser: Browser;
let figures: Record<string, Figure>;
live.before(async () => {
  await ready();
  figures = await insideWidgets();
  browser = await launchBrowser();
});
live.after(() => browser?.close());

const plain = (text: string): string => text.replace(/\u00a0/g, ' ');
const dots = [dot(2, 2, 10), dot(0, 0, 30), dot(1, 1, 5)];
const model = classifier(arithmetic());

for (const width of [1100, 480, 380]) {
  live(`no text is cut off or written over at ${width} pixels`, async () => {
    for (const [name, figure] of Object.entries(figures)) {
      await withWidget(
        browser,
        figure,
        async ({ page }) => {
          assert.equal(await page.evaluate('widgetInPage.misplaced()'), [], name);
          assert.is(await page.evaluate('widgetInPage.overhang()'), 0, name);
        },
        { width },
      );
    }
  });
}

live('a patch is picked with a click, a tap or the arrow keys, and shown in its image', async () => {
  const figure = (await topPatches(model, dots, { layer: 'conv', onProgress: null })).toFigure();
  await withWidget(browser, figure, async (w) => {
    assert.is(plain(await w.status()), '40: strongest patch 1 of 3 of channel 0 · dot 2 2 10 · cell (1, 1) of 2 × 2: rows 1–2, columns 1–2 of the image');
    const before = await w.look();
    await w.stage().focus();
    await w.page.keyboard.press('ArrowRight');
    await w.settled();
    assert.match(await w.status(), /^30: strongest patch 2 of 3 of channel 0 · dot 0 0 30/);
    assert.match(await w.words(), 'channel 0, strongest patch 2: 30');
    assert.ok(changed(before, await w.look()) > 0.01);
    await w.page.keyboard.press('End');
    await w.page.keyboard.press('ArrowRight');
    await w.settled();
    assert.match(await w.status(), /^20: strongest patch 3/);
    // The second channel has none.
    await w.page.keyboard.press('ArrowDown');
    await w.page.keyboard.press('Home');
    await w.settled();
    assert.match(await w.status(), /^40: /);
    await w.stage().locator('text', { hasText: 'dot 1 1 5' }).first().click();
    await w.settled();
    assert.match(await w.status(), /^20: /);
  });
  await withWidget(
    browser,
    figure,
    async (w) => {
      await w.stage().locator('text', { hasText: 'dot 0 0 30' }).first().tap();
      await w.settled();
      assert.match(await w.words(), 'strongest patch 2: 30');
    },
    { touch: true, width: 420 },
  );
});

live('whole images on request, and channels in other orders', async () => {
  await withWidget(browser, figures.topPatches, async (w) => {
    const before = await w.look();
    await w.control('whole images').check();
    await w.settled();
    assert.ok((await w.stage().locator('rect[stroke="#fff"]').count()) > 4, 'the crops are framed in their images');
    await w.control('whole images').uncheck();
    await w.settled();
    assert.is(changed(before, await w.look()), 0);
    const titles = async (): Promise<string[]> => (await w.stage().locator('text[font-weight="600"]').allTextContents()).filter((text) => /^channel \d+$/.test(text));
    assert.equal(await titles(), ['channel 0', 'channel 1', 'channel 2']);
    await w.control('channels').selectOption('strongest first');
    await w.settled();
    assert.equal([...(await titles())].sort(), ['channel 0', 'channel 1', 'channel 2']);
  });
});

live('a filter is picked, its weights are read, and the order changes', () =>
  withWidget(browser, figures.filterGallery, async (w) => {
    assert.match(await w.status(), /^filter 0 · L2 /);
    await w.stage().focus();
    await w.page.keyboard.press('ArrowRight');
    await w.settled();
    assert.match(await w.status(), /^filter 1 · L2 /);
    assert.match(await w.words(), 'filter 1 L2');
    await w.control('order').selectOption('by norm');
    await w.stage().focus();
    await w.page.keyboard.press('Home');
    await w.settled();
    assert.match(await w.status(), /^filter 2 · L2 2\.97/);
    await w.button('colour').click();
    await w.settled();
    const colour = await w.look();
    await w.button('by channel').click();
    await w.settled();
    assert.ok((await w.stage().locator('linearGradient').count()) > 0);
    await w.button('colour').click();
    await w.settled();
    assert.is(changed(colour, await w.look()), 0);
    await w.button('each its own').click();
    await w.settled();
    assert.match(await w.words(), 'each filter has its own scale');
    await w.button('L1').click();
    await w.settled();
    assert.match(await w.words(), 'L1 norm of each filter');
  }));

live('in a matrix of kernels the pointer reads single weights', async () => {
  const net = classifier(residual());
  const kernel = (await filters(net, { layer: 'separable' })).kernel(0);
  await withWidget(browser, figures['filterGallery, rows'], async (w) => {
    const canvas = await w.stage().locator('canvas').first().boundingBox();
    const stage = await w.stage().boundingBox();
    // The upper left weight of the first filter on the first input channel.
    await w.hover((canvas!.x - stage!.x + 3) / stage!.width, (canvas!.y - stage!.y + 3) / stage!.height);
    assert.is(plain(await w.status()), `${String(Number(kernel[0].toPrecision(3))).replace('-', '−')}: filter 0, input 0, row 0, column 0`);
    await w.page.mouse.click(canvas!.x + 5, canvas!.y + canvas!.height - 5);
    await w.settled();
    await w.page.mouse.move(0, 0);
    await w.settled();
    assert.match(await w.status(), /^filter 5 /);
  });
});

live('statistics: a row is read, sorted, and all layers are shown on request', async () => {
  const figure = (await layerStatistics(classifier(residual()), textures(3, { width: 10, height: 13 }), { onProgress: null })).toFigure();
  await withWidget(browser, figure, async (w) => {
    assert.match(await w.status(), /^\w+: mean .* zeros · .* channels dead.* · sparseness /);
    const first = await w.status();
    await w.stage().focus();
    await w.page.keyboard.press('ArrowDown');
    await w.settled();
    assert.is.not(await w.status(), first);
    await w.control('order').selectOption('most zeros');
    await w.settled();
    const zeros = async (key: string): Promise<number> => {
      await w.stage().focus();
      await w.page.keyboard.press(key);
      await w.settled();
      return Number(/(\d+)\u00a0% zeros/.exec(await w.status())?.[1]);
    };
    assert.ok((await zeros('Home')) > (await zeros('End')));
    assert.is(await zeros('End'), 0);
  });
});

if (browserPath()) live.run();
else skipAll('top patches, filters and statistics in a page', noBrowser);
