/** A notebook as nbformat 4 has it, as far as the command line looks at it. */
export interface Notebook {
  cells: Cell[];
  metadata: Record<string, unknown>;
  nbformat: number;
  nbformat_minor: number;
}

export interface Cell {
  cell_type: 'code' | 'markdown' | 'raw';
  id: string;
  metadata: { tags?: string[]; convlens?: { teacher?: string } };
  /** The text, or its lines with their ends. */
  source: string | string[];
  outputs?: object[];
  execution_count?: number | null;
}

export const readNotebook = (text: string): Notebook => JSON.parse(text) as Notebook;

/** As Jupyter itself writes them. */
export const notebookText = (notebook: Notebook): string => `${JSON.stringify(notebook, null, 1)}\n`;

export const sourceOf = ({ source }: Cell): string => [source].flat().join('');

/** The cell with another text; the same cell when the text is the same. */
export const withSource = <C extends Cell>(cell: C, text: string): C => (text === sourceOf(cell) ? cell : { ...cell, source: lines(text) });

export const lines = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+/g) ?? [];
