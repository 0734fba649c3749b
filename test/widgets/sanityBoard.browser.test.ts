import type { Browser } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import '../../src/figure/install';
import { browserPath, launchBrowser, noBrowser } from '../helpers/jupyterLab';
import { skipAll } from '../helpers/kernel';
import { checkFigure } from '../helpers/trustFigures';
import { changed, withWidget } from '../helpers/widgetPage';

const live = suite('a sanity board in a page');
let browser: Browser;

live.before(async () => {
  browser = await launchBrowser();
});
live.after(() => browser?.close());

live('the slider goes through the steps, the list through the methods', () =>
  withWidget(browser, checkFigure(), async (w) => {
    assert.match(await w.status(), /^guided <b>backpropagation<\/b>, all re-drawn down to block2: rank correlation of \|values\| 0\.80/);
    const before = await w.look();
    await w.slide('step', 3);
    assert.match(await w.status(), 'all re-drawn down to block1: rank correlation of |values| 0.20');
    assert.ok(changed(before, await w.look()) > 0.01);
    await w.slide('step', 4);
    assert.match(await w.status(), 'for lynx');
    await w.control('method').selectOption('0');
    await w.settled();
    assert.match(await w.status(), /^input x gradient, for lynx/);
  }));

live('arrow keys move, a click on a small map enlarges it, a click on the chart goes to its step', () =>
  withWidget(browser, checkFigure(), async (w) => {
    await w.stage().focus();
    await w.page.keyboard.press('ArrowLeft');
    await w.settled();
    assert.match(await w.status(), 'scores re-drawn: rank correlation of |values| 0.99');
    await w.page.keyboard.press('ArrowUp');
    await w.page.keyboard.press('Home');
    await w.settled();
    assert.match(await w.status(), /^input x gradient, the original map; passes/);
    await w.page.keyboard.press('End');
    await w.settled();
    assert.match(await w.status(), 'input x gradient, all re-drawn down to block1');
    const tile = (await w.stage().locator('canvas').nth(4).boundingBox())!;
    await w.page.mouse.click(tile.x + tile.width / 2, tile.y + tile.height / 2);
    await w.settled();
    assert.match(await w.status(), /input x gradient, scores re-drawn/);
  }));

live('signs are shown with the correlation of values; a cursor is at the same place in all maps', () =>
  withWidget(browser, checkFigure(), async (w) => {
    await w.control('method').selectOption('0');
    await w.settled();
    const plain = await w.contents();
    await w.control('likeness').selectOption({ label: 'rank correlation of values' });
    await w.settled();
    assert.is.not(await w.contents(), plain);
    const panel = (await w.stage().locator('canvas').nth(1).boundingBox())!;
    await w.page.mouse.move(panel.x + panel.width * 0.04, panel.y + panel.height * 0.04);
    await w.settled();
    assert.match(await w.status(), /^row 0, column 0: 0 in the original, /);
    assert.is(await w.stage().locator('path[stroke="#fff"]').count(), 3 + 2 * 6);
  }));

for (const dark of [false, true]) {
  live(`it fits a narrow ${dark ? 'dark' : 'light'} page`, () =>
    withWidget(browser, checkFigure(), async (w) => assert.ok((await w.stage().boundingBox())!.width <= 480), { width: 480, dark }));
}

if (browserPath()) live.run();
else skipAll('a sanity board in a page', noBrowser);
