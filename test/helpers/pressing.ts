import * as assert from 'uvu/assert';
import { drawn } from './drawn';
import type { Deed } from './labNotebookTests';

/** Presses a key on the `at`-th figure below the cell with that code: its drawing must change, and its status must say so. */
export const pressing =
  (code: string, key: string, expected: RegExp, at = 0): Deed =>
  async ({ page }) => {
    const cell = page.locator('.jp-CodeCell').filter({ has: page.locator('.jp-InputArea', { hasText: code }) }).first();
    const stage = cell.locator('[data-width] .stage').nth(at);
    await stage.scrollIntoViewIfNeeded();
    await stage.focus();
    const before = await drawn(stage);
    await page.keyboard.press(key);
    await page.waitForTimeout(200);
    assert.ok((await drawn(stage)) !== before, `${key} changes nothing`);
    const said = await cell.locator('[data-width]').nth(at).locator('[aria-live]').first().textContent();
    assert.match((said ?? '').replaceAll('\u00a0', ' '), expected);
  };
