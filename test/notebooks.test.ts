import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { decode } from '../src/image/canvas';
import { noPython, type NotebookOutput, python, runNotebook, skipAll } from './helpers/kernel';

const notebooks = suite('notebooks');
const root = path.resolve(__dirname, '..');
const kernel = path.join(root, 'dist', 'kernel.js');
const folder = path.join(root, 'notebooks');
const files = readdirSync(folder).filter((name) => name.endsWith('.ipynb')).sort();

notebooks('there are notebooks, and the package they import is built', () => {
  assert.ok(files.includes('00-start-here.ipynb'));
  assert.ok(existsSync(kernel), 'dist/ is missing: npm run build');
});

for (const file of files) {
  notebooks(`${file} runs in the kernel, prints no complaint, and its pictures are not blank`, async () => {
    const run = await runNotebook(kernel, path.join(folder, file));
    assert.is(run.error?.text, undefined);
    assert.equal(run.cells.map((cell) => cell.execution_count), run.cells.map((_, index) => index + 1));
    const outputs = run.cells.flatMap((cell) => cell.outputs);
    assert.equal(outputs.filter(({ name }) => name === 'stderr').map(({ text }) => text), []);
    const pictures = outputs.filter(({ data }) => data?.['image/png']);
    assert.ok(pictures.length > 0, 'no picture');
    for (const picture of pictures) await isSeen(picture);
  });
}

async function isSeen({ data = {} }: NotebookOutput): Promise<void> {
  const what = data['text/plain'];
  assert.match(data['text/html'], /<img [^>]*alt="[^"]{10,}"/, `alt text of ${what}`);
  const { width, height, data: pixels } = await decode(Buffer.from(data['image/png'], 'base64'));
  assert.ok(width > 40 && height > 40, `${what}: ${width} x ${height}`);
  assert.ok(deviation(pixels) > 5, `blank: ${what}`);
}

/** Of the colours, 0..255; opacity does not count. */
function deviation(pixels: Uint8ClampedArray): number {
  const values = pixels.filter((_, index) => index % 4 !== 3);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

if (python()) notebooks.run();
else skipAll('notebooks', noPython);
