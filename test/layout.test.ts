import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

// Data flow from left to right; what a file needs at run time lies in its own column or to the left of it.
const columns = ['ground', 'kernels', 'download', 'image', 'scenes', 'model', 'attribution', 'features', 'metrics', 'training', 'figure', 'widgets', 'page', 'kernel', 'display', 'doctor', 'exercises', 'cli'];
const ground = ['show', 'check', 'progress', 'progressReporter', 'progressText', 'longWork', 'interrupt', 'backend', 'draw', 'packageRoot', 'escapeXml', 'globalSlot', 'inKernel', 'json', 'quantileSorted', 'writeInto'];
const display = ['display', 'echo'];
const outermost = ['doctor', 'index'];
const root = path.resolve(__dirname, '..');

const files = (folder: string): string[] =>
  readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));

const sources = [...files('src'), ...files('widgets')];

function columnOf(file: string): string {
  const parts = file.replace(/\.ts$/, '').split(path.sep);
  // What runs in a page only.
  if (parts[0] === 'widgets') return parts[1] === 'page' || parts.at(-1) === 'page' ? 'page' : 'widgets';
  if (parts.length > 2) return parts[1];
  if (ground.includes(parts[1])) return 'ground';
  if (display.includes(parts[1])) return 'display';
  if (outermost.includes(parts[1])) return 'doctor';
  throw new Error(`${file} stands in no column: add it to test/layout.test.ts`);
}

/** Run-time imports of a file; types vanish when it is compiled. */
function imports(file: string): string[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  return [...text.matchAll(/^(?:import|export)\s+(?!type\b)(?:[^'";]*?from\s+)?'([^']+)'/gm)].map((match) => match[1]);
}

for (const file of sources) {
  test(`${file} imports from the left only`, () => {
    const own = columns.indexOf(columnOf(file));
    assert.ok(own >= 0, `${columnOf(file)} is no column`);
    for (const name of imports(file).filter((each) => each.startsWith('.'))) {
      const target = path.join(path.dirname(file), name);
      const other = columns.indexOf(columnOf(`${target}.ts`));
      assert.ok(other <= own, `${file} imports ${name}: ${columnOf(`${target}.ts`)} lies to the right of ${columnOf(file)}`);
    }
  });
}

const importers = (pattern: RegExp): string[] => sources.filter((file) => imports(file).some((name) => pattern.test(name)) || pattern.test(requires(file)));
const requires = (file: string): string => [...readFileSync(path.join(root, file), 'utf8').matchAll(/(?:load|require)\('([^']+)'\)/g)].map((match) => match[1]).join(' ');

test('each outside thing stands behind one file', () => {
  assert.equal(importers(/^canvas$/), [path.join('src', 'image', 'canvas.ts')]);
  assert.equal(importers(/tfjs-node|tfjs-backend/), [path.join('src', 'backend.ts')]);
});

test('every test file ends by running its tests', () => {
  const forgetful = files('test').filter((file) => file.endsWith('.test.ts') && !/\.run\(\);?\s*$/m.test(readFileSync(path.join(root, file), 'utf8')));
  assert.equal(forgetful, []);
});

test.run();
