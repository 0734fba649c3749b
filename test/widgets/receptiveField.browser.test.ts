import * as tf from '@tensorflow/tfjs';
import type { Browser } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ready } from '../../src/backend';
import '../../src/figure/install';
import type { Figure } from '../../src/figure/figure';
import { Classifier } from '../../src/model/classifier';
import { receptiveField } from '../../widgets/receptiveField/receptiveField';
import { texture } from '../helpers/everyWidget';
import { browserPath, launchBrowser, noBrowser } from '../helpers/jupyterLab';
import { skipAll } from '../helpers/kernel';
import { seeded } from '../helpers/models';
import { changed, withWidget, type WidgetPage } from '../helpers/widgetPage';

const { layers } = tf;
const live = suite('receptive fields in a page');
let browser: Browser;
let figure: Figure;

live.before(async () => {
  await ready();
  const conv = (name: string, more: object): tf.layers.Layer => layers.conv2d({ name, filters: 3, kernelSize: 3, padding: 'same', activation: 'tanh', ...more });
  const net = tf.sequential({ name: 'net', layers: [conv('first', { inputShape: [32, 32, 3] }), conv('half', { strides: 2 }), conv('second', {}), conv('quarter', { strides: 2 })] });
  const model = new Classifier(seeded(net), { name: 'net', preprocess: 'tf' });
  figure = await receptiveField(model, texture(32), { layers: ['second', 'quarter'], layer: 'second', onProgress: null });
  model.dispose();
  browser = await launchBrowser();
});
live.after(() => browser?.close());

/** Where the two pictures are, as shares of the drawing: they are the only crisp and the first canvas. */
async function pictures({ stage }: WidgetPage): Promise<{ photo: (u: number, v: number) => [number, number]; map: (u: number, v: number) => [number, number] }> {
  const size = (await stage().boundingBox())!;
  const boxes = await Promise.all([0, 1].map((at) => stage().locator('canvas').nth(at).boundingBox()));
  const within = (at: number) => (u: number, v: number): [number, number] => [(boxes[at]!.x - size.x + u * boxes[at]!.width) / size.width, (boxes[at]!.y - size.y + v * boxes[at]!.height) / size.height];
  return { photo: within(0), map: within(1) };
}

live('a cell that is pointed at shows its box; a pixel the cells that see it', () =>
  withWidget(browser, figure, async (w) => {
    const { photo, map } = await pictures(w);
    const before = await w.look();
    await w.hover(...map(0.97, 0.97));
    assert.match(await w.status(), /^cell at row 15, column 15 of second can see rows 27–31, columns 27–31 \(5 × 5 px\)/);
    const corner = await w.look();
    assert.ok(changed(before, corner) > 0.02);
    await w.hover(...photo(0.02, 0.5));
    assert.match(await w.status(), /^pixel at row 16, column 0 is seen by 8 of 256 cells of second: rows 6–9, columns 0–1/);
    assert.match(await w.words(), 'seen by (theoretical) 8 of 256 cells');
    assert.ok(changed(corner, await w.look()) > 0.05);
  }));

live('the slider, the list, the chart and the small maps change the layer, and the place stays', () =>
  withWidget(browser, figure, async (w) => {
    await w.hover(...(await pictures(w)).map(0.03, 0.03));
    assert.match(await w.status(), /^cell at row 0, column 0 of second/);
    await w.slide('layer', 0);
    assert.match(await w.status(), /^cell at row 0, column 0 of first can see rows 0–1, columns 0–1 .*its gradient was not computed: give layers: \["first"\]$/);
    assert.match(await w.words(), 'not computed for this layer');
    await w.control('layers with gradients').selectOption({ label: 'quarter' });
    await w.settled();
    assert.match(await w.status(), /^cell at row 0, column 0 of quarter/);
    // The first of the small maps below is of "second".
    const small = (await w.stage().locator('canvas').nth(2).boundingBox())!;
    await w.page.mouse.click(small.x + 30, small.y + 30);
    await w.settled();
    assert.match(await w.status(), /of second can see/);
    const size = (await w.stage().boundingBox())!;
    const chart = (await w.stage().locator('path.theoretical').boundingBox())!;
    await w.page.mouse.move(chart.x + 5, chart.y + 5);
    await w.page.mouse.down();
    await w.page.mouse.up();
    await w.settled();
    assert.match(await w.status(), /of first can see/);
    assert.ok(size.width > 800);
  }));

live('everything is done by keys alone', () =>
  withWidget(browser, figure, async (w) => {
    await w.stage().focus();
    await w.page.keyboard.press('Home');
    await w.settled();
    const home = await w.status();
    const [, row, column] = home.match(/^cell at row (\d+), column (\d+) of second/)!.map(Number);
    await w.page.keyboard.press('ArrowDown');
    await w.page.keyboard.press('Shift+ArrowRight');
    await w.settled();
    assert.match(await w.status(), `cell at row ${row + 1}, column ${column + 1} of second`);
    await w.page.keyboard.press('PageDown');
    await w.settled();
    assert.match(await w.status(), /of quarter can see/);
    await w.page.keyboard.press('Enter');
    await w.settled();
    assert.match(await w.status(), /^pixel at row \d+, column \d+ is seen by/);
    await w.page.keyboard.press('Shift+ArrowUp');
    await w.settled();
    assert.match(await w.status(), /^pixel at row \d+/);
    assert.is(await w.button('a pixel').getAttribute('aria-pressed'), 'true');
  }));

live('the gradient is taken away and comes back', () =>
  withWidget(browser, figure, async (w) => {
    const before = await w.look();
    await w.control('gradient').click();
    await w.settled();
    const bare = await w.look();
    assert.ok(changed(before, bare) > 0.005, `${changed(before, bare)}`);
    assert.is(await w.stage().locator('circle.known').count(), 0);
    await w.control('gradient').click();
    await w.settled();
    assert.is(changed(before, await w.look()), 0);
  }));

live('a finger works it too, on a narrow page', () =>
  withWidget(
    browser,
    figure,
    async (w) => {
      const { photo } = await pictures(w);
      const size = (await w.stage().boundingBox())!;
      const [u, v] = photo(0.5, 0.5);
      await w.page.touchscreen.tap(size.x + u * size.width, size.y + v * size.height);
      await w.settled();
      assert.match(await w.status(), /^pixel at row 16, column 16/);
      assert.ok(size.width <= 480);
    },
    { width: 480, touch: true },
  ));

if (browserPath()) live.run();
else skipAll('receptive fields in a page', noBrowser);
