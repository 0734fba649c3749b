import path from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import type { Figure } from '../../src/figure/figure';
import { decode } from '../../src/image/canvas';
import type { Pixels } from '../../src/image/canvas';
import { drawn } from './drawn';

/** What tests ask inside the page. */
export const inPage = path.join(__dirname, 'widgetInPage.js');

export interface WidgetPage {
  page: Page;
  /** The figures that came to life, in order. */
  hosts: Locator;
  /** A control of the only (or first) widget, by its label. */
  control(label: string, widget?: number): Locator;
  /** A button of it, by its name. */
  button(name: string, widget?: number): Locator;
  /** The drawing. */
  stage(widget?: number): Locator;
  /** What the status line reads out. */
  status(widget?: number): Promise<string>;
  /** All text of the drawing, in one line. */
  words(widget?: number): Promise<string>;
  /** What the drawing looks like now: a screenshot's pixels. */
  look(widget?: number): Promise<Pixels>;
  /** All that is drawn, pixels and marks, as one text: to see that nothing changed. */
  contents(widget?: number): Promise<string>;
  /** Moves a slider as a user's drag does, and waits until it is drawn. */
  slide(label: string, value: number, widget?: number): Promise<void>;
  /** Waits until the page has drawn what was asked for. */
  settled(): Promise<void>;
  /** The pointer over a place of the drawing, 0 to 1 from its left and its top. */
  hover(u: number, v: number, widget?: number): Promise<void>;
}

/** Opens a figure's stand-alone page, and closes it; fails where a script threw, the console complained, or a request left the page. */
export async function withWidget(browser: Browser, figure: Figure | string, use: (opened: WidgetPage) => Promise<void>, { width = 1200, dark = false, touch = false } = {}): Promise<void> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: dark ? 'dark' : 'light', hasTouch: touch });
  const page = await context.newPage();
  page.setDefaultTimeout(5000);
  await page.addInitScript({ path: inPage });
  await page.goto('about:blank');
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && troubles.push(message.text()));
  page.on('request', (request) => !/^(data|blob|about):/.test(request.url()) && troubles.push(`request ${request.url()}`));
  try {
    await page.setContent(typeof figure === 'string' ? figure : figure.html());
    await page.waitForFunction('[...document.querySelectorAll("[data-width]")].every((each) => /^(ready|failed)/.test(each.dataset.live ?? ""))', undefined, { timeout: 10_000 });
    const states = await page.locator('[data-width]').evaluateAll((hosts) => hosts.map((host) => host.getAttribute('data-live')));
    assert.ok(states.length > 0, 'no figure of the page is live');
    assert.equal(states, states.map(() => 'ready'));
    await use(widgetPage(page));
    assert.equal(troubles, []);
  } finally {
    await context.close();
  }
}

function widgetPage(page: Page): WidgetPage {
  const hosts = page.locator('[data-width]');
  const host = (widget = 0): Locator => hosts.nth(widget);
  const stage = (widget = 0): Locator => host(widget).locator('.stage');
  const settled = async (): Promise<void> => void (await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))'));
  // A player and its slider have one label.
  const control = (label: string, widget = 0): Locator => host(widget).getByLabel(label, { exact: true }).and(page.locator('input, select'));
  return {
    page,
    hosts,
    control,
    button: (name, widget) => host(widget).getByRole('button', { name, exact: true }),
    stage,
    settled,
    status: async (widget) => (await host(widget).locator('.status').textContent()) ?? '',
    words: (widget) => stage(widget).locator('svg').evaluate((svg) => [...svg.querySelectorAll('text')].map((text) => text.textContent).join(' ').replace(/\u00a0/g, ' ')),
    look: async (widget) => decode(await stage(widget).screenshot()),
    contents: (widget) => drawn(stage(widget)),
    async slide(label, value, widget) {
      await control(label, widget).fill(String(value));
      await settled();
    },
    async hover(u, v, widget) {
      await stage(widget).scrollIntoViewIfNeeded();
      const box = await stage(widget).boundingBox();
      assert.ok(box, 'the drawing is not on the page');
      await page.mouse.move(box!.x + u * box!.width, box!.y + v * box!.height);
      await settled();
    },
  };
}

/** The share of pixels that differ by more than a little. */
export function changed(before: Pixels, after: Pixels): number {
  assert.equal([after.width, after.height], [before.width, before.height], 'the pictures differ in size');
  let count = 0;
  for (let at = 0; at < before.data.length; at += 4) {
    if ([0, 1, 2].some((channel) => Math.abs(before.data[at + channel] - after.data[at + channel]) > 8)) count += 1;
  }
  return (count * 4) / before.data.length;
}
