import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import '../src/figure/install';
import '../widgets/install';
import { overlay } from '../widgets/overlay/overlay';
import { browserPath, launchBrowser, noBrowser } from './helpers/jupyterLab';
import { noPython, python, skipAll } from './helpers/kernel';
import { mapOf } from './helpers/maps';

interface Written {
  file: string;
  bytes: number;
}
type Site = (names: string[], options: { from: string; to: string; title: string; subtitle: string; student?: boolean; files?: string }) => Promise<Written[]>;

// The scripts are plain ES modules, which the type checker does not read.
const script = (name: string) => import(pathToFileURL(path.resolve(__dirname, '..', 'scripts', name)).href);

const md = (source: string, ...tags: string[]) => ({ cell_type: 'markdown', source, metadata: tags.length ? { tags } : {} });
const code = (source: string, outputs: object[] = [], ...tags: string[]) => ({ cell_type: 'code', source, outputs, execution_count: 1, metadata: tags.length ? { tags } : {} });
const stream = (name: string, text: string) => ({ output_type: 'stream', name, text });

const map = mapOf(Array.from({ length: 64 }, (_, i) => i), 8, 8);
const figure = async () => {
  const shown = overlay(map);
  return { output_type: 'display_data', data: { 'text/html': shown.fragment(), 'image/png': (await shown.png()).toString('base64'), 'text/plain': 'overlay' }, metadata: { 'image/png': { width: 400, height: 300 } } };
};

const books: Record<string, (object | Promise<object>)[]> = {
  '01-one': [
    md('# Where does *it* look?\n\nA network sees a cat. What made it say so? This notebook tells.\n\nNext, something else.'),
    md('## The rule $A^k$\n\nWith $\\alpha_k < 1$ it is\n\n$$L = \\mathrm{ReLU}\\Big(\\sum_k \\alpha_k A^k\\Big)$$\n\nbut `$x$` is code, and so is\n\n```ts\nconst price = `$${1} and $2`; // $y$\n```\n'),
    code("const list: string[] = ['a', 'b'];", [stream('stdout', 'plain \u001b[31mred\u001b[0m\n'), stream('stdout', 'and $z$ more\n'), stream('stderr', 'a warning\n')]),
    figure().then((shown) => code('overlay(map)', [shown])),
    md('**Exercise 1.** How many?'),
    code("check('01.1', undefined)", [stream('stdout', 'open\n')], 'exercise'),
    md('<details>\n<summary>Solution</summary>\n\n```ts\nconst secret = 42;\n```\n\nBecause $6 \\cdot 7$.\n\n</details>', 'solution'),
    md('Next: [02-two](02-two.ipynb#The-end), [03](03-three.ipynb), [read me](../README.md), [paper](https://arxiv.org/abs/1610.02391), [above](#The-rule).'),
  ],
  '02-two': [md('# The second\n\nIt follows the first.\n\n## The end'), code('1 + 1', [stream('stdout', '2\n')])],
};

const work = mkdtempSync(path.join(os.tmpdir(), 'convlens-site-'));
const from = path.join(work, 'run');
const made = (name: string) => path.join(work, name);
const page = (folder: string, file: string): string => readFileSync(path.join(made(folder), file), 'utf8');
const names = Object.keys(books);
const words = { title: 'A course', subtitle: 'Why <it> & how' };

if (!python()) skipAll('site', noPython);
else tests();

function tests(): void {
  const site = suite('site');
  let make: Site;

  site.before(async () => {
    mkdirSync(from);
    for (const [name, cells] of Object.entries(books)) {
      const metadata = { kernelspec: { name: 'tslab', display_name: 'TypeScript', language: 'typescript' }, language_info: { name: 'typescript' }, convlens: { seconds: 7.5, model: 'vgg-tiny' } };
      const whole = (await Promise.all(cells)).map((cell, at) => ({ ...cell, id: `c${at}` }));
      writeFileSync(path.join(from, `${name}.ipynb`), JSON.stringify({ cells: whole, metadata, nbformat: 4, nbformat_minor: 5 }));
    }
    ({ site: make } = await script('site.mjs'));
    const written = await make(names, { from, to: made('all'), ...words });
    assert.equal(written.map(({ file }) => file), ['01-one.html', '02-two.html', 'index.html']);
    assert.ok(written.every(({ bytes }) => bytes > 5000));
  });

  site('a page has a title, a description and its run', () => {
    const html = page('all', '01-one.html');
    assert.match(html, '<title>Where does it look? · A course</title>');
    assert.match(html, '<meta name="description" content="A network sees a cat. What made it say so?">');
    assert.match(html, /run with vgg-tiny in 7\.5 s/);
    assert.match(html, '<h1 id="Where-does-it-look?">Where does <em>it</em> look?');
  });

  site('formulae are set, with MathML; what is code or output stays', () => {
    const html = page('all', '01-one.html');
    assert.match(html, /<span class="formula display"><svg aria-hidden="true"[^]*?<math[^>]*display="block"[^]*?<mi mathvariant="normal">R<\/mi>|<mi>ReLU<\/mi>|ReLU/);
    assert.match(html, /<math[^>]*>(?:(?!<\/math>)[^])*<mo>&#x3C;<\/mo>|<mo>&lt;<\/mo>/);
    assert.match(html, '<code>$x$</code>');
    assert.match(html, 'and $z$ more');
    assert.match(html, /\$y\$/);
    assert.not.match(html, 'class="tex"');
    assert.not.match(html, /mathjax|require\.js|cdnjs/i);
  });

  site('a formula that cannot be set is named', async () => {
    const { typeset } = await script('site/math.mjs');
    assert.throws(() => typeset('<span class="tex">\\frac{1</span>'), /formula "\\\\frac\{1"/);
  });

  site('links lead to pages of the site, to the web, or are plain text', async () => {
    const html = page('all', '01-one.html');
    assert.match(html, '<a href="02-two.html#The-end">02-two</a>');
    assert.match(html, '<span class="unlinked">03</span>');
    assert.match(html, '<span class="unlinked">read me</span>');
    assert.match(html, '<a href="https://arxiv.org/abs/1610.02391">paper</a>');
    assert.match(html, '<a href="#The-rule">above</a>');
    const { relinked } = await script('site/links.mjs');
    assert.is(relinked('<a href="../README.md#x">r</a> <a href="09.ipynb">n</a>', { pages: [], files: 'https://example.org/tree/' }), '<a href="https://example.org/tree/README.md#x">r</a> <a href="https://example.org/tree/notebooks/09.ipynb">n</a>');
  });

  site('pages follow each other', () => {
    assert.match(page('all', '01-one.html'), /<a rel="next" href="02-two\.html">/);
    assert.match(page('all', '02-two.html'), /<a rel="prev" href="01-one\.html">/);
    assert.match(page('all', '01-one.html'), /<a href="01-one\.html" aria-current="page">/);
    assert.match(page('all', '01-one.html'), '<a href="#The-rule-A%5Ek">');
  });

  site('the index has a card for each', () => {
    const html = page('all', 'index.html');
    assert.is(html.match(/<li class="card">/g)?.length, 2);
    assert.match(html, 'Why &lt;it&gt; &amp; how');
    assert.match(html, 'A network sees a cat. What made it say so?');
    assert.match(html, /<img src="data:image\/jpeg;base64,[^"]+" width="560" height="350" alt="[^"]*tabby[^"]*"/);
    assert.match(html, 'runs in 7.5 s on vgg-tiny');
  });

  site('students get no solutions, and the outputs', async () => {
    await make(['01-one'], { from, to: made('student'), ...words, student: true });
    const html = page('student', '01-one.html');
    assert.not.match(html, 'secret');
    assert.match(html, 'Exercise 1.');
    assert.match(html, 'convlens.wake');
    assert.match(html, '<span class="unlinked">02-two</span>', 'the page is not on this site');
    assert.match(page('all', '01-one.html'), 'secret');
  });

  site('a request to anybody is found before the page is written', async () => {
    const { requests } = await script('site/standAlone.mjs');
    assert.equal(requests('<a href="https://x.org">x</a><img src="data:,"><script>"<img src=\'https://y.org\'>"</script><svg><use href="#a"/></svg>'), []);
    assert.is(requests('<script src="https://x.org/a.js"></script><img alt="a > b" src="b.png"><link href="c.css"><style>@import "d"; p { background: url(e.png) }</style>').length, 5);
  });

  site('a run that failed is not published', async () => {
    writeFileSync(path.join(from, '09-broken.ipynb'), JSON.stringify({ cells: [{ id: 'a', ...code('x', [{ output_type: 'error', ename: 'E', evalue: 'no x', traceback: [] }]) }], metadata: {}, nbformat: 4, nbformat_minor: 5 }));
    let message = '';
    await make(['09-broken'], { from, to: made('broken'), ...words }).catch((error: Error) => (message = error.message));
    assert.match(message, /09-broken was not run to its end: no x/);
    assert.not.ok(existsSync(made('broken')));
  });

  site('every page works in a browser without a network, light and dark, wide and narrow', async () => {
    if (!browserPath()) return console.log(`not tried: ${noBrowser}`);
    const browser = await launchBrowser();
    try {
      for (const width of [1200, 400]) for (const dark of [false, true]) await look(browser, width, dark);
    } finally {
      await browser.close();
    }
  });

  site.after(() => rmSync(work, { recursive: true, force: true }));
  site.run();
}

async function look(browser: Browser, width: number, dark: boolean): Promise<void> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: dark ? 'dark' : 'light', offline: true });
  const opened = await context.newPage();
  const troubles: string[] = [];
  opened.on('pageerror', (error) => troubles.push(error.message));
  opened.on('console', (message) => ['error', 'warning'].includes(message.type()) && troubles.push(message.text()));
  opened.on('request', (request) => !/^(file|data|blob):/.test(request.url()) && troubles.push(`request ${request.url()}`));
  const open = (file: string) => opened.goto(pathToFileURL(path.join(made('all'), file)).href);
  try {
    await open('index.html');
    await fits(opened, dark);
    await accessible(opened);
    await opened.locator('.card a').first().click();
    await opened.waitForURL(/01-one\.html$/);
    await opened.locator('[data-live="ready"]').waitFor({ timeout: 10_000 });
    await fits(opened, dark);
    const solution = opened.getByText('Because');
    const slider = opened.getByRole('slider').first();
    await slider.focus();
    const before = await slider.inputValue();
    await opened.keyboard.press('ArrowLeft');
    assert.is.not(await slider.inputValue(), before, 'the figure can be worked');
    assert.not.ok(await solution.isVisible());
    await opened.getByText('Solution').click();
    assert.ok(await solution.isVisible());
    assert.is(await opened.locator('nav.contents ol').first().isVisible(), width > 1000, 'the contents are beside the text, or folded above it');
    assert.ok((await opened.locator('main .formula svg').first().boundingBox())!.width > 5);
    await accessible(opened);
    await opened.locator('a[rel=next]').click();
    await opened.waitForURL(/02-two\.html$/);
    assert.equal(troubles, []);
  } finally {
    await context.close();
  }
}

/** Nothing makes the page wider than the window, and its ground is the theme's. */
async function fits(opened: Page, dark: boolean): Promise<void> {
  const [over, red] = await opened.evaluate<[number, number]>('[document.documentElement.scrollWidth - innerWidth, Number(/\\d+/.exec(getComputedStyle(document.body).backgroundColor)[0])]');
  assert.ok(over <= 0, `${over} px too wide`);
  assert.is(red < 128, dark);
}

async function accessible(opened: Page): Promise<void> {
  await opened.evaluate(axe.source);
  const found = await opened.evaluate<string[]>('axe.run(document).then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + " " + target)))');
  assert.equal(found, []);
}
