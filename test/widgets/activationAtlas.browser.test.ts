import type { Browser } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import '../../src/figure/install';
import '../../widgets/install';
import { handmadeAtlas } from '../helpers/atlas';
import { browserPath, launchBrowser, noBrowser } from '../helpers/jupyterLab';
import { skipAll } from '../helpers/kernel';
import { changed, withWidget, type WidgetPage } from '../helpers/widgetPage';

const live = suite('an activation atlas in a page');
const figure = handmadeAtlas({ last: '<b>boat</b>' }).figure();
let browser: Browser;
live.before(async () => {
  browser = await launchBrowser();
});
live.after(() => browser?.close());

/** A place of the map as a share of the drawing: the map is the first canvas. */
async function onMap({ stage }: WidgetPage): Promise<(u: number, v: number) => [number, number]> {
  const size = (await stage().boundingBox())!;
  const map = (await stage().locator('canvas').first().boundingBox())!;
  return (u, v) => [(map.x - size.x + u * map.width) / size.width, (map.y - size.y + v * map.height) / size.height];
}

live('a cell that is pointed at tells itself; a click keeps it', () =>
  withWidget(browser, figure, async (w) => {
    const map = await onMap(w);
    assert.match(await w.status(), /^cell at row 1, column 1: 40 activations of 20 images; cat 0\.9/);
    await w.hover(...map(0.12, 0.88));
    assert.match(await w.status(), /^cell at row 3, column 0: 20 activations of 10 images; dog 0\.7/);
    assert.match(await w.words(), 'cell at row 3, column 0');
    await w.hover(0.99, 0.99);
    assert.match(await w.status(), /^cell at row 1, column 1/);
    await w.hover(...map(0.12, 0.88));
    await w.page.mouse.down();
    await w.page.mouse.up();
    await w.hover(0.99, 0.99);
    assert.match(await w.status(), /^cell at row 3, column 0/);
    // Hostile labels are text.
    assert.match(await w.words(), '<b>boat</b>');
  }));

live('Ctrl and the wheel zoom about the pointer, a drag moves, buttons and Home show the whole again', () =>
  withWidget(browser, figure, async (w) => {
    const map = await onMap(w);
    const before = await w.look();
    await w.hover(...map(0.06, 0.82));
    await w.page.keyboard.down('Control');
    for (let at = 0; at < 4; at++) await w.page.mouse.wheel(0, -60);
    await w.page.keyboard.up('Control');
    await w.settled();
    // The finer raster, and still the same place under the pointer.
    assert.match(await w.status(), /^cell at row 6, column 0: 10 activations/);
    assert.match(await w.words(), '12 cells of 8 × 8');
    const near = await w.look();
    assert.ok(changed(before, near) > 0.05);
    await w.page.mouse.down();
    await w.hover(...map(0.5, 0.5));
    await w.page.mouse.up();
    await w.settled();
    assert.ok(changed(near, await w.look()) > 0.05, 'the drag moved the map');
    await w.button('whole map').click();
    await w.hover(0.99, 0.99);
    assert.match(await w.words(), '6 cells of 4 × 4');
    assert.ok(changed(before, await w.look()) < 0.02);
    assert.ok(await w.button('zoom out').isDisabled());
    await w.button('zoom in').click();
    await w.settled();
    assert.not(await w.button('zoom out').isDisabled());
    // Without the key the wheel is the page's.
    const zoomed = await w.contents();
    await w.hover(...map(0.9, 0.5));
    await w.page.mouse.wheel(0, -60);
    await w.hover(0.99, 0.99);
    assert.is(await w.contents(), zoomed);
  }));

live('the raster, the class and the two classes are picked', () =>
  withWidget(browser, figure, async (w) => {
    await w.button('8 × 8 cells').click();
    await w.settled();
    assert.match(await w.words(), '12 cells of 8 × 8');
    await w.button('4 × 4 cells').click();
    await w.control('class').selectOption({ label: 'dog' });
    await w.settled();
    assert.match(await w.words(), /brightness: attribution to dog/);
    assert.match(await w.status(), 'dog −0.0429, number 3 of 6 cells; most at row 3, column 0: 0.7');
    await w.button('between two classes').click();
    await w.control('right').selectOption({ label: 'cat' });
    await w.control('left').selectOption({ label: '<b>boat</b>' });
    await w.settled();
    assert.match(await w.words(), /← <b>boat<\/b>, by .* 0: as much for both cat, by/);
    assert.match(await w.status(), /: cat [−\d.]+, <b>boat<\/b> [−\d.]+, difference [−\d.]+;/);
  }));

live('keys alone go from cell to cell, move, zoom and change the raster', () =>
  withWidget(browser, figure, async (w) => {
    await w.stage().focus();
    const after = async (...keys: string[]): Promise<string> => {
      for (const key of keys) await w.page.keyboard.press(key);
      await w.settled();
      return w.status();
    };
    assert.match(await after('ArrowDown'), /^cell at row 2, column 2/);
    assert.match(await after('ArrowDown'), /^cell at row 3, column 3/);
    assert.match(await after('ArrowLeft'), /^cell at row 3, column 0/);
    assert.match(await after('ArrowLeft'), /^cell at row 3, column 0/);
    const still = await w.contents();
    assert.match(await after('+', '+', '+'), /^cell at row [67], column [01]/);
    const near = await w.contents();
    assert.is.not(near, still);
    await after('Shift+ArrowRight');
    assert.is.not(await w.contents(), near);
    await after('Home');
    assert.match(await w.words(), '6 cells of 4 × 4');
    await after('PageDown');
    assert.match(await w.words(), '12 cells of 8 × 8');
    await after('PageUp');
    assert.match(await w.words(), '6 cells of 4 × 4');
  }));

live('fingers: a tap keeps a cell, two fingers zoom', () =>
  withWidget(
    browser,
    figure,
    async (w) => {
      const map = await onMap(w);
      const size = (await w.stage().boundingBox())!;
      assert.ok(size.width <= 480);
      const [u, v] = map(0.88, 0.12);
      await w.page.touchscreen.tap(size.x + u * size.width, size.y + v * size.height);
      await w.settled();
      assert.match(await w.status(), /^cell at row 0, column 3/);
      const client = await w.page.context().newCDPSession(w.page);
      const touch = async (type: string, apart: number): Promise<void> => {
        const [x, y] = map(0.5, 0.5).map((share, axis) => (axis ? size.y + share * size.height : size.x + share * size.width));
        await client.send('Input.dispatchTouchEvent', { type, touchPoints: apart ? [{ x: x - apart, y }, { x: x + apart, y }] : [] } as never);
      };
      await touch('touchStart', 30);
      for (const apart of [45, 60, 75]) await touch('touchMove', apart);
      await touch('touchEnd', 0);
      await w.settled();
      assert.match(await w.words(), '12 cells of 8 × 8');
    },
    { width: 480, touch: true },
  ));

live('a page in the dark reads as well', () =>
  withWidget(
    browser,
    figure,
    async (w) => {
      // Text has the ink of the dark, but for the names on the map.
      const colour = await w.stage().locator('text').last().evaluate((text) => (globalThis as unknown as { getComputedStyle(of: unknown): { fill: string } }).getComputedStyle(text).fill);
      assert.ok(Math.min(...colour.match(/\d+/g)!.map(Number)) > 140, colour);
      assert.ok(await w.hosts.first().locator('.widget.dark').count());
    },
    { dark: true },
  ));

if (browserPath()) live.run();
else skipAll('an activation atlas in a page', noBrowser);
