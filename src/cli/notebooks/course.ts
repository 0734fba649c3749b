import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { nearest, shown } from '../../check';
import { packageRoot } from '../../packageRoot';
import { UsageError } from '../words';
import { edited, type Edition, loadsDefault } from './edition';
import { notebookText, readNotebook, sourceOf, withSource } from './ipynb';
import { relinked } from './links';

/** A file to be written into a folder. */
export interface CourseFile {
  /** Its place in the folder, with `/`. */
  name: string;
  data: Buffer;
}

export const courseFolder = path.join(packageRoot, 'notebooks');
export const teaching = 'TEACHING.md';

/** The notebooks of the course, without `.ipynb`, in order. */
export function courseNames(): string[] {
  const names = existsSync(courseFolder) ? readdirSync(courseFolder).filter((name) => name.endsWith('.ipynb')) : [];
  if (!names.length) throw new Error(`convlens is not whole: no notebooks in ${courseFolder}; install it again`);
  return names.map((name) => name.slice(0, -'.ipynb'.length)).sort();
}

/** The notebooks behind numbers (`4`, `04`), names (`grad-cam`) or their beginnings; all when none is given. */
export function chosenNames(given: readonly string[] | undefined, all = courseNames()): string[] {
  if (!given) return all;
  const wanted = given.flatMap((list) => list.split(',')).map((word) => word.trim()).filter(Boolean);
  if (!wanted.length) throw new UsageError(`--only needs a value; there are ${all.join(', ')}`);
  const chosen = new Set(wanted.map((word) => oneName(word, all)));
  return all.filter((name) => chosen.has(name));
}

function oneName(word: string, all: readonly string[]): string {
  const name = path.basename(word, '.ipynb').toLowerCase();
  const title = (full: string): string => full.replace(/^\d+-/, '');
  const exact = all.filter((full) => full === name || title(full) === name || (/^\d+$/.test(name) && parseInt(full, 10) === Number(name)));
  const found = exact.length ? exact : all.filter((full) => /\D/.test(name) && (full.startsWith(name) || title(full).startsWith(name)));
  if (found.length === 1) return found[0];
  if (found.length) throw new UsageError(`--only ${shown(word)} is the beginning of ${found.join(' and ')}: give one`);
  const near = nearest(name, all.map(title));
  throw new UsageError(`no notebook ${shown(word)}${near ? `; did you mean ${shown(all.find((full) => title(full) === near))}?` : ''}; there are ${all.join(', ')}`);
}

/** The files of a copy of the course: notebooks, the pictures that they show, and for a teacher TEACHING.md. */
export function courseFiles(names: readonly string[], edition: Edition): CourseFile[] {
  const notebooks = names.map((name) => ({ name, notebook: readNotebook(readFileSync(path.join(courseFolder, `${name}.ipynb`), 'utf8')) }));
  if (edition.model !== undefined) {
    const fixed = notebooks.filter(({ notebook }) => !loadsDefault(notebook)).map(({ name }) => name);
    if (fixed.length) console.log(`--model changes nothing in ${fixed.join(', ')}: no cell has cl.loadModel()`);
  }
  const guide = path.join(packageRoot, teaching);
  const forTeachers = edition.reader === 'teacher' && existsSync(guide);
  /** Where a file of the package lies in the copy. */
  const place = (file: string): string | undefined => {
    if (file === teaching) return forTeachers ? file : undefined;
    return file.startsWith('notebooks/') && existsSync(path.join(packageRoot, file)) ? file.slice('notebooks/'.length) : undefined;
  };
  const texts = notebooks.map(({ name, notebook }) => {
    const { cells, ...rest } = edited(notebook, edition);
    const linked = cells.map((cell) => (cell.cell_type === 'markdown' ? withSource(cell, relinked(sourceOf(cell), `notebooks/${name}.ipynb`, place)) : cell));
    return { name: `${name}.ipynb`, cells: linked, data: Buffer.from(notebookText({ cells: linked, ...rest })) };
  });
  const source = texts.flatMap(({ cells }) => cells.map(sourceOf)).join('\n');
  const files: CourseFile[] = texts.map(({ name, data }) => ({ name, data }));
  for (const name of besides().filter((file) => source.includes(file))) files.push({ name, data: readFileSync(path.join(courseFolder, name)) });
  if (forTeachers) files.push({ name: teaching, data: Buffer.from(relinked(readFileSync(guide, 'utf8'), teaching, place)) });
  return files;
}

/** What lies beside the notebooks: pictures, data. */
function besides(): string[] {
  return readdirSync(courseFolder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.ipynb$|^\./.test(entry.name) && !/[\\/]\./.test(entry.parentPath.slice(courseFolder.length)))
    .map((entry) => path.relative(courseFolder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
}
