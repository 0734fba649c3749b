import type { Browser } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import '../../src/figure/install';
import type { Figure } from '../../src/figure/figure';
import { row } from '../../src/figure/row';
import { widgetFigure } from '../../src/figure/widgetFigure';
import { Predictions } from '../../src/model/predictions';
import '../../widgets/install';
import type { RatedClass } from '../../widgets/classContrast/contrastMaps';
import { type ClassContrastData, type ContrastLook, dataOf, reduceContrast } from '../../widgets/classContrast/data';
import { drawClassContrast, start } from '../../widgets/classContrast/draw';
import { predictions } from '../../widgets/predictions/predictions';
import { texture } from '../helpers/everyWidget';
import { browserPath, launchBrowser, noBrowser } from '../helpers/jupyterLab';
import { skipAll } from '../helpers/kernel';
import { mapOf } from '../helpers/maps';
import { changed, withWidget } from '../helpers/widgetPage';

const classes: RatedClass[] = [
  { index: 1, label: 'tabby', logit: 3, probability: 0.5 },
  { index: 2, label: 'lynx', logit: 2.5, probability: 0.3 },
  { index: 9, label: 'crane', logit: -1, probability: 0.01 },
];

/** Three classes on a 2 x 2 grid, over a photograph of 64 x 64. */
function dataFor(look: ContrastLook = {}, more: Partial<ClassContrastData> = {}): ClassContrastData {
  const maps = [[4, 0, -2, 1], [1, 0, 3, -1], [0, 0, 0, 2]].map((values) => Float32Array.from(values));
  const about = mapOf([4, 0, -2, 1], 2, 2, { image: texture(64), signed: false });
  return { ...dataOf({ classes, maps, shape: [2, 2], linear: true, relu: true, pairs: [], about }, look, true), ...more };
}

const figureOf = (data: ClassContrastData = dataFor()): Figure => widgetFigure({ widget: 'classContrast', data, start, draw: drawClassContrast, width: 900, caption: 'a contrast', reduce: reduceContrast });

const test = suite('classContrast in a page');
let browser: Browser;
test.before(async () => {
  browser = await launchBrowser();
});
test.after(() => browser?.close());

const plain = (text: string): string => text.replace(/\u00a0/g, ' ');

test('two classes are picked, and swapped', () =>
  withWidget(browser, figureOf(), async (w) => {
    assert.match(await w.words(), 'A: tabby (1) logit 3.00 · probability 0.5 B: lynx (2) logit 2.50 · probability 0.3');
    assert.match(await w.words(), 'log-odds 0.50: A is 1.65 times as likely');
    const first = await w.look();
    await w.button('swap A and B').click();
    await w.settled();
    assert.match(await w.words(), 'A: lynx (2) logit 2.50');
    assert.match(await w.words(), 'log-odds −0.50: B is 1.65 times as likely');
    assert.ok(changed(first, await w.look()) > 0.02);
    await w.control('B').selectOption({ label: 'crane (9)' });
    await w.settled();
    assert.match(await w.words(), 'B: crane (9) logit −1.00');
    assert.match(await w.words(), 'Grad-CAM · lynx (2), not crane (9)');
    // What is B cannot be picked for A.
    assert.equal(await w.control('A').locator('option').allTextContents(), ['tabby (1)', 'lynx (2)']);
  }));

test('the cross-hair reads all three maps at one place', () =>
  withWidget(browser, figureOf(), async (w) => {
    assert.match(plain(await w.status()), 'tabby (1), not lynx (2): log-odds 0.50: A is 1.65 times as likely; evidence for A is strongest at the upper left, evidence for B at the lower left');
    const panel = (await w.stage().locator('canvas').nth(0).boundingBox())!;
    const third = (await w.stage().locator('canvas').nth(2).boundingBox())!;
    await w.page.mouse.move(panel.x + panel.width * 0.2, panel.y + panel.height * 0.7);
    await w.settled();
    assert.is(await w.status(), 'A 0, B 3, difference −5 (before the ReLU) at row 1, column 0; logits');
    assert.is(await w.stage().locator('path[stroke="#fff"]').count(), 3);
    await w.page.mouse.move(third.x + third.width * 0.2, third.y + third.height * 0.2);
    await w.settled();
    assert.is(await w.status(), 'A 4, B 1, difference 3 (before the ReLU) at row 0, column 0; logits');
    await w.page.mouse.move(2, 2);
    await w.settled();
    assert.is(await w.stage().locator('path[stroke="#fff"]').count(), 0);
  }));

test('the difference of the scores, or of the maps', () =>
  withWidget(browser, figureOf(), async (w) => {
    await w.stage().focus();
    await w.page.keyboard.press('End');
    await w.settled();
    assert.is(await w.status(), 'A 0, B 3, difference −5 (before the ReLU) at row 1, column 0; logits');
    await w.button('difference of maps').click();
    await w.settled();
    assert.is(await w.status(), 'A 0, B 3, difference −3 at row 1, column 0; logits');
    assert.match(await w.words(), 'third map: map A − map B');
  }));

test('keys move the cross-hair, to the places that speak most for A and for B', () =>
  withWidget(browser, figureOf(), async (w) => {
    await w.stage().focus();
    for (const [key, status] of [['Home', 'A 4, B 1'], ['ArrowDown', 'A 0, B 3'], ['ArrowRight', 'A 1, B 0'], ['End', 'A 0, B 3']]) {
      await w.page.keyboard.press(key);
      await w.settled();
      assert.match(await w.status(), status);
    }
    await w.page.keyboard.press('Escape');
    await w.settled();
    assert.match(await w.status(), 'log-odds');
  }));

test('opacity, colours and view change the pictures', () =>
  withWidget(browser, figureOf(), async (w) => {
    const first = await w.look();
    await w.slide('opacity', 0);
    const clear = await w.look();
    assert.ok(changed(first, clear) > 0.05);
    await w.slide('opacity', 0.6);
    assert.is(changed(first, await w.look()), 0);
    await w.control('colours').selectOption('magma');
    await w.settled();
    const magma = await w.look();
    assert.ok(changed(first, magma) > 0.02);
    await w.control('signed colours').selectOption('PuOr');
    await w.settled();
    assert.ok(changed(magma, await w.look()) > 0.01);
    assert.match(await w.words(), 'purple speaks for A, orange for B');
    await w.button('maps').click();
    await w.settled();
    assert.is(await w.stage().locator('canvas').count(), 4);
    assert.match(await w.words(), 'what the network saw');
    assert.is(await w.control('opacity').isVisible(), false);
  }));

test('a pair that was not computed shows the difference of its maps, and says so', () => {
  const pairs = [{ a: 0, b: 1, values: Float32Array.from([1, 2, 3, 4]), signed: false }];
  return withWidget(browser, figureOf(dataFor({}, { linear: false, relu: false, pairs })), async (w) => {
    assert.match(await w.words(), 'A against B');
    assert.is(await w.control('signed colours').isVisible(), false);
    await w.control('B').selectOption({ label: 'crane (9)' });
    await w.settled();
    assert.match(await w.words(), 'the map of the difference of the scores was computed for tabby (1), not lynx (2)');
    assert.is(await w.control('signed colours').isVisible(), true);
    assert.is(await w.control('colours').isVisible(), true);
  });
});

test('a class that is picked in another view becomes A, and A the class of the others', () => {
  const items = [...classes.map(({ index, label, logit, probability: score }) => ({ index, label, logit, score })), { index: 7, label: 'bag', logit: -3, score: 0.001 }];
  return withWidget(browser, row([predictions(new Predictions(items, texture(64), 'toy', 1000)), figureOf()]), async (w) => {
    const pick = async (label: string): Promise<void> => {
      await w.control('class', 0).selectOption({ label });
      await w.settled();
    };
    await pick('crane (9)');
    assert.match(await w.words(1), 'A: crane (9) logit −1.00 · probability 0.01 B: lynx (2)');
    await pick('lynx (2)');
    assert.match(await w.words(1), 'A: lynx (2) logit 2.50 · probability 0.3 B: crane (9)');
    await w.button('swap A and B', 1).click();
    await w.settled();
    assert.match(await w.status(0), 'crane (9)');
    await pick('bag (7)');
    assert.is(await w.status(1), 'there is no map of class 7 here: give it as one of the two, or raise top');
  });
});

test('two on a page do not disturb each other, and each fits its place', () =>
  withWidget(browser, `${figureOf().html()}${figureOf().fragment()}`, async (w) => {
    const before = await w.contents(1);
    await w.button('swap A and B', 0).click();
    await w.slide('opacity', 0.1, 0);
    assert.ok((await w.contents(1)) === before);
    await w.page.setViewportSize({ width: 400, height: 900 });
    await w.settled();
    assert.is(await w.page.evaluate('widgetInPage.overhang()'), 0);
    // A and B above, the difference below.
    const boxes = await Promise.all([0, 1, 2].map((at) => w.stage(0).locator('canvas').nth(at).boundingBox()));
    assert.ok(boxes[1]!.x > boxes[0]!.x && boxes[1]!.y === boxes[0]!.y && boxes[2]!.y > boxes[0]!.y + boxes[0]!.height);
  }));

test('a finger reads the maps', () =>
  withWidget(browser, figureOf(), async (w) => {
    const panel = (await w.stage().locator('canvas').nth(1).boundingBox())!;
    await w.page.touchscreen.tap(panel.x + panel.width * 0.8, panel.y + panel.height * 0.8);
    await w.settled();
    assert.match(await w.status(), 'A 1, B 0, difference 2');
  }, { touch: true }));

test('hostile labels are text', () => {
  const label = '</script><img src=x onerror="alert(1)">';
  return withWidget(browser, figureOf(dataFor({}, { classes: [{ ...classes[0], label }, { ...classes[1], label: 'שלום '.repeat(60) }, classes[2]] })), async (w) => {
    assert.match(await w.status(), label);
    assert.is(await w.page.locator('img[src="x"]').count(), 0);
    assert.is(await w.page.evaluate('widgetInPage.overhang()'), 0);
  });
});

if (browserPath()) test.run();
else skipAll('classContrast in a page', noBrowser);
