import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { cellsOf, notebookNames, notebooksFolder, solutionCode, tagged } from '../helpers/notebook';

// How the notebooks are written: what a reader may count on in each.
const root = path.resolve(notebooksFolder, '..');

test('the course is whole, and in order', () => {
  assert.equal(notebookNames, [
    '00-start-here', '01-architecture', '02-filters', '03-activation-maximization', '04-occlusion', '05-saliency', '06-guided-backprop',
    '07-grad-cam', '08-layer-outputs', '09-compare', '10-activation-atlas', '11-inside-training', '12-your-own',
  ]);
});

for (const [at, name] of notebookNames.entries()) {
  const cells = cellsOf(name);
  const markdown = cells.filter(({ cell_type }) => cell_type === 'markdown');
  const code = cells.filter(({ cell_type }) => cell_type === 'code');
  const text = markdown.map(({ source }) => source).join('\n\n');

  test(`${name} opens with its question and what one will be able to do`, () => {
    assert.match(cells[0].source, /^# \S/);
    assert.match(cells[0].source, /You will be able to/);
  });

  test(`${name} closes with a summary and the way on`, () => {
    assert.match(text, /^## Summary$/m);
    const next = notebookNames[at + 1] ?? notebookNames[0];
    assert.ok(markdown.at(-1)!.source.includes(`(${next}.ipynb)`), `its last cell links to ${next}`);
  });

  test(`${name} has three exercises, each with its solution folded behind it`, () => {
    const exercises = cells.filter((cell) => tagged(cell, 'exercise'));
    assert.equal(exercises.map(({ source }) => /check\('([\d.]+)'/.exec(source)?.[1]), [1, 2, 3].map((number) => `${name.slice(0, 2)}.${number}`));
    for (const exercise of exercises) {
      const solution = cells[cells.indexOf(exercise) + 1];
      assert.ok(tagged(solution, 'solution'), `what follows ${exercise.id} is no solution`);
      assert.match(solution.source, /^<details>\s*<summary>[\s\S]*<\/details>\s*$/);
      assert.match(solutionCode(solution), /check\('/);
      assert.match(exercise.source, /undefined/, 'an exercise begins without an answer');
    }
    assert.is(cells.filter((cell) => tagged(cell, 'solution')).length, 3);
  });

  test(`${name} says where its ideas come from`, () => {
    assert.match(text, /\]\(https:\/\/(arxiv\.org\/abs|distill\.pub|doi\.org|www\.jmlr\.org|proceedings\.)/);
  });

  test(`${name} has notes for teachers`, () => {
    assert.ok(cells.filter(({ metadata }) => metadata.convlens?.teacher).length >= 2);
  });

  test(`${name} loads the model in one line that can be changed`, () => {
    assert.match(code.map(({ source }) => source).join('\n'), /^const model = await cl\.loadModel\(\);/m);
  });

  test(`${name} was run from top to bottom before it was saved`, () => {
    assert.equal(code.map((cell) => (cell as unknown as { execution_count: number }).execution_count), code.map((_, index) => index + 1));
    assert.equal(code.flatMap(({ outputs }) => outputs).filter((output) => output.output_type === 'error' || output.name === 'stderr'), []);
  });

  test(`${name} is light enough to be cloned and opened`, () => {
    assert.ok(statSync(path.join(notebooksFolder, `${name}.ipynb`)).size < 2e6);
    for (const cell of code) for (const output of cell.outputs) assert.ok(JSON.stringify(output).length < 6e5, `${cell.id}: ${JSON.stringify(output).length} bytes`);
  });

  test(`${name} tells its pictures to those who cannot see them`, () => {
    for (const [picture, alt] of text.matchAll(/!\[([^\]]*)\]\([^)]*\)/g)) assert.ok(alt.length > 10, picture);
    const shown = code.flatMap(({ outputs }) => outputs).map(({ data }) => [data?.['text/html'] ?? ''].flat().join(''));
    for (const [picture] of shown.join('').matchAll(/<img [^>]*>/g)) assert.match(picture, /alt="[^"]{10,}"/);
  });
}

/** The texts of the repo, as path and contents. */
function texts(): [string, string][] {
  const files = readdirSync(root).filter((name) => name.endsWith('.md'));
  const deeper = ['deploy', 'bench', 'test/reference'].flatMap((folder) => (existsSync(path.join(root, folder)) ? readdirSync(path.join(root, folder)).filter((name) => name.endsWith('.md')).map((name) => path.join(folder, name)) : []));
  const plain = [...files, ...deeper].map((file): [string, string] => [file, readFileSync(path.join(root, file), 'utf8')]);
  return [...plain, ...notebookNames.map((name): [string, string] => [path.join('notebooks', `${name}.ipynb`), cellsOf(name).filter(({ cell_type }) => cell_type === 'markdown').map(({ source }) => source).join('\n\n')])];
}

test('links between the texts resolve', () => {
  const broken = texts().flatMap(([file, text]) =>
    [...text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, target]) => target)
      .filter((target) => !/^(https?:|mailto:|data:)/.test(target))
      .filter((target) => !resolves(file, target))
      .map((target) => `${file}: ${target}`),
  );
  assert.equal(broken, []);
});

function resolves(file: string, target: string): boolean {
  const [to, anchor] = target.split('#');
  const full = to ? path.resolve(root, path.dirname(file), decodeURIComponent(to)) : path.join(root, file);
  if (!existsSync(full)) return false;
  if (!anchor || !full.endsWith('.md')) return true;
  return readFileSync(full, 'utf8').split('\n').some((line) => /^#+ /.test(line) && slug(line) === anchor);
}

/** GitHub's anchor of a heading. */
const slug = (heading: string): string => heading.replace(/^#+ /, '').toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replace(/ /g, '-');

test.run();
