import type { Browser } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import '../../src/figure/install';
import { browserPath, launchBrowser, noBrowser } from '../helpers/jupyterLab';
import { skipAll } from '../helpers/kernel';
import { benchmarkFigure } from '../helpers/trustFigures';
import { withWidget } from '../helpers/widgetPage';

const live = suite('a ranking of methods in a page');
let browser: Browser;

live.before(async () => {
  browser = await launchBrowser();
});
live.after(() => browser?.close());

live('methods are ranked by what is chosen, and a row tells its numbers', () =>
  withWidget(browser, benchmarkFigure(), async (w) => {
    assert.is(await w.status(), 'ranked by pointing game; point at a row for its numbers');
    await w.control('ranked by').selectOption({ label: 'energy inside' });
    await w.stage().focus();
    await w.page.keyboard.press('ArrowDown');
    await w.settled();
    assert.match(await w.status(), /^occlusion: pointing game 80\.0/);
    await w.page.keyboard.press('End');
    await w.settled();
    assert.match(await w.status(), /^random map: /);
    await w.page.keyboard.press('Escape');
    await w.settled();
    assert.match(await w.status(), /^ranked by energy inside/);
    await w.hover(0.1, 0.25);
    assert.match(await w.status(), /^(occlusion|Grad-CAM|deconvnet): /);
  }));

for (const dark of [false, true]) {
  live(`it fits a narrow ${dark ? 'dark' : 'light'} page`, () =>
    withWidget(browser, benchmarkFigure(), async (w) => assert.ok((await w.stage().boundingBox())!.width <= 480), { width: 480, dark }));
}

if (browserPath()) live.run();
else skipAll('a ranking of methods in a page', noBrowser);
