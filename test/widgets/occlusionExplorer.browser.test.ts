import type { Browser } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Attribution } from '../../src/attribution/attribution';
import { occlusion } from '../../src/attribution/perturbation/occlusion';
import type { OcclusionWindow } from '../../src/attribution/perturbation/occlusionWindows';
import '../../src/figure/install';
import { row } from '../../src/figure/row';
import { decode } from '../../src/image/canvas';
import '../../widgets/install';
import { occlusionExplorer } from '../../widgets/occlusionExplorer/occlusionExplorer';
import { browserPath, launchBrowser, noBrowser } from '../helpers/jupyterLab';
import { skipAll } from '../helpers/kernel';
import { occludedMap, squares, waves } from '../helpers/occluded';
import { type WidgetPage, withWidget } from '../helpers/widgetPage';

const live = suite('occlusion explorer in a page');
let browser: Browser;
let map: Attribution;
let windows: OcclusionWindow[];
live.before(async () => {
  [browser, map] = [await launchBrowser(), await occludedMap()];
  windows = [...map.windows!];
});
live.after(() => browser?.close());

const most = (sign: number): number => windows.reduce((best, { fall }, at) => (fall * sign > windows[best].fall * sign ? at : best), 0);

/** The window that a widget shows is this one: in its status, its words and its bars. */
async function shows(w: WidgetPage, at: number, widget = 0): Promise<void> {
  await w.settled();
  const { top, bottom, left, right, score, classes } = windows[at];
  const status = (await w.status(widget)).replace(/\u00a0/g, ' ');
  assert.match(status, `window ${at + 1} of 49, rows ${top}–${bottom - 1}, columns ${left}–${right - 1}: logit`);
  const logit = Number(/ to (−?[\d.]+) \(/.exec(status)![1].replace('−', '-'));
  assert.ok(Math.abs(logit - score) < 0.006, `${logit} for ${score}`);
  const words = await w.words(widget);
  for (const { label, score: chance } of classes) {
    const told = Number(new RegExp(`${label} [\\d.]+ → ([\\d.]+) %`).exec(words)?.[1]);
    assert.ok(Math.abs(told - chance * 100) < 0.06, `${label}: ${told} for ${chance * 100}`);
  }
}

const picture = (canvas: unknown): string => (canvas as { toDataURL(): string }).toDataURL();

/** A pixel of the photograph as it is shown, by row and column of the network's input. */
async function pixel(w: WidgetPage, row: number, column: number): Promise<number[]> {
  const url = await w.stage().locator('canvas').first().evaluate(picture);
  const { data, width } = await decode(Buffer.from(url.split(',')[1], 'base64'));
  return [...data.slice((row * width + column) * 4, (row * width + column) * 4 + 3)];
}

/** The middle of a window in one of the two pictures, on the page. */
async function middle(w: WidgetPage, at: number, picture: number): Promise<[x: number, y: number]> {
  const box = (await w.stage().locator('canvas').nth(picture).boundingBox())!;
  const { top, bottom, left, right } = windows[at];
  return [box.x + (((left + right) / 2) * box.width) / 64, box.y + (((top + bottom) / 2) * box.height) / 64];
}

live('begins with the largest fall, and the buttons lead to it and to the largest rise', () =>
  withWidget(browser, occlusionExplorer(map), async (w) => {
    await shows(w, most(1));
    assert.match(await w.words(), 'the largest fall');
    await w.button('largest rise').click();
    await shows(w, most(-1));
    assert.match(await w.words(), 'the largest rise');
    await w.button('largest fall').click();
    await shows(w, most(1));
  }));

live('the pointer over either picture moves the window, which covers the photograph', () =>
  withWidget(browser, occlusionExplorer(map), async (w) => {
    const cover = [...map.windows!.cover.data.slice(0, 3)];
    for (const [at, picture] of [[8, 0], [40, 1], [0, 1], [48, 0]] as const) {
      await w.page.mouse.move(...(await middle(w, at, picture)));
      await shows(w, at);
      const { top, left, bottom, right } = windows[at];
      for (const [y, x] of [[top, left], [bottom - 1, right - 1]]) assert.equal(await pixel(w, y, x), cover);
      const [y, x] = [top > 0 ? top - 1 : bottom, left];
      assert.not.equal(await pixel(w, y, x), cover);
    }
    await w.page.mouse.move(2, 2);
    await shows(w, 48);
  }));

live('the box uncovers the photograph and leaves the frame', () =>
  withWidget(browser, occlusionExplorer(map), async (w) => {
    const { top, left } = windows[most(1)];
    const covered = await pixel(w, top + 3, left + 3);
    const frames = (): Promise<number> => w.stage().locator('rect.frame').count();
    const before = await frames();
    await w.control('covered').uncheck();
    await w.settled();
    assert.not.equal(await pixel(w, top + 3, left + 3), covered);
    assert.match(await w.words(), /^photo /);
    assert.is(await frames(), before);
    await w.control('covered').check();
    await w.settled();
    assert.equal(await pixel(w, top + 3, left + 3), covered);
  }));

live('keys move the window as they are said to', () =>
  withWidget(browser, occlusionExplorer(map), async (w) => {
    await w.stage().focus();
    await w.page.keyboard.press('Shift+Home');
    await shows(w, 0);
    for (const [key, at] of [['ArrowRight', 1], ['ArrowDown', 8], ['End', 13], ['ArrowRight', 13], ['PageDown', 27], ['ArrowLeft', 26], ['Home', 21], ['ArrowUp', 14], ['PageUp', 0], ['Shift+End', 48], ['ArrowDown', 48]] as const) {
      await w.page.keyboard.press(key);
      await shows(w, at);
    }
    assert.match((await w.hosts.first().locator('.help').textContent())!, 'arrow keys move the window');
    assert.ok(await w.hosts.first().locator('.help').isVisible());
  }));

live('the scan is played row by row, stepped, paused and dragged', () =>
  withWidget(browser, occlusionExplorer(map), async (w) => {
    await w.slide('scan', 3);
    await shows(w, 3);
    await w.button('step forward').click();
    await shows(w, 4);
    await w.button('step back').click();
    await w.button('step back').click();
    await shows(w, 2);
    const at = async (): Promise<number> => Number(/window (\d+)/.exec(await w.status())![1]);
    await w.page.waitForTimeout(700);
    assert.is(await at(), 3, 'it does not move by itself');
    await w.control('speed').selectOption('24');
    await w.button('play').click();
    const seen = new Set<number>();
    for (let look = 0; look < 20; look++) {
      seen.add(await at());
      await w.page.waitForTimeout(40);
    }
    assert.ok(seen.size >= 5, `${[...seen].join(', ')}: one window after the other`);
    await w.button('pause').click();
    await w.settled();
    const paused = await at();
    await w.page.waitForTimeout(300);
    assert.is(await at(), paused);
    await w.slide('scan', 46);
    await w.button('play').click();
    await w.page.waitForTimeout(600);
    assert.is(await at(), 49, 'it ends with the last window');
    assert.ok(await w.button('play').isVisible());
  }));

live('one of several targets is picked, with its own map and score and the same window', async () => {
  const maps = await occlusion(squares(), waves(), { target: ['lynx', 'crane'], patch: 16, stride: 8, onProgress: null });
  const score = (target: number, at: number): string => maps.at(target)!.windows!.at(at)!.score.toFixed(2).replace('-', '−');
  await withWidget(browser, occlusionExplorer(maps), async (w) => {
    await w.slide('scan', 10);
    const before = await w.look();
    assert.match(await w.status(), ` to ${score(0, 10)} (`);
    await w.control('shown').selectOption('crane (5)');
    await w.settled();
    assert.match(await w.words(), 'crane (5) logit');
    assert.match(await w.status(), new RegExp(`^window 11 of 49.* to ${score(1, 10)} \\(`));
    assert.not.equal(await w.stage().locator('canvas').nth(1).evaluate(picture), before);
  });
});

live('where windows are missing the nearest one is shown, and said', async () => {
  const stop = new AbortController();
  let rows = 0;
  // The first of 49 windows are those at every fourth place.
  const stopped = await occludedMap({
    batchSize: 1,
    signal: stop.signal,
    target: (logits) => {
      if (++rows === 8) stop.abort();
      return logits.max();
    },
  });
  const scored = [...stopped.windows!];
  assert.ok(scored.length >= 4 && scored.length < 20, `${scored.length} scored`);
  await withWidget(browser, occlusionExplorer(stopped), async (w) => {
    const has = ({ top, left }: OcclusionWindow): boolean => scored.some((each) => each.top === top && each.left === left);
    const near = windows.findIndex((each) => !has(each) && each.top === 0);
    await w.page.mouse.move(...(await middle(w, near, 0)));
    await w.settled();
    const distance = (each: OcclusionWindow): number => Math.hypot(each.top - windows[near].top, each.left - windows[near].left);
    const nearest = scored.reduce((best, each) => (distance(each) < distance(best) ? each : best));
    assert.match(await w.status(), new RegExp(`rows ${nearest.top}–.*columns ${nearest.left}–\\d+, the nearest that was scored`));
    assert.match(await w.words(), 'nearest scored');
    assert.match(await w.words(), 'where a window was not scored, the nearest one that was is shown');
    await w.page.mouse.move(...(await middle(w, windows.findIndex(has), 0)));
    await w.settled();
    assert.not.match(await w.status(), 'nearest');
  });
});

live('two of a kind are worked one by one; in a row the cursor and the class are shared', async () => {
  const twice = occlusionExplorer(map).html().replace('</main>', () => `${occlusionExplorer(map).fragment()}</main>`);
  await withWidget(browser, twice, async (w) => {
    await w.slide('scan', 5, 1);
    await shows(w, 5, 1);
    await shows(w, most(1), 0);
  });
  const maps = await occlusion(squares(), waves(), { target: ['moped', 'crane'], patch: 16, stride: 8, onProgress: null });
  await withWidget(browser, row([occlusionExplorer(maps), maps.at(1)!.overlay()]), async (w) => {
    await w.slide('scan', 24);
    assert.match(await w.status(1), /row 32, column 32/);
    const box = (await w.stage(1).locator('canvas').first().boundingBox())!;
    await w.page.mouse.move(box.x + box.width * 0.9, box.y + box.height * 0.1);
    await w.settled();
    assert.match(await w.status(0), 'window 7 of 49');
  });
});

live('a finger does what a mouse does', () =>
  withWidget(
    browser,
    occlusionExplorer(map),
    async (w) => {
      await w.page.touchscreen.tap(...(await middle(w, 16, 0)));
      await shows(w, 16);
      await w.page.touchscreen.tap(...(await middle(w, 32, 1)));
      await shows(w, 32);
    },
    { touch: true, width: 480 },
  ));

const bad = ['</script><script>globalThis.broken = 1</script>', '"quoted" & <b>bold</b>', 'x'.repeat(300), 'قطة صغيرة', '😺'.repeat(40), 'two words and many more of them, so that it is long', ''];

for (const width of [380, 480, 760, 900, 1200]) {
  live(`at ${width} pixels nothing runs into another or over the edge, whatever the labels are`, async () => {
    for (const target of [0, 2]) {
      const hostile = await occludedMap({ target }, squares(bad));
      await withWidget(
        browser,
        occlusionExplorer(hostile),
        async (w) => {
          for (const at of [0, 20, 48]) {
            await w.slide('scan', at);
            assert.equal(await w.page.evaluate('widgetInPage.misplaced()'), []);
          }
          assert.is(await w.page.evaluate('widgetInPage.overhang()'), 0);
          assert.is(await w.page.evaluate('globalThis.broken'), undefined);
        },
        { width },
      );
    }
  });
}

if (browserPath()) live.run();
else skipAll('occlusion explorer in a page', noBrowser);
