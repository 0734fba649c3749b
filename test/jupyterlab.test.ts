import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { browserPath, launchBrowser, noBrowser, openNotebook, type OpenNotebook, type Picture } from './helpers/jupyterLab';
import { type JupyterServer, startServer } from './helpers/jupyterServer';
import { bundle, noPython, python, runNotebook, skipAll } from './helpers/kernel';

const lab = suite('JupyterLab');
const root = path.resolve(__dirname, '..');
const screenshots = path.join(root, 'out', 'screenshots');
let browser: Browser;
let kernel: string;
let small: string;

const cells = [
  'const cl = require("./showing.js")',
  'cl.figure("one")',
  'await cl.longWork("walk", { total: 80, unit: "steps" }, async (job) => { for (let i = 1; i <= 80; i++) { await new Promise((r) => setTimeout(r, 10)); await job.advance(i) } })',
  'console.log("plain")',
];

lab.before(async () => {
  mkdirSync(screenshots, { recursive: true });
  kernel = bundle('src/kernel/launcher.ts', 'kernel.js');
  bundle('test/fixtures/showing.ts', 'showing.js');
  small = path.join(path.dirname(kernel), 'small.ipynb');
  writeNotebook(small, cells.map((source) => ({ source, execution_count: null, outputs: [] })));
  browser = await launchBrowser();
});
lab.after(() => browser.close());

function writeNotebook(file: string, code: object[]): void {
  const metadata = { kernelspec: { name: 'tslab', display_name: 'TypeScript', language: 'typescript' } };
  const full = code.map((cell, index) => ({ cell_type: 'code', id: `cell${index}`, metadata: {}, ...cell }));
  writeFileSync(file, JSON.stringify({ cells: full, metadata, nbformat: 4, nbformat_minor: 5 }));
}

/** Opens a notebook in a JupyterLab of its own, and closes everything afterwards. */
async function inLab(theme: 'Light' | 'Dark', notebook: string, use: (open: OpenNotebook, server: JupyterServer) => Promise<void>): Promise<void> {
  const server = await startServer(python()!, kernel, root, theme);
  try {
    const open = await openNotebook(browser, server, path.relative(root, notebook));
    await use(open, server);
    assert.equal(open.pageErrors, []);
    await open.page.close();
  } finally {
    await server.stop();
  }
}

function isSeen(picture: Picture, least = 100): void {
  assert.ok(picture.naturalWidth > least && picture.naturalHeight > least, `natural size ${picture.naturalWidth} x ${picture.naturalHeight}`);
  assert.ok(picture.width > least && picture.height > least, `${picture.width} x ${picture.height} on the page`);
  assert.ok(picture.deviation > 5, 'the picture is blank');
  assert.ok(picture.alt.length > 10, `alt text ${JSON.stringify(picture.alt)}`);
}

for (const theme of ['Light', 'Dark'] as const) {
  lab(`a figure and the progress of long work are seen in the ${theme.toLowerCase()} theme`, async () => {
    await inLab(theme, small, async (open) => {
      await open.runAll();
      assert.equal(await open.troubles(), []);
      assert.equal(await open.ask('inPage.counts()'), [1, 2, 3, 4]);
      const pictures = await open.pictures();
      assert.is(pictures.length, 1);
      isSeen(pictures[0]);
      await open.screenshot(path.join(screenshots, `small-${theme.toLowerCase()}.png`));
      assert.is(await open.page.getByText(/^walk: 80 steps in [\d.]+ s$/).count(), 1);
      assert.is(await open.page.locator('progress').count(), 0);
    });
  });
}

lab('a notebook that was just reopened, and is not trusted, still shows its pictures', async () => {
  const { cells: executed } = await runNotebook(kernel, small);
  const saved = path.join(path.dirname(small), 'saved.ipynb');
  writeNotebook(saved, executed);
  await inLab('Light', saved, async (open) => {
    const pictures = await open.pictures();
    assert.is(pictures.length, 1);
    isSeen(pictures[0]);
  });
});

lab('the first tutorial runs from top to bottom, and a Grad-CAM is on the page', async () => {
  await inLab('Light', path.join(root, 'notebooks', '00-start-here.ipynb'), async (open) => {
    await open.runAll();
    await open.screenshot(path.join(screenshots, '00-start-here.png'));
    assert.equal(await open.troubles(), []);
    const pictures = await open.pictures();
    for (const picture of pictures) isSeen(picture, 40);
    const gradCam = pictures.find(({ alt }) => /grad-cam/i.test(alt));
    assert.ok(gradCam, `no picture's alt text names Grad-CAM: ${pictures.map(({ alt }) => alt).join(' | ')}`);
    isSeen(gradCam!);
  });
});

if (!python()) skipAll('JupyterLab', noPython);
else if (!browserPath()) skipAll('JupyterLab', noBrowser);
else lab.run();
