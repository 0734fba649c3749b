import type { Browser } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Attribution } from '../../src/attribution/attribution';
import '../../src/figure/install';
import { readable } from '../../src/figure/numbers';
import { row } from '../../src/figure/row';
import { Image } from '../../src/image/image';
import '../../widgets/install';
import { heatmap } from '../../widgets/overlay/heatmap';
import { overlay } from '../../widgets/overlay/overlay';
import { browserPath, launchBrowser, noBrowser } from '../helpers/jupyterLab';
import { skipAll } from '../helpers/kernel';
import { mapOf } from '../helpers/maps';
import { changed, withWidget } from '../helpers/widgetPage';

const live = suite('overlay in a page');
let browser: Browser;
live.before(async () => {
  browser = await launchBrowser();
});
live.after(() => browser?.close());

/** A picture that differs everywhere, and a map that rises from left to right, with its peak in one cell. */
const side = 128;
const photo = new Image(side, side, Uint8ClampedArray.from({ length: side * side * 4 }, (_, at) => (at % 4 === 3 ? 255 : (at * 7) % 200)), 'stripes');
const rising = Array.from({ length: side * side }, (_, at) => (at === 20 * side + 100 ? 200 : at % side));
const map = (more: Partial<Attribution> = {}): Attribution => mapOf(rising, side, side, { image: photo, ...more });
const classes = [map(), map({ target: { index: 7, label: 'lynx' }, values: Float32Array.from(rising, (value) => value / 4) })];

live('the opacity slider changes the picture, and at 0 leaves the photograph', () =>
  withWidget(browser, overlay(map(), { fade: false }), async (w) => {
    const before = await w.look();
    await w.slide('opacity', 0);
    const bare = await w.look();
    assert.ok(changed(before, bare) > 0.3);
    await w.button('side by side').click();
    await w.button('overlay').click();
    await w.settled();
    assert.is(changed(bare, await w.look()), 0, 'the opacity is kept while another view is shown');
    await w.slide('opacity', 1);
    assert.ok(changed(bare, await w.look()) > 0.3);
    assert.match((await w.control('opacity').getAttribute('aria-valuetext'))!, /^100\s%$/);
  }));

live('only the strongest share is drawn, and the caption says so', () =>
  withWidget(browser, overlay(map(), { fade: false, opacity: 1 }), async (w) => {
    await w.slide('opacity', 0);
    const bare = await w.look();
    await w.slide('opacity', 1);
    await w.slide('strongest', 0.25);
    assert.match(await w.words(), 'drawn: the strongest 25 % of the image');
    const { width, height } = bare;
    const half = (look: typeof bare, right: boolean): typeof bare => ({ width, height, data: look.data.map((value, at) => ((at / 4) % width < width * 0.35 === right ? 0 : value)) });
    const now = await w.look();
    assert.ok(changed(half(bare, false), half(now, false)) < 0.01, 'the weak left is bare');
    assert.ok(changed(half(bare, true), half(now, true)) > 0.1, 'the strong right is covered');
  }));

live('colours and views are what they are called', () =>
  withWidget(browser, overlay(map()), async (w) => {
    const before = await w.look();
    await w.control('colours').selectOption('magma');
    await w.settled();
    assert.ok(changed(before, await w.look()) > 0.1);
    const places = async (): Promise<number> => w.stage().locator('canvas').count();
    assert.is(await places(), 1);
    await w.button('side by side').click();
    await w.settled();
    assert.is(await places(), 2);
    await w.button('what mattered').click();
    await w.slide('visible', 0.1);
    assert.match(await w.words(), 'visible: the strongest 10 % of the image');
    assert.is(await w.button('what mattered').getAttribute('aria-pressed'), 'true');
    const dark = await w.look();
    await w.control('the rest').selectOption('grey');
    await w.settled();
    assert.ok(changed(dark, await w.look()) > 0.3);
    await w.button('map').click();
    await w.settled();
    assert.is(await w.stage().locator('canvas.crisp').count(), 1);
    await w.button('overlay').click();
    await w.settled();
    assert.not.match(await w.words(), 'visible');
  }));

live('there is no control that does nothing', () => {
  const values = Float32Array.from({ length: side * side * 3 }, (_, at) => Math.sin(at));
  return withWidget(browser, heatmap(map({ values, shape: [side, side, 3], signed: true }), { photo: true }), async (w) => {
    assert.is(await w.control('colours').isVisible(), false, 'three channels are their own colours');
    assert.is(await w.control('opacity').isVisible(), false);
    await w.button('overlay').click();
    await w.settled();
    assert.ok(await w.control('colours').isVisible());
    await w.button('what mattered').click();
    await w.settled();
    assert.is(await w.control('colours').isVisible(), false);
  });
});

live('a swipe uncovers the photograph up to the divider, by dragging and by its slider', () =>
  withWidget(browser, overlay(map(), { fade: false, opacity: 1 }), async (w) => {
    await w.button('swipe').click();
    await w.settled();
    const half = await w.look();
    await w.slide('divider', 0);
    const covered = await w.look();
    assert.ok(changed(half, covered) > 0.2);
    const box = (await w.stage().locator('canvas').boundingBox())!;
    await w.page.mouse.move(box.x + 4, box.y + 40);
    await w.page.mouse.down();
    await w.page.mouse.move(box.x + box.width * 0.75, box.y + 60, { steps: 4 });
    await w.page.mouse.up();
    await w.settled();
    assert.ok(Math.abs(Number(await w.control('divider').inputValue()) - 0.75) < 0.02);
  }));

live('the cross-hair reads out the value under it, to the pointer and to the keys', () =>
  withWidget(browser, overlay(map()), async (w) => {
    const box = (await w.stage().locator('canvas').boundingBox())!;
    await w.page.mouse.move(box.x + (40.5 / side) * box.width, box.y + (90.5 / side) * box.height);
    await w.settled();
    assert.match(await w.status(), `${readable(40)} logits at row 90, column 40: more than `);
    await w.page.mouse.move(2, 2);
    await w.settled();
    assert.not.match(await w.status(), 'column');
    await w.stage().focus();
    await w.page.keyboard.press('Home');
    await w.settled();
    assert.match(await w.status(), `${readable(200)} logits at row 20, column 100: more than 100 % of the map`.replace('100 %', '100\u00a0%'));
    await w.page.keyboard.press('Shift+ArrowLeft');
    await w.settled();
    assert.match(await w.status(), 'at row 20, column 99');
    await w.page.keyboard.press('ArrowDown');
    await w.settled();
    const [, moved] = /row (\d+)/.exec(await w.status())!;
    assert.ok(Number(moved) > 21 && Number(moved) < 30, `row ${moved}`);
    await w.page.keyboard.press('Escape');
    await w.settled();
    assert.not.match(await w.status(), 'column');
  }));

live('a class is picked from the maps that are there; on one scale the weaker stays weak', () =>
  withWidget(browser, overlay(classes), async (w) => {
    await w.control('shown').selectOption({ label: 'lynx (7)' });
    await w.settled();
    assert.match(await w.words(), 'Grad-CAM · lynx (7)');
    const shared = await w.words();
    await w.control('one scale for all').uncheck();
    await w.settled();
    assert.is.not(await w.words(), shared, 'the numbers of the bar are the map’s own now');
  }));

live('a class and a place that are picked in one move in the others of a row', () =>
  withWidget(browser, row([overlay(classes), overlay(classes), overlay(map())]), async (w) => {
    await w.control('shown', 0).selectOption({ label: 'lynx (7)' });
    await w.settled();
    assert.match(await w.words(1), 'lynx (7)');
    assert.match(await w.status(2), 'there is no map of class 7 here');
    await w.stage(1).focus();
    await w.page.keyboard.press('Home');
    await w.settled();
    assert.match(await w.status(0), 'row 20, column 100');
  }));

live('two figures of a page do not disturb each other', () =>
  withWidget(browser, overlay(map()).html().replace('</main>', () => `${overlay(classes).fragment()}</main>`), async (w) => {
    const other = await w.contents(1);
    await w.slide('opacity', 0.1, 0);
    await w.button('map', 0).click();
    await w.hover(0.4, 0.4, 0);
    assert.is(await w.contents(1), other);
    assert.is(await w.control('opacity', 1).inputValue(), '0.6');
  }));

live('a finger points as a mouse does', () =>
  withWidget(
    browser,
    overlay(map()),
    async (w) => {
      const box = (await w.stage().locator('canvas').boundingBox())!;
      await w.page.touchscreen.tap(box.x + (10.5 / side) * box.width, box.y + (10.5 / side) * box.height);
      await w.settled();
      assert.match(await w.status(), 'at row 10, column 10');
    },
    { touch: true },
  ));

live('text from outside is text', () => {
  const label = `</script><img src=x onerror=alert(1)>"'&\u202e\u{1f431} ${'long '.repeat(60)}`;
  const hostile = map({ target: { index: 3, label }, image: new Image(side, side, photo.data, '<b>"name\'') });
  return withWidget(browser, overlay([hostile, map()]), async (w) => {
    assert.is(await w.page.locator('img[src="x"]').count(), 0);
    assert.match(await w.words(), '</script><img src=x onerror=alert(1)>');
    const wide = await w.page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');
    assert.is(wide, false, 'the page became wider than its window');
  }, { width: 480 });
});

if (browserPath()) live.run();
else skipAll('overlay in a page', noBrowser);
