import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { browserPath, launchBrowser, noBrowser, type OpenNotebook, withNotebook, writeNotebook } from '../helpers/jupyterLab';
import { type JupyterServer, startServer } from '../helpers/jupyterServer';
import { bundle, noPython, python, runNotebook, skipAll } from '../helpers/kernel';
import { pressWidget } from '../helpers/pressWidget';

// Every widget as a cell of a real JupyterLab, made by the built package with the default model.
const lab = suite('widgets in JupyterLab');
const root = path.resolve(__dirname, '..', '..');
const screenshots = path.join(root, 'out', 'screenshots');

const setUp = `import * as cl from 'convlens';
const model = await cl.loadModel();
const photo = await cl.loadImage('cat');
const tiny = await cl.loadModel('vgg-tiny');
const scene = await cl.loadImage('scene:cat+dog');`;
const cells: Record<string, string> = {
  overlay: "cl.overlay(await cl.gradCam(model, photo, { target: ['tabby', 'tiger cat', 'Egyptian cat'] }))",
  predictions: 'cl.predictions(await model.predict(photo))',
  occlusionExplorer: 'cl.occlusionExplorer(await cl.occlusion(model, photo, { patch: 64, stride: 32 }))',
  layerBrowser: 'cl.layerBrowser(await cl.layerOutputs(model, photo))',
  compare: 'cl.compare([await cl.gradCam(model, photo), await cl.occlusion(model, photo, { patch: 64, stride: 32 }), await cl.saliency(model, photo)])',
  receptiveField: "await cl.receptiveField(model, photo, { layers: ['block2a_project_bn', 'block5a_project_bn'] })",
  convolutionStepper: "await cl.convolutionStepper(model, photo, { layer: 'stem_conv', channel: 3 })",
  gradCamSteps: 'await cl.gradCamSteps(model, photo)',
  modelView: 'cl.modelView(model, { outputs: await cl.layerOutputs(model, photo) })',
  featureVisualization: "await cl.maximizeActivation(tiny, { layer: 'block3_conv3', channel: [0, 1], size: 48, steps: 16 })",
  filterGallery: 'await cl.filters(model)',
  topPatches: "await cl.topPatches(tiny, cl.scenes({ count: 30 }), { layer: 'block4_conv3', channels: [0, 1, 2, 3, 4, 5] })",
  layerStatistics: 'await cl.layerStatistics(tiny, cl.scenes({ count: 10 }))',
  activationAtlas: "await cl.activationAtlas(tiny, cl.scenes({ count: 120 }), { layer: 'block5_conv3', layout: 'pca' })",
  faithfulness: 'await cl.deletion(tiny, scene, [await cl.gradCam(tiny, scene), await cl.saliency(tiny, scene)])',
  sanityBoard: 'await cl.sanityCheck(tiny, scene, [cl.gradCam, cl.guidedBackprop])',
  methodRanking: 'await cl.benchmarkMethods(tiny, cl.scenes({ count: 4 }), { methods: [cl.gradCam, cl.saliency] })',
  classContrast: "await cl.classContrast(model, photo, ['tabby', 'tiger cat'])",
};
const names = Object.keys(cells);

let browser: Browser;
let server: JupyterServer;
let notebook: string;
let executed: string;

lab.before(async () => {
  mkdirSync(screenshots, { recursive: true });
  const kernel = bundle('src/kernel/launcher.ts', 'kernel.js');
  notebook = path.join(path.dirname(kernel), 'widgets.ipynb');
  executed = path.join(path.dirname(kernel), 'executed.ipynb');
  writeNotebook(notebook, [setUp, ...Object.values(cells)].map((source) => ({ source, execution_count: null, outputs: [] })));
  const run = await runNotebook(kernel, notebook);
  assert.is(run.error, null);
  writeNotebook(executed, run.cells);
  [browser, server] = await Promise.all([launchBrowser(), startServer(python()!, kernel, root)]);
});
lab.after(async () => {
  await Promise.all([browser?.close(), server?.stop()]);
});

const open = (file: string, use: (opened: OpenNotebook) => Promise<void>): Promise<void> => withNotebook(browser, server, path.relative(root, file), use);

lab('every widget lives in its cell, can be worked there, and follows the theme', () =>
  open(notebook, async ({ page, runAll, troubles, setTheme, screenshot }) => {
    await runAll();
    assert.equal(await troubles(), []);
    const hosts = page.locator('.jp-OutputArea-output [data-width]');
    await page.waitForFunction(`document.querySelectorAll('[data-live=ready]').length >= ${names.length}`, undefined, { timeout: 10_000 });
    assert.equal(await hosts.evaluateAll((all) => all.map((host) => host.getAttribute('data-live'))), await hosts.evaluateAll((all) => all.map(() => 'ready')));
    for (const [at, name] of names.entries()) {
      const output = page.locator('.jp-Notebook-cell').nth(at + 1).locator('[data-width]').first();
      assert.ok(await pressWidget(page, output), `${name}: its controls change nothing`);
    }
    for (const theme of ['Dark', 'Light'] as const) {
      await setTheme(theme);
      await page.waitForTimeout(900);
      const dark = await hosts.evaluateAll((all) => all.filter((host) => host.shadowRoot?.querySelector('.widget')?.classList.contains('dark')).length);
      assert.is(dark, theme === 'Dark' ? await hosts.count() : 0, `${dark} widgets are dark in the ${theme} theme`);
      await screenshot(path.join(screenshots, `widgets-${theme.toLowerCase()}.png`));
    }
  }));

lab('a notebook that was just reopened, and is not trusted, shows each as a still picture; trusted, it lives', () =>
  open(executed, async ({ page, ask, pictures }) => {
    assert.is(await ask('inPage.trusted()'), false);
    const stills = await pictures();
    assert.ok(stills.length >= names.length, `${stills.length} pictures of ${names.length} widgets`);
    for (const { naturalWidth, deviation, alt } of stills) {
      assert.ok(naturalWidth > 100 && deviation > 3, `a picture of ${naturalWidth} pixels, deviation ${deviation}: ${alt}`);
      assert.ok(alt.length > 20, `alt text ${JSON.stringify(alt)}`);
    }
    assert.is(await page.locator('[data-live]').count(), 0);
    // JupyterLab asks before it trusts.
    const asked = ask('inPage.command("notebook:trust")').catch(String);
    await page.locator('.jp-Dialog .jp-mod-accept').click();
    await asked;
    await page.waitForFunction(`document.querySelectorAll('[data-live=ready]').length >= ${names.length}`, undefined, { timeout: 10_000 });
  }));

lab('in the page that nbconvert makes of it, each lives without a kernel', async () => {
  execFileSync(python()!, ['-m', 'nbconvert', '--to', 'html', '--log-level', 'ERROR', executed]);
  const page = await browser.newPage();
  try {
    const errors: string[] = [];
    page.on('pageerror', ({ message }) => errors.push(message));
    // What nbconvert itself would load from elsewhere.
    await page.route(/^https?:/, (route) => route.abort());
    await page.goto(pathToFileURL(executed.replace(/ipynb$/, 'html')).href);
    await page.waitForFunction(`document.querySelectorAll('[data-live=ready]').length >= ${names.length}`, undefined, { timeout: 20_000 });
    assert.equal(errors.filter((message) => !/MathJax|require/.test(message)), []);
  } finally {
    await page.close();
  }
});

if (!python()) skipAll('widgets in JupyterLab', noPython);
else if (!browserPath()) skipAll('widgets in JupyterLab', noBrowser);
else lab.run();
