import type { Browser } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import '../../src/figure/install';
import { Predictions } from '../../src/model/predictions';
import { row } from '../../src/figure/row';
import '../../widgets/install';
import { overlay } from '../../widgets/overlay/overlay';
import { predictions } from '../../widgets/predictions/predictions';
import { browserPath, launchBrowser, noBrowser } from '../helpers/jupyterLab';
import { skipAll } from '../helpers/kernel';
import { mapOf, plainImage } from '../helpers/maps';
import { changed, withWidget } from '../helpers/widgetPage';

type Item = [index: number, label: string, score: number, logit: number];
const setOf = (items: Item[], image = plainImage(100, 100)): Predictions => new Predictions(items.map(([index, label, score, logit]) => ({ index, label, score, logit })), image, 'toy', 1000);
const one = setOf([[1, 'tabby', 0.5, 3], [2, 'lynx', 0.25, 2.25], [3, 'crane', 0.001, -1.5]]);
const after = setOf([[3, 'crane', 0.75, 4], [1, 'tabby', 0.125, 2], [2, 'lynx', 0.0625, 1]], plainImage(100, 100, [9, 9, 9], 'covered'));
const many = setOf(Array.from({ length: 50 }, (_, at): Item => [at, `kind ${at}`, (50 - at) / 1275, 50 - at]));

const test = suite('predictions in a page');
let browser: Browser;
test.before(async () => {
  browser = await launchBrowser();
});
test.after(() => browser?.close());

const plain = (text: string): string => text.replace(/\u00a0/g, ' ');

test('bars by probability or logit, linear or logarithmic', () =>
  withWidget(browser, predictions(one), async (w) => {
    assert.match(await w.words(), 'tabby 1 50.0 % 3.00');
    const linear = await w.look();
    await w.button('log').click();
    await w.settled();
    assert.match(await w.words(), 'crane 3 0.10 %');
    assert.match(await w.words(), '100 %');
    assert.is(await w.stage().locator('circle').count(), 3);
    assert.ok(changed(linear, await w.look()) > 0.01);
    await w.button('logit').click();
    await w.settled();
    assert.match(await w.words(), 'crane 3 −1.50 0.10 %');
    assert.is(await w.button('log').isVisible(), false);
    assert.is(await w.stage().locator('circle').count(), 0);
    await w.button('probability').click();
    await w.button('linear').click();
    await w.settled();
    assert.is(changed(linear, await w.look()), 0);
  }));

test('the pointer reads exact values, and a click picks', () =>
  withWidget(browser, predictions(one), async (w) => {
    assert.is(plain(await w.status()), 'tabby (1): probability 50 %, logit 3.0000; 25.0 points (logit 0.75) ahead of lynx (2)');
    const lynx = w.stage().locator('text', { hasText: 'lynx' }).first();
    await lynx.hover();
    await w.settled();
    assert.is(plain(await w.status()), 'lynx (2): probability 25 %, logit 2.2500; 25.0 points (logit 0.75) behind tabby (1)');
    assert.is(await w.stage().locator('text[font-weight="600"]').first().textContent(), 'tabby');
    await lynx.click();
    await w.settled();
    assert.is(await w.stage().locator('text[font-weight="600"]').first().textContent(), 'lynx');
    assert.is(await w.control('class').evaluate((list: { selectedOptions: { textContent: string }[] }) => list.selectedOptions[0].textContent), 'lynx (2)');
    await w.page.mouse.move(1190, 890);
    await w.settled();
    assert.match(await w.status(), 'lynx (2)');
  }));

test('keys alone go from class to class and pick', () =>
  withWidget(browser, predictions(one), async (w) => {
    const picked = async (): Promise<string | null> => w.stage().locator('text[font-weight="600"]').first().textContent();
    // Past the buttons and the list to the drawing.
    for (let tab = 0; tab < 6; tab++) await w.page.keyboard.press('Tab');
    assert.is(await w.stage().evaluate((stage) => (stage.getRootNode() as unknown as { activeElement: unknown }).activeElement === stage), true);
    await w.page.keyboard.press('ArrowDown');
    await w.settled();
    assert.match(await w.status(), 'lynx (2)');
    assert.is(await picked(), 'tabby');
    await w.page.keyboard.press('Enter');
    await w.settled();
    assert.is(await picked(), 'lynx');
    await w.page.keyboard.press('End');
    await w.page.keyboard.press('ArrowDown');
    await w.page.keyboard.press(' ');
    await w.settled();
    assert.is(await picked(), 'crane');
    await w.page.keyboard.press('Home');
    await w.settled();
    assert.match(await w.status(), 'tabby (1)');
    await w.page.keyboard.press('Escape');
    await w.settled();
    assert.match(await w.status(), 'crane (3)');
  }));

test('the list picks too', () =>
  withWidget(browser, predictions(one), async (w) => {
    await w.control('class').selectOption({ label: 'crane (3)' });
    await w.settled();
    assert.match(await w.status(), 'crane (3)');
    assert.is(await w.stage().locator('rect[fill="#2f6fb0"]').count(), 1);
  }));

test('a picked class moves the other views of the figure, and theirs this one', () => {
  const maps = [1, 2].map((index) => mapOf([index, 0, 0, 0], 2, 2, { target: { index, label: ['', 'tabby', 'lynx'][index] } }));
  return withWidget(browser, row([predictions(one), overlay(maps)]), async (w) => {
    assert.match(await w.words(1), 'tabby (1)');
    await w.control('class', 0).selectOption({ label: 'lynx (2)' });
    await w.settled();
    assert.match(await w.words(1), 'lynx (2)');
    await w.control('shown', 1).selectOption({ label: 'tabby (1)' });
    await w.settled();
    assert.match(await w.status(0), 'tabby (1)');
    await w.control('class', 0).selectOption({ label: 'crane (3)' });
    await w.settled();
    assert.match(await w.status(1), 'there is no map of class 3 here');
  });
});

test('a class that is not told here is told to be missing', () => {
  const maps = [1, 9].map((index) => mapOf([index, 0, 0, 0], 2, 2, { target: { index, label: `kind ${index}` } }));
  return withWidget(browser, row([predictions(one), overlay(maps)]), async (w) => {
    await w.control('shown', 1).selectOption({ label: 'kind 9 (9)' });
    await w.settled();
    assert.is(await w.status(0), 'class 9 is not among the 3 told here: ask model.predict for more, with top');
  });
});

test('before and after can be ordered by either, and by the change', () =>
  withWidget(browser, predictions([one, after]), async (w) => {
    const order = async (): Promise<string[]> => ['tabby', 'lynx', 'crane'].sort((a, b) => words.indexOf(a) - words.indexOf(b));
    let words = await w.words();
    assert.equal(await order(), ['tabby', 'lynx', 'crane']);
    await w.control('order').selectOption({ label: 'likeliest after' });
    await w.settled();
    words = await w.words();
    assert.equal(await order(), ['crane', 'tabby', 'lynx']);
    await w.control('order').selectOption({ label: 'largest change' });
    await w.settled();
    words = await w.words();
    assert.equal(await order(), ['crane', 'tabby', 'lynx']);
    await w.button('logit').click();
    await w.settled();
    words = await w.words();
    assert.match(words, 'crane 3 −1.50 4.00 ▲ +5.50');
    assert.equal(await order(), ['crane', 'lynx', 'tabby']);
  }));

test('of many classes any is found', () =>
  withWidget(browser, predictions(many), async (w) => {
    assert.match(await w.words(), '1 to 20 of 50 classes');
    await w.button('more classes').click();
    await w.settled();
    assert.match(await w.words(), '21 to 40 of 50 classes');
    await w.button('classes before these').click();
    await w.control('find').fill('kind 33');
    await w.settled();
    assert.match(await w.words(), 'kind 33 33');
    assert.not.match(await w.words(), 'kind 32');
    await w.control('find').fill('zebra');
    await w.settled();
    assert.match(await w.words(), 'no class that is told here matches “zebra”');
    await w.control('find').fill('');
    await w.stage().focus();
    await w.page.keyboard.press('End');
    await w.settled();
    assert.match(await w.words(), '41 to 50 of 50 classes');
    assert.match(await w.status(), 'kind 49 (49)');
  }));

test('two on a page do not disturb each other, and each stays as wide as its place', () =>
  withWidget(browser, `${predictions(one).html()}${predictions(after).fragment()}`, async (w) => {
    const before = await w.look(1);
    await w.button('logit', 0).click();
    await w.control('class', 0).selectOption({ label: 'lynx (2)' });
    await w.settled();
    assert.is(changed(before, await w.look(1)), 0);
    assert.match(await w.status(1), 'crane (3)');
    await w.page.setViewportSize({ width: 400, height: 800 });
    await w.settled();
    const size = await w.stage(0).evaluate((stage) => [stage.getBoundingClientRect().width, (stage.parentElement as unknown as { clientWidth: number }).clientWidth]);
    assert.ok(size[0] <= size[1], size.join(' of '));
  }));

test('a tap picks', () =>
  withWidget(browser, predictions(one), async (w) => {
    await w.stage().locator('text', { hasText: 'crane' }).first().tap();
    await w.settled();
    assert.match(await w.status(), 'crane (3)');
    assert.is(await w.stage().locator('text[font-weight="600"]', { hasText: 'crane' }).count(), 1);
  }, { touch: true, width: 420 }));

test('hostile text is text', () => {
  const label = '</script><img src=x onerror="alert(1)">';
  return withWidget(browser, predictions(setOf([[0, label, 0.5, 1], [1, 'שלום '.repeat(60), 0.25, 0.5]])), async (w) => {
    assert.match(await w.status(), label);
    assert.is(await w.page.locator('img[src="x"]').count(), 0);
  });
});

if (browserPath()) test.run();
else skipAll('predictions in a page', noBrowser);
