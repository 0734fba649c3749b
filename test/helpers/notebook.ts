import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(__dirname, '..', '..');
export const notebooksFolder = path.join(root, 'notebooks');
export const kernelFile = path.join(root, 'dist', 'kernel.js');

/** One cell as it stands in the file. */
export interface NotebookCell {
  cell_type: 'code' | 'markdown' | 'raw';
  id: string;
  source: string;
  metadata: { tags?: string[]; convlens?: { teacher?: string } };
  outputs: NotebookCellOutput[];
}

/** What is kept of a cell's run. */
export interface NotebookCellOutput {
  output_type: string;
  name?: string;
  text?: string | string[];
  data?: Record<string, string | string[]>;
  metadata?: { 'image/png'?: { width: number; height: number } };
}

/** The cells of a notebook in notebooks/, by its name without ending. */
export function cellsOf(name: string): NotebookCell[] {
  const { cells } = JSON.parse(readFileSync(path.join(notebooksFolder, `${name}.ipynb`), 'utf8')) as { cells: (Omit<NotebookCell, 'source'> & { source: string | string[] })[] };
  return cells.map((cell) => ({ ...cell, source: [cell.source].flat().join(''), outputs: cell.outputs ?? [] }));
}

export const tagged = (cell: NotebookCell, tag: string): boolean => cell.metadata.tags?.includes(tag) ?? false;

/** The code of a solution, which is folded away in a text. */
export const solutionCode = ({ source }: NotebookCell): string => [...source.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code).join('\n');

/** The notebooks, in order, without ending. */
export const notebookNames = readdirSync(notebooksFolder).filter((name) => name.endsWith('.ipynb')).map((name) => path.basename(name, '.ipynb')).sort();
