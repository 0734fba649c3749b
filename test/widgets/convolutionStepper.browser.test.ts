import * as tf from '@tensorflow/tfjs';
import type { Browser } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ready } from '../../src/backend';
import '../../src/figure/install';
import type { Figure } from '../../src/figure/figure';
import { readable } from '../../src/figure/numbers';
import { Classifier } from '../../src/model/classifier';
import { convolutionStepper } from '../../widgets/convolutionStepper/convolutionStepper';
import { received, type SentData } from '../../widgets/convolutionStepper/sent';
import { workingOf } from '../../widgets/convolutionStepper/working';
import { texture } from '../helpers/everyWidget';
import { browserPath, launchBrowser, noBrowser } from '../helpers/jupyterLab';
import { skipAll } from '../helpers/kernel';
import { seeded } from '../helpers/models';
import { changed, withWidget, type WidgetPage } from '../helpers/widgetPage';

const { layers } = tf;
const live = suite('convolution stepper in a page');
let browser: Browser;
let conv: Figure;
let softmax: Figure;

live.before(async () => {
  await ready();
  const net = tf.sequential({
    name: 'net',
    layers: [
      layers.conv2d({ name: 'conv', inputShape: [12, 12, 3], filters: 2, kernelSize: 3, padding: 'same', strides: 2, activation: 'relu' }),
      layers.flatten(),
      layers.dense({ name: 'scores', units: 6 }),
      layers.softmax({ name: 'softmax' }),
    ],
  });
  const model = new Classifier(seeded(net), { name: 'net', preprocess: 'tf', labels: ['a', 'b', 'c', 'd', 'e', 'f'] });
  conv = await convolutionStepper(model, texture(12), { layer: 'conv', channel: 1, at: [2, 3] });
  softmax = await convolutionStepper(model, texture(12), { layer: 'softmax' });
  model.dispose();
  browser = await launchBrowser();
});
live.after(() => browser?.close());

const outputAt = (at: number): string => readable(workingOf(received(conv.parts.live!.data(1) as SentData), at).output);

/** The middle of a part of one of the pictures, by its place among the canvases. */
async function placeOn({ stage }: WidgetPage, at: number, u: number, v: number): Promise<[number, number]> {
  const box = (await stage().locator('canvas').nth(at).boundingBox())!;
  return [box.x + u * box.width, box.y + v * box.height];
}

live('steps forward and back, and the numbers are those of the cell', () =>
  withWidget(browser, conv, async (w) => {
    assert.match(await w.status(), new RegExp(`^cell \\(2, 3\\): .*; output ${outputAt(15)}$`));
    const before = await w.look();
    await w.button('step forward').click();
    await w.settled();
    assert.match(await w.status(), new RegExp(`^cell \\(2, 4\\): .*; output ${outputAt(16)}$`));
    assert.ok(changed(before, await w.look()) > 0.01);
    await w.button('step back').click();
    await w.settled();
    assert.is(changed(before, await w.look()), 0);
    // The group around the player bears the same name.
    await w.hosts.first().getByRole('slider', { name: 'cell' }).fill('35');
    await w.settled();
    assert.match(await w.status(), /^cell \(5, 5\)/);
    assert.match(await w.words(), 'cell (5, 5) of conv, channel 1');
  }));

live('plays and pauses, at the speed that is chosen', () =>
  withWidget(browser, conv, async (w) => {
    await w.control('speed').selectOption({ label: '16/s' });
    await w.button('play').click();
    await w.page.waitForTimeout(500);
    await w.button('pause').click();
    await w.settled();
    const reached = await w.status();
    assert.not.match(reached, /^cell \(2, 3\)/);
    await w.page.waitForTimeout(300);
    assert.is(await w.status(), reached, 'it went on after the pause');
  }));

live('a press on the output or on an input goes there; a drag walks along', () =>
  withWidget(browser, conv, async (w) => {
    // Three inputs, then the output.
    await w.page.mouse.click(...(await placeOn(w, 3, 0.99, 0.01)));
    await w.settled();
    assert.match(await w.status(), /^cell \(0, 5\)/);
    await w.page.mouse.click(...(await placeOn(w, 1, 0.5, 0.99)));
    await w.settled();
    assert.match(await w.status(), /^cell \(5, 3\)/);
    await w.page.mouse.move(...(await placeOn(w, 3, 0.1, 0.1)));
    await w.page.mouse.down();
    await w.page.mouse.move(...(await placeOn(w, 3, 0.6, 0.6)), { steps: 4 });
    await w.settled();
    assert.match(await w.status(), /^cell \(3, 3\)/);
    await w.page.mouse.up();
    const still = await w.status();
    await w.page.mouse.move(...(await placeOn(w, 3, 0.1, 0.9)));
    await w.settled();
    assert.is(await w.status(), still, 'hovering alone goes nowhere');
  }));

live('everything is done by keys alone', () =>
  withWidget(browser, conv, async (w) => {
    await w.stage().focus();
    for (const key of ['ArrowDown', 'ArrowRight', 'ArrowUp', 'ArrowUp']) await w.page.keyboard.press(key);
    await w.settled();
    assert.match(await w.status(), /^cell \(1, 4\)/);
    await w.page.keyboard.press('Shift+ArrowDown');
    await w.settled();
    assert.match(await w.status(), /^cell \(5, 4\)/);
    await w.page.keyboard.press('Home');
    await w.settled();
    assert.match(await w.status(), /^cell \(2, 3\)/);
  }));

live('the classes of a softmax are stepped through, picked and pressed', () =>
  withWidget(browser, softmax, async (w) => {
    assert.match(await w.status(), /^\w \(\d\): logit .*, less the greatest 0, exp 1, share .*; output /);
    assert.ok(await w.stage().locator('rect.amount').first().isVisible());
    const before = await w.look();
    await w.button('step forward').click();
    await w.settled();
    assert.match(await w.words(), /exp = \d/);
    assert.ok(changed(before, await w.look()) > 0.002);
    await w.control('shown').selectOption({ index: 3 });
    await w.settled();
    const fourth = await w.status();
    const box = (await w.stage().locator('rect.chosen').boundingBox())!;
    await w.page.mouse.click(box.x + 20, box.y - 10);
    await w.settled();
    assert.is.not(await w.status(), fourth);
    await w.page.mouse.click(box.x + 20, box.y + 8);
    await w.settled();
    assert.is(await w.status(), fourth);
  }));

live('a finger works it too, on a narrow dark page', () =>
  withWidget(
    browser,
    conv,
    async (w) => {
      await w.stage().locator('canvas').nth(3).scrollIntoViewIfNeeded();
      await w.page.touchscreen.tap(...(await placeOn(w, 3, 0.01, 0.99)));
      await w.settled();
      assert.match(await w.status(), /^cell \(5, 0\)/);
      assert.ok((await w.stage().boundingBox())!.width <= 480);
    },
    { width: 480, touch: true, dark: true },
  ));

if (browserPath()) live.run();
else skipAll('convolution stepper in a page', noBrowser);
