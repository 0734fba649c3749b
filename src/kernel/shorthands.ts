/** The parts of TypeScript, tslab's own copy, with which a cell is read. */
export interface TypeScript {
  createSourceFile(name: string, text: string, target: number, setParentNodes: boolean): SyntaxNode;
  forEachChild(node: SyntaxNode, visit: (child: SyntaxNode) => void): void;
  isShorthandPropertyAssignment(node: SyntaxNode): boolean;
  ScriptTarget: { Latest: number };
}

export interface SyntaxNode {
  readonly name?: SyntaxNode;
  readonly end: number;
  getText(): string;
}

/** A cell with its shorthands spelled out. */
export interface Spelled {
  text: string;
  /** The column, in the cell as it was written, of a place in the text; both from 1. */
  column(line: number, column: number): number;
}

/**
 * A cell with `{ a: a }` for each `{ a }`. tslab leads a name to the variable of an earlier cell, but not in a shorthand, where it then "is not defined".
 * No line is moved.
 */
export function spelledOut(source: string, ts: TypeScript): Spelled {
  const names: { end: number; name: string }[] = [];
  const visit = (node: SyntaxNode): void => {
    if (ts.isShorthandPropertyAssignment(node) && node.name) names.push({ end: node.name.end, name: node.name.getText() });
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('cell.ts', source, ts.ScriptTarget.Latest, true));
  let text = '';
  let from = 0;
  const added: { line: number; column: number; length: number }[] = [];
  for (const { end, name } of names) {
    text += source.slice(from, end);
    const start = text.lastIndexOf('\n') + 1;
    added.push({ line: text.split('\n').length, column: text.length - start + 1, length: name.length + 2 });
    text += `: ${name}`;
    from = end;
  }
  text += source.slice(from);
  return {
    text,
    column: (line, column) => {
      const before = added.filter((each) => each.line === line && each.column <= column);
      // Within what was added there is only the name, again.
      return before.reduce((moved, each) => moved - Math.min(each.length, column - each.column), column);
    },
  };
}
