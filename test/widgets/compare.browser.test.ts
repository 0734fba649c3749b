import type { Browser } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Attribution } from '../../src/attribution/attribution';
import '../../src/figure/install';
import { readable } from '../../src/figure/numbers';
import { row } from '../../src/figure/row';
import { decode } from '../../src/image/canvas';
import { Image } from '../../src/image/image';
import { rankCorrelation } from '../../src/metrics/rankCorrelation';
import { compare } from '../../widgets/compare/compare';
import { correlationText } from '../../widgets/compare/matrix';
import '../../widgets/install';
import { overlay } from '../../widgets/overlay/overlay';
import { browserPath, launchBrowser, noBrowser } from '../helpers/jupyterLab';
import { skipAll } from '../helpers/kernel';
import { mapOf } from '../helpers/maps';
import { changed, type WidgetPage, withWidget } from '../helpers/widgetPage';

const live = suite('compare in a page');
let browser: Browser;
live.before(async () => {
  browser = await launchBrowser();
});
live.after(() => browser?.close());

/** Maps that rise from left to right and from top to bottom, and one of hills, over stripes. */
const side = 100;
const photo = new Image(side, side, Uint8ClampedArray.from({ length: side * side * 4 }, (_, at) => (at % 4 === 3 ? 255 : (at * 7) % 200)), 'stripes');
const of = (value: (x: number, y: number) => number): Float32Array => Float32Array.from({ length: side * side }, (_, at) => value(at % side, Math.floor(at / side)));
const map = (method: string, values: Float32Array, more: Partial<Attribution> = {}): Attribution => mapOf([], side, side, { image: photo, method, values, ...more });
const across = map('across', of((x) => x));
const down = map('down', of((_x, y) => 4 * y));
const hills = map('hills', of((x, y) => 50 + 50 * Math.sin(x / 9) * Math.cos(y / 7)));
const lynx = { target: { index: 7, label: 'lynx' } };
const table = [across, down, map('across', down.values, lynx), map('down', across.values, lynx)];

/** The pointer over a place of a picture, by its number. */
async function point(w: WidgetPage, picture: number, u: number, v: number, widget = 0): Promise<void> {
  const box = (await w.stage(widget).locator('canvas').nth(picture).boundingBox())!;
  await w.page.mouse.move(box.x + u * box.width, box.y + v * box.height);
  await w.settled();
}
const press = async (w: WidgetPage, ...keys: string[]): Promise<void> => {
  for (const key of keys) await w.page.keyboard.press(key);
  await w.settled();
};
const pictures = (w: WidgetPage, kind = ''): Promise<number> => w.stage().locator(`canvas${kind}`).count();

live('the same place is marked in all maps, with the value of each', () =>
  withWidget(browser, compare([across, down, hills]), async (w) => {
    const before = await w.look();
    await point(w, 2, 0.305, 0.705);
    const words = await w.words();
    for (const text of [`${readable(30)} · top 70 %`, `${readable(280)} · top 30 %`, `${readable(hills.values[70 * side + 30])} · top`]) assert.match(words, text);
    assert.match(await w.status(), /^row 70, column 30: Down 280 \(top 30\s%\); Across 30 \(top 70\s%\); Hills /);
    assert.ok(changed(before, await w.look()) > 0.005, 'the cross-hairs are seen');
    await w.page.mouse.move(2, 2);
    await w.settled();
    assert.is(changed(before, await w.look()), 0);
  }));

live('keys move the cursor, go from map to map, and show one alone', () =>
  withWidget(browser, compare([across, down, hills]), async (w) => {
    await w.stage().focus();
    await press(w, 'ArrowLeft', 'Shift+ArrowRight', 'Shift+ArrowRight');
    const [, column] = /column (\d+): Across (\d+)/.exec(await w.status())!;
    await press(w, 'Shift+ArrowRight');
    assert.match(await w.status(), `column ${Number(column) + 1}: Across ${Number(column) + 1} `);
    await press(w, 'PageDown');
    assert.match(await w.status(), /: Down .*; Across /);
    await press(w, 'Enter');
    assert.is(await pictures(w), 2);
    assert.match(await w.words(), 'Down · tabby (281)');
    await press(w, 'PageDown');
    assert.match(await w.words(), 'Hills · tabby (281)');
    await press(w, 'PageUp', 'PageUp', 'PageUp');
    assert.match(await w.words(), 'Hills · tabby (281)');
    await press(w, 'Escape');
    assert.is(await pictures(w), 4);
    assert.match(await w.status(), 'column');
    await press(w, 'Escape');
    assert.not.match(await w.status(), 'column');
    await press(w, 'PageUp');
    assert.match(await w.status(), `rank correlation with Across ${correlationText(rankCorrelation(hills, across))}, Down ${correlationText(rankCorrelation(hills, down))}`);
  }));

live('a click shows a map alone with its numbers, and a click goes back; so does the list', () =>
  withWidget(browser, compare([across, down, hills], { scale: 'relative' }), async (w) => {
    await point(w, 3, 0.5, 0.5);
    await w.page.mouse.down();
    await w.page.mouse.up();
    await w.settled();
    assert.match(await w.words(), 'Hills · tabby (281) · stripes');
    assert.match(await w.words(), '80', 'the colour bar is in the unit of the map');
    assert.is(await w.control('shown').inputValue(), '3');
    await point(w, 0, 0.5, 0.5);
    await w.page.mouse.down();
    await w.page.mouse.up();
    await w.settled();
    assert.is(await pictures(w), 4);
    await w.control('shown').selectOption({ label: 'Down' });
    await w.settled();
    assert.match(await w.words(), 'Down · tabby (281)');
    await w.control('shown').selectOption({ label: 'all maps' });
    await w.settled();
    assert.is(await pictures(w), 4);
  }));

live('overlay and heatmap, opacity and colours are what they are called', () =>
  withWidget(browser, compare([across, down]), async (w) => {
    const before = await w.look();
    await w.slide('opacity', 0);
    const bare = await w.look();
    assert.ok(changed(before, bare) > 0.2);
    await w.slide('opacity', 0.6);
    assert.is(changed(before, await w.look()), 0);
    await w.control('colours').selectOption('magma');
    await w.settled();
    assert.ok(changed(before, await w.look()) > 0.1);
    assert.is(await pictures(w, '.crisp'), 0);
    await w.button('heatmap').click();
    await w.settled();
    assert.is(await pictures(w, '.crisp'), 2);
    assert.is(await w.control('opacity').isVisible(), false);
    assert.is(await w.button('heatmap').getAttribute('aria-pressed'), 'true');
  }));

live('on a scale of its own the weaker map is as bright as the stronger', () =>
  withWidget(browser, compare([across, down], { as: 'heatmap', photo: false, colorbar: false }), async (w) => {
    const corner = async (picture: number): Promise<number[]> => {
      const { width, height, data } = await decode(await w.stage().locator('canvas').nth(picture).screenshot());
      return [...data.subarray(((height - 4) * width + width - 4) * 4).subarray(0, 3)];
    };
    const strong = await corner(1);
    assert.ok((await corner(0))[0] < strong[0] - 50);
    await w.button('own scales').click();
    await w.settled();
    assert.equal(await corner(0), await corner(1));
    assert.equal(await corner(1), strong);
    assert.match(await w.words(), '1 = 99 logits');
    assert.match(await w.words(), 'each map divided by its own greatest value');
    await w.button('one scale').click();
    await w.settled();
    assert.match(await w.words(), 'max 99');
  }));

live('a random map stands beside the one it is like, in the matrix too, and another one is another', () =>
  withWidget(browser, compare([across, down, hills]), async (w) => {
    const matrix = async (): Promise<string> => (await w.words()).split('Agreement')[1];
    await w.control('random map').selectOption({ label: 'like Down' });
    await w.settled();
    assert.is(await pictures(w), 5);
    assert.match(await w.words(), 'Random map like Down · seed 0 Hills');
    assert.match(await matrix(), /Across 1 2 Down 2 3 Random map 3 4 Hills/);
    const first = [await matrix(), await w.look()] as const;
    await w.button('another (seed 0)').click();
    await w.settled();
    assert.match(await w.words(), 'like Down · seed 1');
    assert.is.not(await matrix(), first[0]);
    assert.ok(changed(first[1], await w.look()) > 0.03);
    await w.control('random map').selectOption({ label: 'none' });
    await w.settled();
    assert.is(await pictures(w), 4);
    assert.is(await w.button('another (seed 1)').isVisible(), false);
  }));

live('the random map of the static picture is the one that comes to life', () => {
  const figure = compare([across, hills], { random: true, seed: 4, agreement: true });
  const still = [...figure.svg().matchAll(/data-on-colour=""[^>]*>([^<]+)</g)].map(([, text]) => text);
  assert.is(still.length, 6);
  return withWidget(browser, figure, async (w) => {
    assert.equal(await w.stage().locator('svg text[data-on-colour]').allTextContents(), still);
    assert.is(await w.control('random map').inputValue(), '2');
  });
});

live('a number of the matrix is told in words, and marks its maps', () =>
  withWidget(browser, compare(table, { agreement: true }), async (w) => {
    const marks = (): Promise<number> => w.stage().locator('svg rect[stroke="#0969da"]').count();
    assert.is(await marks(), 0);
    const cell = w.stage().locator('svg text[data-on-colour]').first();
    const box = (await cell.boundingBox())!;
    await w.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await w.settled();
    assert.match(await w.status(), /^Across and Down: rank correlation 0\.00$/);
    assert.is(await marks(), 6, 'two columns of two maps, and two cells of the matrix');
  }));

live('in a table the values of a row are told, and its class', () =>
  withWidget(browser, compare(table), async (w) => {
    await point(w, 3, 0.105, 0.905);
    assert.match(await w.status(), /^lynx \(7\) · row 90, column 10: Down 10 \(top 90\s%\); Across 360 /);
  }));

live('a place and a class that are picked in one move in the others of a row', () =>
  withWidget(browser, row([compare(table), overlay([across, map('across', down.values, lynx)])]), async (w) => {
    await point(w, 0, 0.255, 0.755);
    assert.match(await w.status(1), 'row 75, column 25');
    await w.control('shown', 1).selectOption({ label: 'lynx (7)' });
    await w.settled();
    assert.match(await w.status(0), /^lynx \(7\) · |lynx/);
    await w.control('shown', 0).selectOption({ index: 1 });
    await w.settled();
    assert.match(await w.words(1), 'tabby (281)');
  }));

live('two figures of a page do not disturb each other', () =>
  withWidget(browser, compare(table).html().replace('</main>', () => `${compare([across, down, hills], { random: true }).fragment()}</main>`), async (w) => {
    const other = await w.contents(1);
    await w.slide('opacity', 0.1, 0);
    await w.control('random map', 0).selectOption({ index: 2 });
    await w.button('heatmap', 0).click();
    await point(w, 0, 0.4, 0.4, 0);
    assert.is(await w.contents(1), other);
  }));

live('a finger reads a value, and a tap shows a map alone', () =>
  withWidget(
    browser,
    compare([across, down, hills]),
    async (w) => {
      const box = (await w.stage().locator('canvas').nth(1).boundingBox())!;
      await w.page.touchscreen.tap(box.x + 0.505 * box.width, box.y + 0.5 * box.height);
      await w.settled();
      assert.match(await w.status(), 'column 50: Across 50');
      assert.match(await w.words(), 'Across · tabby (281)');
    },
    { touch: true },
  ));

live('a narrow page has all of it, and text from outside is text', () => {
  const label = `</script><img src=x onerror=alert(1)>"'&\u202e\u{1f431} ${'long '.repeat(60)}`;
  const hostile = table.map((each, at) => map(at % 2 ? label : each.method, each.values, { target: { index: at >> 1, label: at >> 1 ? label : 'tabby' }, layer: label, model: label }));
  return withWidget(browser, compare([...hostile, ...hostile.map((each) => map(`third ${each.method}`, each.values, { target: each.target }))], { random: true }), async (w) => {
    assert.is(await w.page.locator('img[src="x"]').count(), 0);
    assert.match(await w.words(), '</script><img');
    assert.is(await w.page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth'), false, 'the page became wider than its window');
    assert.is(await pictures(w), 10);
  }, { width: 400 });
});

if (browserPath()) live.run();
else skipAll('compare in a page', noBrowser);
