import type { Browser } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import '../../src/figure/install';
import { decode } from '../../src/image/canvas';
import '../../widgets/install';
import { faithfulness } from '../../widgets/faithfulness/faithfulness';
import { browserPath, launchBrowser, noBrowser } from '../helpers/jupyterLab';
import { skipAll } from '../helpers/kernel';
import { removalOf } from '../helpers/removals';
import { type WidgetPage, withWidget } from '../helpers/widgetPage';

const live = suite('faithfulness in a page');
let browser: Browser;
live.before(async () => {
  browser = await launchBrowser();
});
live.after(() => browser?.close());

const source = (canvas: unknown): string => (canvas as { toDataURL(): string }).toDataURL();

/** The share of the picture that is white: hidden. */
async function hidden(w: WidgetPage): Promise<number> {
  const { data } = await decode(Buffer.from((await w.stage().locator('canvas').first().evaluate(source)).split(',')[1], 'base64'));
  let white = 0;
  for (let at = 0; at < data.length; at += 4) if (data[at] > 250 && data[at + 1] > 250) white += 4;
  return white / data.length;
}
const status = async (w: WidgetPage): Promise<string> => (await w.status()).replace(/\u00a0/g, ' ');

live('the slider moves picture, marker and scores together', () =>
  withWidget(browser, removalOf().toFigure(), async (w) => {
    for (const [at, share, score, other] of [[5, 0.5, '0.4', '0.127'], [0, 0, '0.8', '0.8'], [10, 1, '0', '0']] as const) {
      await w.slide('changed', at);
      assert.ok(Math.abs((await hidden(w)) - share) < 0.02, `${await hidden(w)} hidden at ${share}`);
      assert.match(await status(w), `deletion, ${share * 100} % removed, the strongest first: probability of tabby 0.8 → Grad-CAM ${score}, Occlusion ${other}`);
      assert.match(await w.words(), `${share * 100} % removed the strongest of Grad-CAM probability ${score}`);
    }
  }));

live('keys change how much is gone and which map is shown', () =>
  withWidget(browser, removalOf().toFigure(), async (w) => {
    await w.stage().focus();
    await w.page.keyboard.press('Home');
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowLeft']) await w.page.keyboard.press(key);
    await w.settled();
    assert.match(await status(w), '20 % removed');
    await w.page.keyboard.press('ArrowDown');
    await w.settled();
    assert.match(await w.words(), 'the strongest of Occlusion');
    await w.page.keyboard.press('ArrowDown');
    await w.page.keyboard.press('Shift+ArrowRight');
    await w.settled();
    assert.match(await w.words(), '70 % removed the strongest of Grad-CAM');
    await w.page.keyboard.press('End');
    await w.page.keyboard.press('ArrowRight');
    await w.settled();
    assert.match(await status(w), '100 % removed');
  }));

live('a drag along the curves, and a click on a row of the table', () =>
  withWidget(browser, faithfulness([removalOf(), removalOf('insertion')]), async (w) => {
    const box = (await w.stage().boundingBox())!;
    const place = async (name: string): Promise<{ x: number; y: number }> => {
      const text = await w.stage().locator('svg text', { hasText: name }).first().boundingBox();
      return { x: text!.x, y: text!.y };
    };
    const chart = await place('of the image put back');
    await w.page.mouse.move(chart.x + 40, chart.y - 80);
    await w.page.mouse.down();
    await w.page.mouse.move(chart.x + 30, chart.y - 80);
    await w.settled();
    const there = await status(w);
    assert.match(there, /^insertion, \d+ % put back/);
    await w.page.mouse.move(box.x + box.width + 200, chart.y - 80);
    await w.settled();
    assert.match(await status(w), 'insertion, 100 % put back');
    await w.page.mouse.up();
    const rows = await w.stage().locator('svg text', { hasText: 'Occlusion' }).all();
    const last = (await rows[rows.length - 1].boundingBox())!;
    await w.page.mouse.click(last.x + 4, last.y + 4);
    await w.settled();
    assert.match(await w.words(), 'the strongest of Occlusion');
  }));

live('measures are switched, and ROAD has two orders', () =>
  withWidget(browser, faithfulness([removalOf(), removalOf('ROAD')]), async (w) => {
    assert.is(await w.button('weakest first').isVisible(), false);
    await w.slide('changed', 5);
    await w.button('ROAD').click();
    await w.settled();
    assert.match(await status(w), 'ROAD, 50 % removed, the strongest first: probability of tabby 0.8 → Grad-CAM 0.4, Occlusion 0.127');
    const before = await w.contents();
    await w.button('weakest first').click();
    await w.settled();
    assert.match(await status(w), 'ROAD, 50 % removed, the weakest first: probability of tabby 0.8 → Grad-CAM 0.75');
    assert.not.equal(await w.contents(), before);
  }));

live('narrow, dark and by touch', () =>
  withWidget(
    browser,
    faithfulness([removalOf(), removalOf('insertion')]),
    async (w) => {
      const box = (await w.stage().boundingBox())!;
      assert.ok(box.width <= 420);
      assert.ok(await w.page.evaluate('document.documentElement.scrollWidth <= innerWidth'));
      assert.ok(await w.hosts.first().locator('.widget.dark').count());
    },
    { width: 420, dark: true, touch: true },
  ));

if (browserPath()) live.run();
else skipAll('faithfulness in a page', noBrowser);
