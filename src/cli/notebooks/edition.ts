import { type Cell, lines, type Notebook, sourceOf, withSource } from './ipynb';

/** For whom a copy of the notebooks is. */
export interface Edition {
  /** `'reader'`: as they are. `'student'`: no solutions, no outputs. `'teacher'`: all, and the notes for teachers. */
  reader: 'reader' | 'student' | 'teacher';
  /** The preset that the notebooks load in place of the default. */
  model?: string;
}

/** The notebook as that reader gets it. Notes for teachers leave the metadata in any case: there they are easily overlooked, and easily found. */
export function edited(notebook: Notebook, { reader, model }: Edition): Notebook {
  const cells = notebook.cells.flatMap((cell) => {
    const { convlens: { teacher: note, ...others } = {}, ...rest } = cell.metadata;
    if (reader === 'student' && rest.tags?.includes('solution')) return [];
    const metadata = Object.keys(others).length ? { ...rest, convlens: others } : rest;
    const bare = reader === 'student' || model !== undefined ? withoutOutputs({ ...cell, metadata }) : { ...cell, metadata };
    const own = model === undefined ? bare : withModel(bare, model);
    return note && reader === 'teacher' ? [own, noteCell(note, cell.id)] : [own];
  });
  return { ...notebook, cells };
}

/** The line of a notebook that loads its network. */
const loads = /\bcl\.loadModel\(\)/g;

export const loadsDefault = ({ cells }: Notebook): boolean => cells.some((cell) => cell.cell_type === 'code' && sourceOf(cell).search(loads) >= 0);

const withModel = (cell: Cell, model: string): Cell => (cell.cell_type === 'code' ? withSource(cell, sourceOf(cell).replace(loads, `cl.loadModel('${model}')`)) : cell);

const withoutOutputs = (cell: Cell): Cell => (cell.cell_type === 'code' ? { ...cell, outputs: [], execution_count: null } : cell);

/** A quotation, which JupyterLab sets apart by a bar at its left in the light and in the dark. */
function noteCell(note: string, id: string): Cell {
  const text = `**For the teacher.** ${note.trim()}`.replace(/^/gm, '> ').replace(/ +$/gm, '');
  // nbformat allows an id 64 characters.
  return { cell_type: 'markdown', id: `${id.slice(0, 56)}-teacher`, metadata: { tags: ['teacher'] }, source: lines(text) };
}
