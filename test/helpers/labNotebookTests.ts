import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { browserPath, launchBrowser, noBrowser, type OpenNotebook, withNotebook } from './jupyterLab';
import { type JupyterServer, startServer } from './jupyterServer';
import { noPython, python } from './kernel';
import { cellsOf, kernelFile, notebooksFolder, solutionCode, tagged } from './notebook';
import { pressWidget } from './pressWidget';

/** What a reader does with a widget of the notebook. */
export type Deed = (opened: OpenNotebook) => Promise<void>;

/** The tests, to be run, of a notebook as a reader has it: opened in JupyterLab, run from top to bottom, its widgets worked, an exercise answered. */
export function labNotebookTests(name: string, deeds: Record<string, Deed> = {}): ReturnType<typeof suite> {
  const tests = suite(`${name} in JupyterLab`);
  const missing = !python() ? noPython : !browserPath() ? noBrowser : undefined;
  if (missing) {
    console.log(`skipped: ${name} in JupyterLab: ${missing}`);
    tests.skip(missing);
    return tests;
  }
  const root = path.resolve(notebooksFolder, '..');
  const screenshots = path.join(root, 'out', 'screenshots');
  let browser: Browser;
  let server: JupyterServer;

  tests.before(async () => {
    mkdirSync(screenshots, { recursive: true });
    [browser, server] = await Promise.all([launchBrowser(), startServer(python()!, kernelFile, root)]);
  });
  tests.after(async () => {
    await Promise.all([browser?.close(), server?.stop()]);
  });

  tests('runs, its widgets can be worked in both themes, and an exercise answers', () =>
    withNotebook(browser, server, `notebooks/${name}.ipynb`, async (opened) => {
      const { page, runAll, troubles, pictures, setTheme, screenshot } = opened;
      await runAll();
      assert.equal(await troubles(), []);
      for (const { naturalWidth, deviation, alt } of await pictures()) {
        assert.ok(naturalWidth > 40 && deviation > 3, `a picture of ${naturalWidth} pixels, deviation ${deviation}: ${alt}`);
        assert.ok(alt.length > 10, `alt text ${JSON.stringify(alt)}`);
      }
      await page.waitForFunction('[...document.querySelectorAll("[data-width]")].every((host) => host.dataset.live === "ready")', undefined, { timeout: 20_000 });
      const hosts = await page.locator('.jp-OutputArea-output [data-width]').all();
      assert.ok(hosts.length > 0, 'no live figure');
      for (const [at, host] of hosts.entries()) {
        const controls = await host.locator('input[type=range]:visible, select:visible').count();
        if (controls) assert.ok(await pressWidget(page, host), `figure ${at + 1} of ${hosts.length}: its controls change nothing`);
      }
      for (const [what, deed] of Object.entries(deeds)) {
        await deed(opened).catch((error: Error) => {
          error.message = `${what}: ${error.message}`;
          throw error;
        });
      }
      for (const theme of ['Dark', 'Light'] as const) {
        await setTheme(theme);
        await page.waitForTimeout(900);
        await screenshot(path.join(screenshots, `${name}-${theme.toLowerCase()}.png`));
      }
      await answers(opened, name);
    }));

  return tests;
}

/** The first exercise: open, then solved as its solution says. */
async function answers({ ask }: OpenNotebook, name: string): Promise<void> {
  const cells = cellsOf(name);
  const exercise = cells.find((cell) => tagged(cell, 'exercise'))!;
  const solution = solutionCode(cells[cells.indexOf(exercise) + 1]);
  assert.match(await ask<string>(`inPage.answer(${JSON.stringify(exercise.id)}, ${JSON.stringify(exercise.source)})`), /open\./);
  assert.match(await ask<string>(`inPage.answer(${JSON.stringify(exercise.id)}, ${JSON.stringify(solution)})`), /✓ right\./);
}
