import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { chosenNames } from '../../src/cli/notebooks/course';
import { edited } from '../../src/cli/notebooks/edition';
import { type Cell, type Notebook, readNotebook, sourceOf } from '../../src/cli/notebooks/ipynb';
import { localLinks, relinked } from '../../src/cli/notebooks/links';
import { commandLine, root } from '../helpers/commandLine';
import { python } from '../helpers/kernel';

const { folder, convlens } = commandLine('notebooks');
const originals = path.join(root, 'notebooks');
const names = readdirSync(originals).filter((name) => name.endsWith('.ipynb')).sort();
const at = (...parts: string[]): string => path.join(folder, ...parts);
const cellsIn = (file: string): Cell[] => readNotebook(readFileSync(file, 'utf8')).cells;
const copy = suite('npx convlens notebooks');

copy('copies all of the course, as Jupyter would write it, and says what to type next', () => {
  const { status, out } = convlens('notebooks', 'course');
  assert.is(status, 0);
  assert.match(out, new RegExp(`^${names.length} notebooks in course \\(.* [kM]B\\): solutions folded, outputs kept\\nnext: npx convlens lab course$`));
  assert.equal(readdirSync(at('course')).filter((name) => name.endsWith('.ipynb')).sort(), names);
  for (const name of names) {
    const copied = readNotebook(readFileSync(at('course', name), 'utf8'));
    const original = readNotebook(readFileSync(path.join(originals, name), 'utf8'));
    assert.equal([copied.nbformat, copied.metadata, copied.cells.length], [original.nbformat, original.metadata, original.cells.length], name);
    for (const [i, cell] of copied.cells.entries()) if (cell.cell_type === 'code') assert.equal(cell, { ...original.cells[i], metadata: cell.metadata }, `${name}, cell ${i + 1}`);
    assert.not.ok(copied.cells.some(({ metadata }) => metadata.convlens?.teacher), `${name} shows its notes to whoever looks into the metadata`);
  }
});

copy('gives students neither solutions nor outputs, and teachers the notes', () => {
  convlens('notebooks', 'students', '--student');
  convlens('notebooks', 'teachers', '--teacher');
  for (const name of names) {
    const original = cellsIn(path.join(originals, name));
    const solutions = original.filter(({ metadata }) => metadata.tags?.includes('solution')).length;
    const notes = original.filter(({ metadata }) => metadata.convlens?.teacher).length;
    const students = cellsIn(at('students', name));
    assert.is(students.length, original.length - solutions, name);
    assert.ok(students.every((cell) => cell.cell_type !== 'code' || (cell.outputs?.length === 0 && cell.execution_count === null)), name);
    const teachers = cellsIn(at('teachers', name));
    assert.is(teachers.length, original.length + notes, name);
    assert.is(teachers.filter((cell) => sourceOf(cell).startsWith('> **For the teacher.** ')).length, notes, name);
    assert.is(new Set(teachers.map(({ id }) => id)).size, teachers.length, 'each cell has an id of its own');
  }
  assert.is(existsSync(at('teachers', 'TEACHING.md')), existsSync(path.join(root, 'TEACHING.md')));
  assert.not.ok(existsSync(at('students', 'TEACHING.md')));
});

copy('every link in a copy leads to a file of the copy', () => {
  for (const edition of ['course', 'students', 'teachers']) {
    for (const name of readdirSync(at(edition)).filter((each) => /\.(ipynb|md)$/.test(each))) {
      const texts = name.endsWith('.md') ? [readFileSync(at(edition, name), 'utf8')] : cellsIn(at(edition, name)).filter((cell) => cell.cell_type === 'markdown').map(sourceOf);
      for (const link of texts.flatMap(localLinks)) assert.ok(existsSync(at(edition, link)), `${edition}/${name} links to ${link}`);
    }
  }
});

copy('every copy is valid nbformat', () => {
  const interpreter = python();
  if (!interpreter) return console.log('not tried: no .venv with nbformat');
  const check = 'import sys, nbformat\nfor name in sys.argv[1:]: nbformat.validate(nbformat.read(name, as_version=nbformat.NO_CONVERT))';
  const files = ['course', 'students', 'teachers'].flatMap((edition) => names.map((name) => at(edition, name)));
  const { status, stderr } = spawnSync(interpreter, ['-c', check, ...files], { encoding: 'utf8' });
  assert.is(status, 0, stderr);
  assert.is(stderr, '');
});

copy('writes nothing where one of the files is there, and all with --force', () => {
  const mine = at('kept', names.at(-1)!);
  mkdirSync(at('kept'));
  writeFileSync(mine, 'my work');
  const { status, err } = convlens('notebooks', 'kept');
  assert.is(status, 1);
  assert.is(err, `already in kept: ${names.at(-1)}; nothing was written; name another folder, or --force overwrites them`);
  assert.equal(readdirSync(at('kept')), [names.at(-1)]);
  assert.is(readFileSync(mine, 'utf8'), 'my work');
  assert.match(convlens('notebooks', 'kept', '--force').out, /; one file overwritten$/m);
  assert.is(readFileSync(mine, 'utf8'), readFileSync(at('course', names.at(-1)!), 'utf8'));
});

copy('never writes over the originals, a file or a folder', () => {
  assert.match(convlens('notebooks', originals, '--student', '--force').err, /holds the originals/);
  writeFileSync(at('file'), '');
  assert.is(convlens('notebooks', 'file').err, 'file is a file: name a folder');
  mkdirSync(at('odd', names[0]), { recursive: true });
  assert.match(convlens('notebooks', 'odd', '--force').err, /is a folder, where a file of that name is to be written$/);
  assert.equal(readdirSync(at('odd')), [names[0]]);
  assert.match(convlens('notebooks', at('file', 'below')).err, /^cannot write to .* \(ENOTDIR\)$/);
});

copy('--only takes numbers, names and beginnings, and tells of links that lead out of the copy', () => {
  assert.is(convlens('notebooks', 'one', '--only', '0').status, 0);
  assert.equal(readdirSync(at('one')), ['00-start-here.ipynb']);
  const all = ['00-start-here', '03-activation-maximization', '07-grad-cam', '10-activation-atlas'];
  const chosen = (...words: string[]): string[] => chosenNames(words, all);
  assert.equal(chosen('7,00'), ['00-start-here', '07-grad-cam']);
  assert.equal(chosen('grad', '10-activation-atlas.ipynb'), ['07-grad-cam', '10-activation-atlas']);
  assert.equal(chosen('03-act', ' Activation-Atlas '), ['03-activation-maximization', '10-activation-atlas']);
  for (const [words, said] of [
    [['activation'], '--only "activation" is the beginning of 03-activation-maximization and 10-activation-atlas: give one'],
    [['grad-cma'], `no notebook "grad-cma"; did you mean "07-grad-cam"?; there are ${all.join(', ')}`],
    [['1'], `no notebook "1"; there are ${all.join(', ')}`],
    [[','], `--only needs a value; there are ${all.join(', ')}`],
  ] as const) {
    assert.throws(() => chosen(...words), (error: Error) => error.message === said || assert.is(error.message, said));
  }
  const { status, err } = convlens('notebooks', 'none', '--only', 'nothing');
  assert.is(status, 2);
  assert.match(err, /^no notebook "nothing".*; there are 00-start-here, /);
  assert.not.ok(existsSync(at('none')));
});

copy('--model changes the line that loads the network, and leaves out what another network put out', () => {
  const { out } = convlens('notebooks', 'tiny', '--only', '07', '--model', 'vgg-tiny');
  assert.match(out, /without outputs, on vgg-tiny/);
  const cells = cellsIn(at('tiny', '07-grad-cam.ipynb'));
  const code = cells.filter((cell) => cell.cell_type === 'code').map(sourceOf).join('\n');
  assert.match(code, /const model = await cl\.loadModel\('vgg-tiny'\);/);
  assert.not.match(code, /cl\.loadModel\(\)/);
  assert.ok(cells.every((cell) => !cell.outputs?.length));
});

copy('refuses what it does not know, in one line', () => {
  for (const [words, said] of [
    [[], 'convlens notebooks needs a folder: npx convlens notebooks course'],
    [['a', 'b'], 'too many words for convlens notebooks: b; npx convlens notebooks --help'],
    [['a', '--student', '--teacher'], '--student and --teacher are two copies: give one, then the other with another folder'],
    [['a', '--model', 'vgg_tiny'], 'no model "vgg_tiny"; did you mean "vgg-tiny"?'],
    [['a', '--sudent'], 'convlens notebooks has no option "--sudent"; did you mean "--student"?'],
    [['a', '--only'], '--only needs a value; npx convlens notebooks --help'],
    [['a', '--only', '--force'], '--only needs a value; npx convlens notebooks --help'],
    [['a', '--force=yes'], '--force takes no value, got "yes"'],
  ] as const) {
    const { status, err, out } = convlens('notebooks', ...words);
    assert.equal([err, status, out], [said, 2, ''], words.join(' '));
  }
  assert.not.ok(existsSync(at('a')));
});

copy('an edition: notes become quotations, solutions and outputs go, what else is in the metadata stays', () => {
  const code = (source: string, metadata: object): Cell => ({ cell_type: 'code', id: 'a'.repeat(64), source, metadata, outputs: [{}], execution_count: 3 });
  const text = (source: string, metadata: object): Cell => ({ cell_type: 'markdown', id: source, source, metadata });
  const notebook = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: {} },
    cells: [code('await cl.loadModel()  // x', { tags: ['exercise'], convlens: { teacher: 'Pause.\n\n- ask\n' } }), text('why', { tags: ['solution'], collapsed: true })],
  } as Notebook;
  const [own, note, solution] = edited(notebook, { reader: 'teacher' }).cells;
  assert.equal(own, code('await cl.loadModel()  // x', { tags: ['exercise'] }));
  assert.equal(note, { cell_type: 'markdown', id: `${'a'.repeat(56)}-teacher`, metadata: { tags: ['teacher'] }, source: ['> **For the teacher.** Pause.\n', '>\n', '> - ask'] });
  assert.equal(solution, text('why', { tags: ['solution'], collapsed: true }));
  assert.equal(edited(notebook, { reader: 'student' }).cells, [{ ...own, outputs: [], execution_count: null }]);
  assert.is(sourceOf(edited(notebook, { reader: 'reader', model: 'vgg16' }).cells[0]), "await cl.loadModel('vgg16')  // x");
});

copy('links to files that are not copied become plain text, and nothing else is touched', () => {
  const place = (file: string): string | undefined => ({ 'notebooks/05 x.ipynb': '05 x.ipynb', 'notebooks/images/a.png': 'images/a.png', 'TEACHING.md': undefined })[file];
  const changed = (text: string): string => relinked(text, 'notebooks/04.ipynb', place);
  assert.is(changed('see [README](../README.md#a), [the [next] one](05%20x.ipynb#b "t") and ![alt](images/a.png)'), 'see README, [the [next] one](05%20x.ipynb#b "t") and ![alt](images/a.png)');
  for (const text of ['[a](https://x.org/y.md)', '[a](#there)', '[a](mailto:x@y)', '`f[0](x)`', '```ts\nf[0](x)\n```', '$f[0](x)$ $$\na[0](b)\n$$', 'f[0] (x)', '- [ ] task']) assert.is(changed(text), text);
  assert.is(relinked('[4](notebooks/images/a.png)', 'TEACHING.md', place), '[4](images/a.png)');
});

copy.after(() => rmSync(folder, { recursive: true, force: true }));
copy.run();
