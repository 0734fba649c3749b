// node --import tsx bench/widgets.ts: sizes, first paints and frame times of the widgets on real data, as `npm run gallery` writes them; a table on stdout.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { browserPath, launchBrowser, noBrowser } from '../test/helpers/jupyterLab';
import { inPage } from '../test/helpers/widgetPage';

const root = path.resolve(__dirname, '..');
const folder = path.join(root, 'out', 'gallery');
const names = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.html') && file !== 'index.html').map((file) => file.slice(0, -5)) : [];

/** First paints are taken this often, each in the same page; the first one compiles the script. */
const paints = 5;
const steps = 60;

interface Row {
  name: string;
  output: number;
  script: number;
  first: number;
  later: number;
  frame: number | undefined;
}

async function measure(browser: Browser, name: string): Promise<Row> {
  const html = readFileSync(path.join(folder, `${name}.html`), 'utf8');
  const fragment = html.slice(html.indexOf('<main>') + 6, html.indexOf('</main>'));
  const script = readFileSync(path.join(root, 'dist', 'widgets', `${name}.js`));
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
  try {
    await page.addInitScript({ path: inPage });
    await page.goto('about:blank');
    await page.setContent('<!doctype html><title>page</title><main></main>');
    const times: number[] = [];
    for (let at = 0; at < paints; at++) times.push(await page.evaluate<number>(`widgetInPage.paintTime(${JSON.stringify(fragment)})`));
    const slider = page.locator('input[type=range]:visible').first();
    let frame: number | undefined;
    if (await slider.count()) {
      await slider.scrollIntoViewIfNeeded();
      const box = (await slider.boundingBox())!;
      const [left, middle] = [box.x + 6, box.y + box.height / 2];
      await page.evaluate('widgetInPage.startFrames()');
      await page.mouse.move(left, middle);
      await page.mouse.down();
      for (let step = 0; step < steps; step++) await page.mouse.move(left + ((box.width - 12) * step) / steps, middle);
      await page.mouse.up();
      const gaps = await page.evaluate<number[]>('widgetInPage.endFrames()');
      frame = gaps[Math.floor(gaps.length / 2)];
    }
    return { name, output: fragment.length, script: gzipSync(script, { level: 9 }).length, first: times[0], later: [...times.slice(1)].sort((a, b) => a - b)[Math.floor((paints - 1) / 2)], frame };
  } finally {
    await page.close();
  }
}

async function run(): Promise<void> {
  if (!browserPath()) throw new Error(noBrowser);
  if (!names.length) throw new Error(`nothing in ${folder}; run: npm run gallery`);
  const browser = await launchBrowser();
  const rows: Row[] = [];
  try {
    for (const name of names) rows.push(await measure(browser, name));
  } finally {
    await browser.close();
  }
  const kilo = (bytes: number): string => `${Math.round(bytes / 1000)}`;
  console.log('| widget | output, kB | script, kB gzipped | first paint, ms | later paints, ms | median frame, ms |\n| --- | ---: | ---: | ---: | ---: | ---: |');
  for (const row of rows) console.log(`| ${row.name} | ${kilo(row.output)} | ${kilo(row.script)} | ${row.first.toFixed(0)} | ${row.later.toFixed(0)} | ${row.frame?.toFixed(1) ?? ''} |`);
}

run().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
