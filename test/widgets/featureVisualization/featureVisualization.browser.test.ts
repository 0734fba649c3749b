import type { Browser } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import '../../../src/figure/install';
import type { Figure } from '../../../src/figure/figure';
import { featureVisualization } from '../../../widgets/featureVisualization/featureVisualization';
import { visualized, visualizedFeature } from '../../fixtures/visualized';
import { browserPath, launchBrowser, noBrowser } from '../../helpers/jupyterLab';
import { skipAll } from '../../helpers/kernel';
import { changed, withWidget, type WidgetPage } from '../../helpers/widgetPage';

const live = suite('optimised pictures in a page');
let browser: Browser;
let figure: Figure;

live.before(async () => {
  figure = featureVisualization(visualized([0, 1, 2].map((channel) => visualizedFeature({ channel }))));
  browser = await launchBrowser();
});
live.after(() => browser?.close());

/** Presses in the middle of a canvas of the drawing, by its place. */
async function pressCanvas({ page, stage, settled }: WidgetPage, at: number): Promise<void> {
  const box = (await stage().locator('canvas').nth(at).boundingBox())!;
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await settled();
}

live('the slider shows all pictures at a step', () =>
  withWidget(browser, figure, async (w) => {
    assert.match(await w.status(), /^channel 0: the best, step 7 of 8, mean activation 2.5/);
    const best = await w.look();
    await w.slide('steps', 0);
    assert.match(await w.status(), /^channel 0: the noise it starts from, mean activation −1 · best 2.5 at step 7/);
    assert.ok(changed(best, await w.look()) > 0.1);
    await w.slide('steps', 3);
    assert.is(changed(best, await w.look()), 0);
  }));

live('a press picks a picture, a moment of the strip, and a step of the curve', () =>
  withWidget(browser, figure, async (w) => {
    await pressCanvas(w, 1);
    assert.match(await w.status(), /^channel 1: the best/);
    assert.match(await w.words(), 'how it came to be: channel 1');
    await pressCanvas(w, 4);
    assert.match(await w.status(), /^channel 1: step 4 of 8, mean activation 3 /);
    await w.control('picture').selectOption({ label: 'channel 2' });
    await w.settled();
    assert.match(await w.status(), /^channel 2: step 4 of 8/);
  }));

live('everything is done by keys alone', () =>
  withWidget(browser, figure, async (w) => {
    await w.stage().focus();
    const press = async (...keys: string[]): Promise<string> => {
      for (const key of keys) await w.page.keyboard.press(key);
      await w.settled();
      return w.status();
    };
    assert.match(await press('Home'), /^channel 0: the noise/);
    assert.match(await press('ArrowRight', 'ArrowDown'), /^channel 1: step 4 of 8/);
    assert.match(await press('ArrowDown', 'ArrowDown', 'ArrowLeft', 'ArrowLeft'), /^channel 2: the noise/);
    assert.match(await press('End', 'ArrowUp'), /^channel 1: the best/);
  }));

live('a narrow page is not made wider, and the text stays readable', () =>
  withWidget(
    browser,
    figure,
    async (w) => {
      assert.is(await w.page.evaluate('widgetInPage.overhang()'), 0);
      const texts = await w.page.evaluate<{ size: number }[]>('widgetInPage.texts()');
      assert.ok(texts.length > 10 && texts.every(({ size }) => size >= 10));
    },
    { width: 480, dark: true },
  ));

if (browserPath()) live.run();
else skipAll('optimised pictures in a page', noBrowser);
