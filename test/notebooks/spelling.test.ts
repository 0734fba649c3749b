import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cellsOf, notebookNames } from '../helpers/notebook';

const spelling = suite('spelling');
const root = path.resolve(__dirname, '..', '..');
const folder = path.join(root, 'out', 'test', `spelling-${process.pid}`);
const cspell = path.join(root, 'node_modules', 'cspell', 'bin.mjs');

spelling.before(() => {
  mkdirSync(folder, { recursive: true });
  for (const name of notebookNames) {
    const texts = cellsOf(name).flatMap(({ cell_type, source, metadata }) => [cell_type === 'markdown' ? source : '', metadata.convlens?.teacher ?? '']);
    writeFileSync(path.join(folder, `${name}.md`), texts.filter(Boolean).join('\n\n'));
  }
});
spelling.after(() => rmSync(folder, { recursive: true, force: true }));

/** The words of files that cspell does not know, with where they stand. */
function unknown(files: string[]): string[] {
  const { stdout, stderr } = spawnSync(process.execPath, [cspell, 'lint', '--no-progress', '--no-summary', '--no-color', '--no-gitignore', '--config', path.join(root, 'cspell.json'), ...files], { cwd: root, encoding: 'utf8' });
  return (stdout + stderr).split('\n').filter(Boolean).map((line) => line.replace(`${root}${path.sep}`, ''));
}

spelling('a word that is no word is found', () => {
  const file = path.join(folder, 'wrong.md');
  writeFileSync(file, 'A convolutoinal network.\n');
  assert.match(unknown([file]).join(), /Unknown word \(convolutoinal/);
  rmSync(file);
});

spelling('the notebooks', () => {
  assert.equal(unknown([path.join(folder, '*.md')]), []);
});

spelling('the texts beside them', () => {
  const hints = readdirSync(path.join(root, 'src', 'exercises', 'notebooks')).map((name) => path.join(root, 'src', 'exercises', 'notebooks', name));
  assert.equal(unknown([...['README.md', 'TEACHING.md'].map((name) => path.join(root, name)), ...hints]), []);
});

spelling('the list of known words holds none twice, in order', () => {
  const { words } = JSON.parse(readFileSync(path.join(root, 'cspell.json'), 'utf8')) as { words: string[] };
  assert.equal(words, [...new Set(words)].sort((a, b) => a.localeCompare(b, 'en')));
});

spelling.run();
