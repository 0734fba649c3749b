import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { browserPath, launchBrowser, noBrowser, type OpenNotebook, type Picture, withNotebook, writeNotebook } from './helpers/jupyterLab';
import { type JupyterServer, startServer } from './helpers/jupyterServer';
import { bundle, noPython, python, runNotebook, skipAll } from './helpers/kernel';

const lab = suite('JupyterLab');
const root = path.resolve(__dirname, '..');
const screenshots = path.join(root, 'out', 'screenshots');
let browser: Browser;
let server: JupyterServer;
let small: string;
let saved: string;

const cells = [
  'const cl = require("./showing.js")',
  'cl.figure("one")',
  'await cl.longWork("walk", { total: 80, unit: "steps" }, async (job) => { for (let i = 1; i <= 80; i++) { await new Promise((r) => setTimeout(r, 10)); await job.advance(i) } })',
  'console.log("plain")',
];

lab.before(async () => {
  mkdirSync(screenshots, { recursive: true });
  const kernel = bundle('src/kernel/launcher.ts', 'kernel.js');
  bundle('test/fixtures/showing.ts', 'showing.js');
  small = path.join(path.dirname(kernel), 'small.ipynb');
  saved = path.join(path.dirname(kernel), 'saved.ipynb');
  writeNotebook(small, cells.map((source) => ({ source, execution_count: null, outputs: [] })));
  writeNotebook(saved, (await runNotebook(kernel, small)).cells);
  [browser, server] = await Promise.all([launchBrowser(), startServer(python()!, kernel, root)]);
});
lab.after(async () => {
  await Promise.all([browser?.close(), server?.stop()]);
});

const open = (notebook: string, use: (opened: OpenNotebook) => Promise<void>): Promise<void> => withNotebook(browser, server, path.relative(root, notebook), use);

function isSeen(picture: Picture, least = 100): void {
  assert.ok(picture.naturalWidth > least && picture.naturalHeight > least, `natural size ${picture.naturalWidth} x ${picture.naturalHeight}`);
  assert.ok(picture.width > least && picture.height > least, `${picture.width} x ${picture.height} on the page`);
  assert.ok(picture.deviation > 5, 'the picture is blank');
  assert.ok(picture.alt.length > 10, `alt text ${JSON.stringify(picture.alt)}`);
}

lab('a figure and the quiet line after long work are seen, in the light and in the dark theme', async () => {
  await open(small, async (notebook) => {
    await notebook.runAll();
    assert.equal(await notebook.troubles(), []);
    assert.equal(await notebook.ask('inPage.counts()'), [1, 2, 3, 4]);
    for (const theme of ['Dark', 'Light'] as const) {
      await notebook.setTheme(theme);
      const pictures = await notebook.pictures();
      assert.is(pictures.length, 1);
      isSeen(pictures[0]);
      await notebook.page.getByText(/^walk: 80 steps in [\d.]+ s$/).waitFor({ timeout: 5000 });
      assert.is(await notebook.page.locator('progress').count(), 0);
      await notebook.screenshot(path.join(screenshots, `small-${theme.toLowerCase()}.png`));
    }
  });
});

lab('a notebook that was just reopened, and is not trusted, still shows its pictures', async () => {
  await open(saved, async (notebook) => {
    assert.is(await notebook.ask('inPage.trusted()'), false);
    const pictures = await notebook.pictures();
    assert.is(pictures.length, 1);
    isSeen(pictures[0]);
  });
});

lab('the first tutorial runs from top to bottom, and a Grad-CAM is on the page', async () => {
  await open(path.join(root, 'notebooks', '00-start-here.ipynb'), async (notebook) => {
    await notebook.runAll();
    await notebook.screenshot(path.join(screenshots, '00-start-here.png'));
    assert.equal(await notebook.troubles(), []);
    const pictures = await notebook.pictures();
    for (const picture of pictures) isSeen(picture, 40);
    const gradCam = pictures.find(({ alt }) => /grad-cam/i.test(alt));
    assert.ok(gradCam, `no picture's alt text names Grad-CAM: ${pictures.map(({ alt }) => alt).join(' | ')}`);
    isSeen(gradCam!);
    // Tab and Shift-Tab show what the kernel answers here.
    assert.ok((await notebook.ask<string[]>('inPage.complete("cl.gra")')).includes('gradCam'));
    assert.ok((await notebook.ask<string[]>('inPage.complete("cl.occlusion(model, photo, { str")')).includes('stride'));
    assert.match(await notebook.ask<string>('inPage.inspect("cl.gradCam")'), /Grad-CAM|class activation/i);
  });
});

if (!python()) skipAll('JupyterLab', noPython);
else if (!browserPath()) skipAll('JupyterLab', noBrowser);
else lab.run();
