import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { packageRoot } from './setup/places.mjs';
import { run } from './setup/run.mjs';
import { setupOrExit } from './setup.mjs';
import { results, summary } from './test/results.mjs';

const limit = 300; // seconds a file may take
const atOnce = 2;
const wanted = process.argv.slice(2);

if (wanted.includes('--help') || wanted.includes('-h')) {
  console.log('npm test                  sets everything up, checks the types, runs every test file under test/\nnpm test -- NAME ...      only the files whose path contains a NAME');
} else {
  await setupOrExit();
  process.exitCode = await runAll();
}

async function runAll() {
  const all = fs.readdirSync(path.join(packageRoot, 'test'), { recursive: true }).filter((name) => name.endsWith('.test.ts')).sort();
  const files = all.filter((name) => !wanted.length || wanted.some((word) => path.join('test', name).includes(path.normalize(word))));
  if (!files.length) console.log(`no test file matches ${wanted.join(' ')}; there are: ${all.map((name) => name.slice(0, -8)).join(', ')}`);
  const sum = { passed: 0, failed: files.length ? 0 : 1, skipped: 0 };
  const queue = [() => typeCheck('types (tsc --noEmit)', 'tsconfig.json'), () => typeCheck('types of the pages', 'widgets/tsconfig.json'), ...files.map((name) => () => testFile(name))];
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const one = await next();
      for (const key of Object.keys(sum)) sum[key] += one[key];
    }
  };
  if (files.length) await Promise.all(Array.from({ length: atOnce }, worker));
  console.log(`\n${summary(sum)}`);
  return sum.failed || !sum.passed ? 1 : 0;
}

async function testFile(name) {
  const start = performance.now();
  const done = await run(process.execPath, ['--import', 'tsx', path.join('test', name)], { cwd: packageRoot, limit, env: { NO_COLOR: '1', FORCE_COLOR: undefined } });
  const one = results(done);
  tell(one, name, start, `${summary(one)}${one.why && !/failed$/.test(one.why) ? ` (${one.why.split('\n')[0]})` : ''}`);
  if (one.failed) console.log(indented(done.text));
  return one;
}

async function typeCheck(name, project) {
  const start = performance.now();
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const done = await run(process.execPath, [tsc, '--noEmit', '--pretty', 'false', '-p', project], { cwd: packageRoot, limit });
  const one = { passed: 0, failed: done.ok ? 0 : 1, skipped: 0 };
  tell(one, name, start, done.ok ? 'ok' : 'failed');
  if (!done.ok) console.log(indented(done.text));
  return one;
}

function tell(one, name, start, text) {
  console.log(`${one.failed ? '✗' : '✓'} ${name.padEnd(44)} ${((performance.now() - start) / 1000).toFixed(1).padStart(5)} s  ${text}`);
}

function indented(text) {
  return text.trimEnd().replace(/^/gm, '    ');
}
