import { existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { check, type ExerciseName, type Given } from '../../src/exercises';
import { decode } from '../../src/image/canvas';
import { writeNotebook } from './jupyterLab';
import { noPython, type NotebookOutput, python, runNotebook } from './kernel';
import { cellsOf, kernelFile, notebooksFolder, type NotebookCell, solutionCode, tagged } from './notebook';

/** A wrong answer that somebody might give, what goes with it, and what the hint must speak of. */
export type Mistake = [answer: unknown, hint: RegExp, given?: Given];

// VGG16's weights cannot be had everywhere: with random ones its code is checked, not its pictures.
const models: Record<string, NodeJS.ProcessEnv> = {
  'efficientnet-lite0': {},
  'vgg-tiny': { CONVLENS_MODEL: 'vgg-tiny' },
  'vgg16 with random weights': { CONVLENS_MODEL: 'vgg16', CONVLENS_WEIGHTS: 'random' },
};
const secondsAllowed = 90;

/** The tests of one notebook, to be run: its exercises know mistakes when they see them, and it runs on every model, solved. */
export function notebookTests(name: string, mistakes: Record<number, readonly Mistake[]>): ReturnType<typeof suite> {
  const tests = suite(name);
  const cells = cellsOf(name);
  const code = cells.filter(({ cell_type }) => cell_type === 'code');
  const number = name.slice(0, 2);

  for (const [exercise, wrong] of Object.entries(mistakes)) {
    tests(`exercise ${exercise} is open without an answer, and gives a hint for each of ${wrong.length} mistakes`, () => {
      const title = `${number}.${exercise}` as ExerciseName;
      assert.is(check(title, undefined).outcome, 'open');
      assert.ok(wrong.length >= 2, 'at least two mistakes');
      for (const [answer, hint, given] of wrong) {
        const verdict = check(title, answer, given);
        assert.is(verdict.outcome, 'not yet', `${title} takes ${String(answer)} for right`);
        assert.match(verdict.words, hint);
      }
    });
  }

  tests('every exercise of the notebook has planted mistakes', () => {
    const asked = [...cells.map(({ source }) => source).join('\n').matchAll(/check\('(\d\d)\.(\d+)'/g)];
    assert.equal(asked.filter(([, notebook]) => notebook !== number), []);
    assert.equal([...new Set(asked.map(([, , exercise]) => exercise))].sort(), Object.keys(mistakes).sort());
  });

  if (!python()) {
    console.log(`skipped: ${name} in the kernel: ${noPython}`);
    tests.skip(noPython);
    return tests;
  }

  for (const [model, env] of Object.entries(models)) {
    tests(`runs on ${model} with its solutions, which are right`, async () => {
      const plan = solved(cells);
      const start = performance.now();
      const run = await runSolved(plan, env);
      const seconds = (performance.now() - start) / 1000;
      console.log(`${name} on ${model}: ${seconds.toFixed(1)} s`);
      assert.is(run.error?.text, undefined);
      assert.equal(run.cells.map((cell) => cell.execution_count), run.cells.map((_, at) => at + 1));
      const outputs = run.cells.flatMap((cell) => cell.outputs);
      assert.equal(outputs.filter((output) => output.name === 'stderr').map(({ text }) => text), []);
      for (const output of outputs) {
        // What an open exercise says is no slip.
        assert.not.match(wordsOf(output).replaceAll('in the place of undefined', ''), /\bNaN\b|\bundefined\b|\[object /, `${wordsOf(output).slice(0, 300)}`);
        if (output.data?.['image/png']) await isSeen(output);
      }
      assert.ok(outputs.some(({ data }) => data?.['image/png']), 'no picture');
      for (const [at, { solution }] of plan.entries()) {
        if (!solution) continue;
        const verdicts = run.cells[at].outputs.map(wordsOf).join('').replace(/\x1b\[[\d;]*m/g, '');
        assert.match(verdicts, /✓ right/, `solution ${solution}: ${verdicts}`);
      }
      assert.ok(seconds < secondsAllowed, `${seconds.toFixed(0)} s, more than ${secondsAllowed}`);
      if (!env.CONVLENS_MODEL) compareSaved(code, run.cells.filter((_, at) => !plan[at].solution));
    });
  }
  return tests;
}

interface Planned {
  source: string;
  /** The exercise that it solves. */
  solution?: string;
}

/** The code cells, and after each exercise its solution. */
function solved(cells: readonly NotebookCell[]): Planned[] {
  return cells.flatMap((cell): Planned[] => {
    if (cell.cell_type === 'code') return [{ source: cell.source }];
    if (!tagged(cell, 'solution')) return [];
    const source = solutionCode(cell);
    const exercise = /check\('(\d\d\.\d+)'/.exec(source)?.[1];
    assert.ok(exercise, `a solution checks nothing: ${cell.source.slice(0, 80)}`);
    return [{ source, solution: exercise }];
  });
}

async function runSolved(plan: readonly Planned[], env: NodeJS.ProcessEnv) {
  const folder = path.join(notebooksFolder, '..', 'out', 'test', `solved-${process.pid}`);
  assert.ok(existsSync(kernelFile), 'dist/ is missing: npm run build');
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'solved.ipynb');
  writeNotebook(file, plan.map(({ source }) => ({ source, execution_count: null, outputs: [] })));
  try {
    return await runNotebook(kernelFile, file, notebooksFolder, env);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What an output says in words: what was printed, or the caption and the alt text. */
function wordsOf({ text, data }: NotebookOutput): string {
  const alt = [data?.['text/html'] ?? ''].flat().join('').match(/alt="[^"]*"/g) ?? [];
  return [text ?? '', data?.['text/plain'] ?? '', ...alt].flat().join(' ');
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

/** The outputs in the file come from the code beside them: the same pictures with the same captions, but for what differs from run to run in their numbers. */
function compareSaved(saved: readonly NotebookCell[], run: readonly { outputs: unknown[] }[]): void {
  const shapes = (outputs: NotebookCell['outputs']): object[] => outputs.filter((output) => !isBar(output)).map(shapeOf);
  for (const [at, cell] of saved.entries()) assert.equal(shapes(cell.outputs), shapes(run[at].outputs as NotebookCell['outputs']), `outputs of cell ${cell.id} are not those that its code gives: npm start -- --execute --save`);
}

/** What a progress bar leaves behind, `occlusion: 169 windows in 1.2 s`: there is none where the work was short. */
const isBar = ({ data }: NotebookCell['outputs'][number]): boolean => !!data && !data['image/png'] && /^[^\n:]+: [\d.,]+ \S+ in [^\n]+$/.test([data['text/plain'] ?? ''].flat().join(''));

function shapeOf({ output_type, name, text, data, metadata }: NotebookCell['outputs'][number]): object {
  const words = [text ?? data?.['text/plain'] ?? ''].flat().join('').trim().replace(/[-−]?\d[\d.,e+-]*/g, '#').replace(/ +/g, ' ');
  return { output_type, name, words, types: Object.keys(data ?? {}).sort(), size: metadata?.['image/png'] };
}
