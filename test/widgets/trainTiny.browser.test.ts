import type { Browser } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Figure } from '../../src/figure/figure';
import { trainTiny } from '../../widgets/trainTiny/trainTiny';
import { browserPath, launchBrowser, noBrowser } from '../helpers/jupyterLab';
import { skipAll } from '../helpers/kernel';
import { changed, type WidgetPage, withWidget } from '../helpers/widgetPage';

const live = suite('the tiny training in a page');
let browser: Browser;
let figure: Figure;
live.before(async () => {
  browser = await launchBrowser();
  const net = await trainTiny({ epochs: 3, scenes: 64, batchSize: 16, classes: ['cat', 'car', 'fish'], onProgress: null });
  figure = net.training.toFigure();
  net.dispose();
});
live.after(() => browser?.close());

const moment = async (w: WidgetPage): Promise<string> => /after epoch \d of 3|before the first epoch/.exec(await w.status())?.[0] ?? '';

live('the slider goes through the epochs: curves, filters and maps follow', () =>
  withWidget(browser, figure, async (w) => {
    assert.is(await moment(w), 'after epoch 3 of 3');
    const [last, words] = [await w.look(), await w.words()];
    await w.slide('epoch', 0);
    assert.is(await moment(w), 'before the first epoch');
    assert.is.not(await w.words(), words);
    assert.ok(changed(last, await w.look()) > 0.005);
    await w.slide('epoch', 3);
    assert.is(changed(last, await w.look()), 0);
  }));

live('a click on a curve goes to that epoch', () =>
  withWidget(browser, figure, async (w) => {
    const line = w.stage().locator('path[stroke="#4477aa"][stroke-linecap]').first();
    const box = (await line.boundingBox())!;
    await w.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await w.settled();
    assert.is(await moment(w), 'after epoch 2 of 3');
  }));

if (browserPath()) live.run();
else skipAll('the tiny training in a page', noBrowser);
