// npm run site: out/site/ with a page for each notebook, as it was run, and an index. Each page is one file that asks nobody for anything.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { environment, notebooks, notebooksFolder, python } from './jupyter/environment.mjs';
import { chosen, execute } from './jupyter/execute.mjs';
import { isMain, packageRoot } from './setup/places.mjs';
import { setupOrExit } from './setup.mjs';
import { indexPage, notebookPage } from './site/page.mjs';
import { requests } from './site/standAlone.mjs';
import { thumbnail } from './site/thumbnail.mjs';
import { given } from './words.mjs';

const help = `npm run site                      runs the notebooks and writes out/site/: a page for each and index.html
  --only 04,07                    only these, by name or the beginning of one
  --no-execute                    takes the outputs that are in out/ as they are, or else those in notebooks/, whose figures are still pictures
  --student                       without the solutions of the exercises
  --title TEXT --subtitle TEXT    what stands on the index
  --files URL                     where links to files of the repository lead (its root); without it they are plain text
  --to FOLDER                     another folder than out/site`;

const options = {
  only: { type: 'string' },
  'no-execute': { type: 'boolean' },
  student: { type: 'boolean' },
  title: { type: 'string', default: 'Understanding convolutional networks' },
  subtitle: { type: 'string', default: 'See why a network decided what it did: notebooks in TypeScript, with figures that can be worked in the page.' },
  files: { type: 'string' },
  to: { type: 'string', default: path.join(packageRoot, 'out', 'site') },
  help: { type: 'boolean', short: 'h' },
};

/** Writes the site of the notebooks `names`, whose outputs are in `from` or in notebooks/; gives how many bytes each page has. */
export async function site(names, { from = path.join(packageRoot, 'out'), to, student = false, title, subtitle, files }) {
  const pages = [];
  for (const name of names) {
    const folder = fs.existsSync(path.join(from, `${name}.ipynb`)) ? from : notebooksFolder;
    const page = exported(folder, name, student);
    if (page.errors.length) throw new Error(`${name} was not run to its end: ${page.errors[0]}`);
    pages.push({ ...page, picture: await thumbnail(page.pictures) });
  }
  fs.rmSync(to, { recursive: true, force: true });
  fs.mkdirSync(to, { recursive: true });
  const written = pages.map((page) => [`${page.name}.html`, notebookPage(page, { pages, site: title, files })]);
  written.push(['index.html', indexPage(pages, { site: title, subtitle })]);
  return written.map(([file, html]) => {
    const asked = requests(html);
    if (asked.length) throw new Error(`${file} would ask others for something:\n${asked.join('\n')}`);
    fs.writeFileSync(path.join(to, file), html);
    return { file, bytes: Buffer.byteLength(html) };
  });
}

function exported(folder, name, student) {
  const args = [path.join(import.meta.dirname, 'site', 'export.py'), folder, notebooksFolder, name, ...(student ? ['--student'] : [])];
  return JSON.parse(execFileSync(python, args, { env: environment(), encoding: 'utf8', maxBuffer: 2 ** 29, stdio: ['ignore', 'pipe', 'inherit'] }));
}

async function main() {
  const values = given(options);
  if (!values) return 2;
  if (values.help) {
    console.log(help);
    return 0;
  }
  const names = chosen(values.only ? values.only.split(',').map((word) => word.trim()) : []);
  if (typeof names === 'string') {
    console.error(names);
    return 2;
  }
  await setupOrExit();
  if (!values['no-execute']) {
    const code = await execute(names);
    if (code) return code;
  }
  for (const { file, bytes } of await site(names, values)) console.log(`${file.padEnd(32)} ${(bytes / 1e6).toFixed(1).padStart(6)} MB`);
  console.log(pathToFileURL(path.join(values.to, 'index.html')).href);
  return 0;
}

if (isMain(import.meta.filename)) process.exitCode = await main();
