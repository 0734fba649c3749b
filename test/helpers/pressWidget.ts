import type { Locator, Page } from 'playwright-core';
import { drawn } from './drawn';

/** Presses keys on the first controls of a live figure; gives whether its drawing changed. */
export async function pressWidget(page: Page, host: Locator): Promise<boolean> {
  const stage = host.locator('.stage');
  const before = await drawn(stage);
  const inputs = host.locator('input[type=range]:visible, select:visible');
  for (const input of (await inputs.all()).slice(0, 3)) {
    await input.scrollIntoViewIfNeeded();
    await input.focus();
    for (const key of ['End', 'Home', 'ArrowDown']) {
      await page.keyboard.press(key);
      await page.waitForTimeout(100);
      if ((await drawn(stage)) !== before) return true;
    }
  }
  return false;
}
