import type { Browser } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Figure } from '../../src/figure/figure';
import { trained } from '../fixtures/training';
import { browserPath, launchBrowser, noBrowser } from '../helpers/jupyterLab';
import { skipAll } from '../helpers/kernel';
import { changed, type WidgetPage, withWidget } from '../helpers/widgetPage';

const live = suite('a training in a page');
let browser: Browser;
let figure: Figure;
live.before(async () => {
  browser = await launchBrowser();
  figure = (await trained(8)).toFigure();
});
live.after(() => browser?.close());

const moment = async (w: WidgetPage): Promise<string> => /after epoch \d of 8|before the first epoch/.exec(await w.status())?.[0] ?? '';

live('the slider goes through the epochs: curves, maps, norms and classes follow', () =>
  withWidget(browser, figure, async (w) => {
    assert.is(await moment(w), 'after epoch 8 of 8');
    const [last, words] = [await w.look(), await w.words()];
    await w.slide('epoch', 0);
    assert.is(await moment(w), 'before the first epoch');
    assert.match(await w.words(), 'training –');
    assert.not.match(await w.words(), /‖w‖ [\d.]+,/);
    await w.slide('epoch', 3);
    assert.is(await moment(w), 'after epoch 3 of 8');
    assert.match(await w.words(), /‖w‖ [\d.]+, [+−][\d.]+ %/);
    assert.is.not(await w.words(), words);
    assert.ok(changed(last, await w.look()) > 0.005);
    await w.slide('epoch', 8);
    assert.is(changed(last, await w.look()), 0);
  }));

live('steps and play go from epoch to epoch, and stop at the end', () =>
  withWidget(browser, figure, async (w) => {
    await w.slide('epoch', 5);
    await w.button('step forward').click();
    await w.settled();
    assert.is(await moment(w), 'after epoch 6 of 8');
    await w.button('play').click();
    await w.button('play').waitFor();
    await w.page.waitForFunction('document.querySelector("[data-width]").shadowRoot.querySelector(".status").textContent.startsWith("after epoch 8")');
    assert.is(await moment(w), 'after epoch 8 of 8');
  }));

live('a click on a curve goes to that epoch', () =>
  withWidget(browser, figure, async (w) => {
    const line = w.stage().locator('path[stroke="#4477aa"][stroke-linecap]').first();
    const box = (await line.boundingBox())!;
    await w.page.mouse.click(box.x + box.width * (3 / 7), box.y + box.height / 2);
    await w.settled();
    assert.is(await moment(w), 'after epoch 4 of 8');
  }));

live('the network is gone through by keys, as it was at that epoch', () =>
  withWidget(browser, figure, async (w) => {
    await w.stage().focus();
    await w.page.keyboard.press('Home');
    await w.page.keyboard.press('ArrowRight');
    await w.settled();
    const now = await w.status();
    assert.match(now.replace(/[\u200a\u00a0]/g, ' '), /^after epoch 8 of 8, loss [\d.]+ \(validation [\d.]+\), accuracy [\d.]+ \(validation [\d.]+\) · stem_conv, conv 3 × 3, relu, 8 × 8 × 4, 40 parameters, [\d.]+ k multiply-adds, ‖w‖ [\d.]+, [+−][\d.]+ %$/);
    await w.slide('epoch', 1);
    assert.is.not(await w.status(), now);
  }));

live('it fits a narrow dark page', () =>
  withWidget(
    browser,
    figure,
    async (w) => {
      assert.ok((await w.stage().boundingBox())!.width <= 480);
      await w.button('shapes').click();
      await w.settled();
      assert.is(await w.stage().locator('canvas').count(), 0);
    },
    { width: 480, dark: true },
  ));

live('two on one page do not disturb each other', async () => {
  const html = figure.html().replace('</main>', () => `${figure.fragment()}</main>`);
  await withWidget(browser, html, async (w) => {
    await w.slide('epoch', 2, 0);
    assert.match(await w.status(0), /^after epoch 2/);
    assert.match(await w.status(1), /^after epoch 8/);
  });
});

if (browserPath()) live.run();
else skipAll('a training in a page', noBrowser);
