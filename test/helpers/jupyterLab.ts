import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import type { JupyterServer } from './jupyterServer';

export const noBrowser = 'no Chromium or Chrome found: install one, or name it in CHROMIUM';

/** A browser that is installed on this machine. */
export function browserPath(): string | undefined {
  const programs = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA].filter((folder): folder is string => Boolean(folder));
  const places = [
    process.env.CHROMIUM,
    ...['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].map((name) => `/usr/bin/${name}`),
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ...programs.flatMap((folder) => [path.join(folder, 'Google/Chrome/Application/chrome.exe'), path.join(folder, 'Microsoft/Edge/Application/msedge.exe')]),
  ];
  return places.find((place) => place && existsSync(place));
}

export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: browserPath(), args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'] });

export interface Picture {
  naturalWidth: number;
  naturalHeight: number;
  width: number;
  height: number;
  alt: string;
  /** Standard deviation of its pixel values, 0..255; 0 is blank. */
  deviation: number;
}

export interface OpenNotebook {
  page: Page;
  /** Errors that scripts in the page threw. */
  pageErrors: string[];
  runAll(): Promise<void>;
  pictures(): Promise<Picture[]>;
  /** What went wrong in the cells: failed ones, and everything on stderr. */
  troubles(): Promise<string[]>;
  ask<T>(question: string): Promise<T>;
  setTheme(theme: 'Light' | 'Dark'): Promise<void>;
  /** The whole notebook, however long. */
  screenshot(file: string): Promise<void>;
}

/** Opens a notebook in its own tab and waits for its kernel. The file is never saved. */
async function openNotebook(browser: Browser, server: JupyterServer, notebook: string): Promise<OpenNotebook> {
  const page = await browser.newPage({ viewport: { width: 1100, height: 1400 } });
  const pageErrors: string[] = [];
  page.on('pageerror', (error) => pageErrors.push(error.message));
  await page.addInitScript({ path: path.join(__dirname, 'inPage.js') });
  const kernel = server.startKernel(notebook);
  await page.goto(server.pageOf(notebook));
  await kernel;
  await page.waitForFunction('inPage.idle()', undefined, { timeout: 60_000 });
  await page.evaluate('inPage.listen()');
  const ask = <T>(question: string): Promise<T> => page.evaluate<T>(question);

  return {
    page,
    pageErrors,
    ask,
    runAll: () => within(300, 'running all cells', ask('inPage.command("notebook:run-all-cells")')),
    async pictures() {
      // After a change of theme the page is laid out anew, and nothing has a size for a while.
      for (let look = 0; look < 50; look++) {
        const found = await ask<Picture[]>('inPage.pictures()');
        if (found.every(({ width }) => width > 0)) return found;
        await page.waitForTimeout(100);
      }
      return ask('inPage.pictures()');
    },
    async troubles() {
      const replies = await ask<{ status: string; evalue?: string }[]>('inPage.replies');
      const outputs = await ask<{ output_type: string; name?: string; text?: string | string[] }[]>('inPage.outputs()');
      return [
        ...replies.filter(({ status }) => status !== 'ok').map(({ status, evalue }) => `${status}: ${evalue}`),
        ...outputs.filter(({ name }) => name === 'stderr').map(({ text }) => `stderr: ${[text].flat().join('')}`),
      ];
    },
    setTheme: (theme) => ask(`inPage.command("apputils:change-theme", { theme: "JupyterLab ${theme}" })`),
    async screenshot(file) {
      await page.setViewportSize({ width: 1100, height: Math.min(8000, 200 + Math.ceil(await ask<number>('inPage.height()'))) });
      await ask('inPage.scrollToTop()');
      await page.screenshot({ path: file });
    },
  };
}

/** A notebook of code cells, as Jupyter's file. */
export function writeNotebook(file: string, code: object[]): void {
  const metadata = { kernelspec: { name: 'tslab', display_name: 'TypeScript', language: 'typescript' } };
  const cells = code.map((cell, index) => ({ cell_type: 'code', id: `cell${index}`, metadata: {}, ...cell }));
  writeFileSync(file, JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }));
}

/** Uses an open notebook, closes it and its kernel; fails where a script in the page threw. */
export async function withNotebook(browser: Browser, server: JupyterServer, notebook: string, use: (opened: OpenNotebook) => Promise<void>): Promise<void> {
  const opened = await openNotebook(browser, server, notebook);
  try {
    await use(opened);
    assert.equal(opened.pageErrors, []);
  } finally {
    await opened.page.close();
    await server.stopKernels();
  }
}

async function within(seconds: number, what: string, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took more than ${seconds} s`)), seconds * 1000);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}
