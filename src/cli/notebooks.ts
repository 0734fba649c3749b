import { existsSync } from 'node:fs';
import path from 'node:path';
import { hint, shown } from '../check';
import { chosenNames, type CourseFile, courseFiles, courseNames, teaching } from './notebooks/course';
import type { Edition } from './notebooks/edition';
import { readNotebook, sourceOf } from './notebooks/ipynb';
import { localLinks } from './notebooks/links';
import { checkRoom, megabytes, placeFiles } from './notebooks/placeFiles';
import { quoted } from './quoted';
import { type Command, typed, UsageError } from './words';

const options = {
  only: { type: 'string', multiple: true },
  student: { type: 'boolean' },
  teacher: { type: 'boolean' },
  model: { type: 'string' },
  force: { type: 'boolean' },
} as const;

/** Copies the course out of the package. */
export const notebooks: Command = {
  summary: 'copies the course into a folder, for students or for teachers',
  get help() {
    return `npx convlens notebooks FOLDER [--only LIST] [--student | --teacher] [--model NAME] [--force]
  FOLDER          where the notebooks go; made when it is not there
  --only 04,07    only these: numbers, names or their beginnings
  --student       without solutions and outputs
  --teacher       with solutions, outputs and notes for teachers, and ${teaching}
  --model NAME    loads that network in place of the default, and leaves out outputs; vgg-tiny needs no download
  --force         overwrites; otherwise nothing is written when one of the files is there
  Otherwise solutions are folded away and outputs kept.

  ${courseNames().join('\n  ')}`;
  },
  async run(words) {
    const { values, words: [folder] } = typed('notebooks', words, options, 1);
    if (values.student && values.teacher) throw new UsageError('--student and --teacher are two copies: give one, then the other with another folder');
    if (folder === undefined) throw new UsageError('convlens notebooks needs a folder: npx convlens notebooks course');
    const edition: Edition = { reader: values.student ? 'student' : values.teacher ? 'teacher' : 'reader', model: values.model === undefined ? undefined : preset(values.model) };
    const names = chosenNames(values.only);
    const files = courseFiles(names, edition);
    const replaced = checkRoom(folder, files.map(({ name }) => name), values.force ?? false);
    placeFiles(folder, files);
    tell(folder, names, files, replaced.length, edition);
    return 0;
  },
};

function preset(name: string): string {
  // Loaded here, because it loads TensorFlow.js.
  const { presetNames } = require('../model/presets') as typeof import('../model/presets');
  if ((presetNames as readonly string[]).includes(name)) return name;
  throw new UsageError(`no model ${shown(name)}${hint(name, presetNames)}`);
}

function tell(folder: string, names: readonly string[], files: readonly CourseFile[], replaced: number, { reader, model }: Edition): void {
  const size = files.reduce((sum, { data }) => sum + data.length, 0);
  const outputs = reader === 'student' || model !== undefined ? 'without outputs' : 'outputs kept';
  const solutions = { reader: 'solutions folded', student: 'without solutions', teacher: 'with solutions and notes for teachers' }[reader];
  const guide = files.some(({ name }) => name === teaching) ? ` and ${teaching}` : '';
  const how = [solutions, outputs, ...(model === undefined ? [] : [`on ${model}`])].join(', ');
  console.log(`${names.length === 1 ? names[0] : `${names.length} notebooks`}${guide} in ${folder} (${megabytes(size)}): ${how}${replaced ? `; ${replaced === 1 ? 'one file' : `${replaced} files`} overwritten` : ''}`);
  const gone = missingLinks(folder, files);
  const same = [...(reader === 'reader' ? [] : [`--${reader}`]), ...(model === undefined ? [] : [`--model ${model}`])].map((word) => ` ${word}`).join('');
  if (gone.length) console.log(`links lead to ${gone.join(', ')}, not copied: npx convlens notebooks ${quoted(folder)} --only ${gone.map((name) => name.split('-')[0]).join(',')}${same}`);
  console.log(`next: npx convlens lab ${quoted(folder)}`);
}

/** The notebooks that the copied ones link to and that are not in the folder. */
function missingLinks(folder: string, files: readonly CourseFile[]): string[] {
  const cells = files.filter(({ name }) => name.endsWith('.ipynb')).flatMap(({ data }) => readNotebook(data.toString()).cells);
  const linked = cells.filter(({ cell_type }) => cell_type === 'markdown').flatMap((cell) => localLinks(sourceOf(cell)));
  return [...new Set(linked)].filter((name) => name.endsWith('.ipynb') && !existsSync(path.join(folder, name))).map((name) => name.slice(0, -'.ipynb'.length)).sort();
}
