import type { Browser, Locator } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { GradCamParts } from '../../../src/attribution/cam/gradCam';
import '../../../src/figure/install';
import type { Figure } from '../../../src/figure/figure';
import { row } from '../../../src/figure/row';
import '../../../widgets/install';
import { stepsData } from '../../../widgets/gradCamSteps/data';
import { stepsFigure } from '../../../widgets/gradCamSteps/gradCamSteps';
import { byWeight } from '../../../widgets/gradCamSteps/state';
import { overlay } from '../../../widgets/overlay/overlay';
import { camParts } from '../../helpers/camParts';
import { browserPath, launchBrowser, noBrowser } from '../../helpers/jupyterLab';
import { skipAll } from '../../helpers/kernel';
import { mapOf } from '../../helpers/maps';
import { changed, withWidget, type WidgetPage } from '../../helpers/widgetPage';

const live = suite('gradCamSteps in a page');
let browser: Browser;
live.before(async () => {
  browser = await launchBrowser();
});
live.after(() => browser?.close());

const parts = camParts();
const data = stepsData(parts, 8);
const { order, stops } = data;
const figure = (more: Partial<GradCamParts> = {}): Figure => stepsFigure(stepsData({ ...parts, ...more }, 8));

/** The canvases, in the order in which they are drawn: photo, 8 maps and the one in numbers, gradients, products, 8 sums, then sum, ReLU, overlay, whole. */
const canvas = (w: WidgetPage, at: number): Locator => w.stage().locator('canvas').nth(at);
const pixels = (place: Locator): Promise<string> => place.evaluate((each) => (each as unknown as { toDataURL(): string }).toDataURL());
const count = { photo: 0, maps: 1, gradients: 10, products: 19, sums: 28, sum: -4, relu: -3, overlay: -2, whole: -1 };

const boxOf = async (place: Locator): Promise<{ x: number; y: number; width: number; height: number }> => {
  await place.scrollIntoViewIfNeeded();
  return (await place.boundingBox())!;
};

/** The player's slider. */
const slider = (w: WidgetPage): Locator => w.hosts.first().getByRole('slider', { name: 'channels added' });
const slide = async (w: WidgetPage, stop: number): Promise<void> => {
  await slider(w).fill(String(stop));
  await w.settled();
};

const keys = async (w: WidgetPage, ...pressed: string[]): Promise<void> => {
  await w.stage().focus();
  for (const key of pressed) await w.page.keyboard.press(key);
  await w.settled();
};

live('the slider adds channels: the sum, the ReLU and the overlay follow, and with all the end is the whole map', () =>
  withWidget(browser, figure(), async (w) => {
    const [sum, relu, over] = await Promise.all([count.sum, count.relu, count.overlay].map((at) => pixels(canvas(w, at))));
    const whole = await pixels(canvas(w, count.whole));
    assert.is.not(over, whole);
    await slide(w, stops.length - 1);
    assert.match(await w.words(), 'the sum of all 24 channels');
    assert.match((await slider(w).getAttribute('aria-valuetext'))!, '24 of 24');
    assert.is.not(await pixels(canvas(w, count.sum)), sum);
    assert.is.not(await pixels(canvas(w, count.relu)), relu);
    assert.is(await pixels(canvas(w, count.overlay)), whole, 'all channels are the whole map');
    assert.is(await pixels(canvas(w, count.whole)), whole, 'the whole map does not move');
    assert.match(await w.status(), /^24 of 24 channels make 100\s% of the final map, correlation with it 1.00/);
    await slide(w, 0);
    assert.match(await w.words(), 'none is added');
    await w.button('step forward').click();
    await w.settled();
    assert.match(await w.words(), '1 of 24 channels');
  }));

live('the sum in the page is the sum that was worked out', () =>
  withWidget(browser, figure(), async (w) => {
    await slide(w, stops.length - 1);
    await keys(w, 'Shift+ArrowRight');
    const [, rowAt, column, told] = /row (\d+), column (\d+), .*final map ([\d.−×⁻ ⁰-⁹\s]+)$/.exec(await w.status())!;
    const value = Math.max(0, parts.sum[Number(rowAt) * 7 + Number(column)]);
    assert.ok(Math.abs(Number(told) - value) <= 0.006 * value, `${told}, and not ${value}`);
  }));

live('a channel is picked by its tile, by its bar, from the list, and by keys: its numbers are shown', () =>
  withWidget(browser, figure(), async (w) => {
    const numbers = async (): Promise<string> => pixels(canvas(w, count.maps + 8));
    const first = await numbers();
    await canvas(w, count.products + 2).scrollIntoViewIfNeeded();
    const tile = await boxOf(canvas(w, count.products + 2));
    await w.page.mouse.click(tile.x + 20, tile.y + 20);
    await w.settled();
    assert.match(await w.words(), `A of channel ${order[2]}`);
    assert.is(await w.control('channel').evaluate((list) => (list as unknown as { selectedOptions: { textContent: string }[] }).selectedOptions[0].textContent.split(' ')[0]), String(order[2]));
    const second = await numbers();
    assert.is.not(second, first);

    await w.control('channel').selectOption({ index: 5 });
    await w.settled();
    assert.match(await w.words(), `A of channel ${order[5]}`);

    const chart = await spotOf(w, '3. A channel', 40);
    await w.page.mouse.click(chart.right - 2, chart.y);
    await w.settled();
    const lightest = byWeight(data)[23];
    assert.match(await w.words(), `A of channel ${lightest}`);
    assert.match(await w.status(), new RegExp(`channel ${lightest}: weight −`));

    await keys(w, 'PageUp');
    assert.match(await w.words(), `A of channel ${byWeight(data)[22]}`);
    await keys(w, ...new Array(30).fill('ArrowLeft'));
    assert.match(await w.words(), `A of channel ${order[0]}`);
    await keys(w, ...new Array(10).fill('ArrowRight'));
    assert.match(await w.words(), `A of channel ${order[10]}`);
    assert.match(await w.words(), `k = ${order[10]} `, 'a channel from further down has the last tile');
  }));

/** A height in the chart below a step's title, and where its tiles end. */
async function spotOf(w: WidgetPage, title: string, below: number): Promise<{ left: number; right: number; y: number }> {
  const heading = await boxOf(w.stage().locator('svg text', { hasText: title }).first());
  const tiles = await Promise.all([count.maps, count.maps + 7].map((at) => canvas(w, at).boundingBox()));
  return { left: tiles[0]!.x, right: tiles[1]!.x + tiles[1]!.width, y: heading.y + heading.height + below };
}

live('a drag along the chart of the sum, a tile of it and keys change how many are added', () =>
  withWidget(browser, figure(), async (w) => {
    await canvas(w, count.whole).scrollIntoViewIfNeeded();
    const tiles = await Promise.all([0, 6].map((at) => canvas(w, count.sums + at).boundingBox()));
    const y = tiles[0]!.y + tiles[0]!.height + 50;
    await w.page.mouse.move(tiles[0]!.x + 20, y);
    assert.match(await w.words(), '8 of 24 channels', 'pointing alone adds nothing');
    await w.page.mouse.down();
    await w.page.mouse.move(tiles[1]!.x + tiles[1]!.width + 60, y, { steps: 5 });
    await w.page.mouse.up();
    await w.settled();
    assert.match(await w.words(), '24 of 24 channels');
    await w.page.mouse.click(tiles[0]!.x + 20, tiles[0]!.y + 20);
    await w.settled();
    assert.match(await w.words(), '1 of 24 channels');
    await keys(w, 'ArrowUp', 'ArrowUp');
    assert.match(await w.words(), '3 of 24 channels');
    await keys(w, 'ArrowDown', 'Home');
    assert.match(await w.words(), '0 of 24 channels');
    await keys(w, 'End');
    assert.match(await w.words(), '24 of 24 channels');
  }));

live('play goes on by itself, and stops', () =>
  withWidget(browser, figure(), async (w) => {
    await w.button('play').click();
    await w.page.waitForTimeout(1200);
    await w.button('pause').click();
    await w.settled();
    const now = await slider(w).getAttribute('aria-valuetext');
    assert.is.not(now, '8 of 24');
    await w.page.waitForTimeout(600);
    assert.is(await slider(w).getAttribute('aria-valuetext'), now);
  }));

live('one scale for all counts makes the first sums as weak as they are', () =>
  withWidget(browser, figure(), async (w) => {
    await slide(w, 1);
    const own = await w.look();
    const [sum, whole] = await Promise.all([count.sum, count.whole].map((at) => pixels(canvas(w, at))));
    await w.control('scale of the full map').check();
    await w.settled();
    assert.ok(changed(own, await w.look()) > 0.005);
    assert.is.not(await pixels(canvas(w, count.sum)), sum);
    assert.is(await pixels(canvas(w, count.whole)), whole);
  }));

live('a place is marked in every map, and told in numbers', () =>
  withWidget(browser, figure(), async (w) => {
    const marks = (): Promise<number> => w.stage().locator('svg rect[stroke="#fff"]').count();
    assert.is(await marks(), 0);
    const tile = await boxOf(canvas(w, count.maps + 1));
    await w.page.mouse.move(tile.x + tile.width * (4.5 / 7), tile.y + tile.height * (1.5 / 7));
    await w.settled();
    assert.match(await w.status(), new RegExp(`channel ${order[1]}: .*row 1, column 4, A [\\d.]+, ∂y/∂A `));
    assert.is(await marks(), await w.stage().locator('canvas').count());
    await keys(w, 'Shift+ArrowDown');
    assert.match(await w.status(), 'row 2, column 4');
    await keys(w, 'Escape');
    assert.not.match(await w.status(), 'row');
    assert.is(await marks(), 0);
  }));

live('the cursor is shared with a map of the same image', () =>
  withWidget(browser, row([figure(), overlay(mapOf(Array.from({ length: 49 }, (_, at) => at), 7, 7))]), async (w) => {
    await keys(w, 'Shift+ArrowRight');
    assert.match(await w.status(0), 'row 3, column 4');
    assert.match(await w.status(1), 'row 3, column 4');
  }));

live('two on one page do not disturb each other', () =>
  withWidget(browser, figure().html().replace('</main>', () => `${figure().fragment()}</main>`), async (w) => {
    const other = await w.contents(1);
    await slide(w, 2);
    await keys(w, 'ArrowRight', 'Shift+ArrowRight');
    assert.is(await w.contents(1), other);
    assert.not.match(await w.status(1), 'row');
  }));

// As many tiles as fit into 480 pixels.
const narrowTiles = 6;

live('a finger picks as a mouse does', () =>
  withWidget(
    browser,
    figure(),
    async (w) => {
      const tile = await boxOf(canvas(w, 1 + narrowTiles + 1 + 3));
      await w.page.touchscreen.tap(tile.x + tile.width / 2, tile.y + tile.height / 2);
      await w.settled();
      assert.match(await w.words(), `A of channel ${order[3]}`);
    },
    { touch: true, width: 480 },
  ));

live('no text lies over another or over the edge, at any width', async () => {
  const few = stepsFigure(stepsData(camParts({ shape: [3, 4, 3] }), 2));
  const fine = stepsFigure(stepsData(camParts({ shape: [40, 40, 30] }), 0));
  const many = stepsFigure(stepsData(camParts({ shape: [7, 7, 1280], even: true }), 8));
  for (const [name, one] of Object.entries({ some: figure(), few, fine, many })) {
    for (const width of [420, 600, 760, 860, 1200]) {
      await withWidget(browser, one, async (w) => assert.equal(await w.page.evaluate('widgetInPage.misplaced()'), [], `${name} at ${width}`), { width });
    }
  }
});

live('text from outside is text, and a narrow page is not made wider', () => {
  const label = `</script><img src=x onerror=alert(1)>"'&\u202e\u{1f431} ${'long '.repeat(60)}`;
  const hostile = figure({ target: { index: 3, label }, layer: '<b>layer</b>'.repeat(25), model: `"model'&amp;${'x'.repeat(300)}` });
  return withWidget(
    browser,
    hostile,
    async (w) => {
      assert.is(await w.page.locator('img[src="x"]').count(), 0);
      assert.match(await w.words(), '</script><img src=x onerror=alert(1)>');
      assert.is(await w.page.evaluate('widgetInPage.overhang()'), 0);
      const cut = await w.stage().locator('svg').evaluate((svg) => {
        const { right, left } = (svg as unknown as { getBoundingClientRect(): { left: number; right: number } }).getBoundingClientRect();
        const texts = [...(svg as unknown as { querySelectorAll(selector: string): { textContent: string; getBoundingClientRect(): { left: number; right: number } }[] }).querySelectorAll('text')];
        return texts.filter((text) => text.getBoundingClientRect().right > right + 1 || text.getBoundingClientRect().left < left - 1).map(({ textContent }) => textContent);
      });
      assert.equal(cut, [], 'texts beyond the edges');
    },
    { width: 420 },
  );
});

if (browserPath()) live.run();
else skipAll('gradCamSteps in a page', noBrowser);
