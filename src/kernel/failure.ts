import util from 'node:util';
import { withoutOverloads } from './overloads';
import { type Cells, tracebackOf } from './traceback';
import type { Failure } from './tslab';

/** What an error that a cell threw looks like in the notebook: name, message, and the frames that are the reader's own. */
export function failureOf(thrown: unknown, cells: Cells): Failure {
  if (!(thrown instanceof Error)) {
    const evalue = typeof thrown === 'string' ? thrown : util.inspect(thrown);
    return { ename: 'Thrown', evalue, traceback: [`Thrown: ${evalue}`] };
  }
  const interruption = interruptionOf(thrown);
  if (interruption) return { ename: 'Interrupted', evalue: interruption, traceback: [`Interrupted: ${interruption}`] };
  return { ename: thrown.name, evalue: thrown.message, traceback: tracebackOf(thrown, cells) };
}

/** What a type error looks like: each one with its line of the cell and a mark under the place. */
export function failureOfTypes(found: readonly Diagnostic[], source: string): Failure {
  const diagnostics = withoutOverloads(found).map((each) => ({ ...each, message: withAwait(each.message) }));
  const lines = source.split('\n');
  const traceback = diagnostics.flatMap(({ file, line, column, message }) => {
    const head = `TypeScript error: ${file}${line}:${column} - ${message}`;
    const excerpt = file ? undefined : lines[line - 1];
    return excerpt === undefined ? [head] : [head, `    ${excerpt}`, `    ${' '.repeat(column - 1)}^`];
  });
  const evalue = diagnostics.map(({ file, line, column, message }) => `${file}${line}:${column} - ${message}`).join('\n');
  return { ename: 'TypeScript error', evalue, traceback };
}

/** A Promise where its value was meant is nearly always a forgotten await. */
const withAwait = (message: string): string =>
  /^Argument of type 'Promise<|on type 'Promise</.test(message) && !/await/.test(message) ? `${message} Is an await missing?` : message;

export interface Diagnostic {
  /** Empty for the cell itself, else the file's name and a space. */
  file: string;
  line: number;
  column: number;
  message: string;
}

function interruptionOf(error: Error): string | undefined {
  if ('code' in error && error.code === 'ERR_SCRIPT_EXECUTION_INTERRUPTED') return 'the cell was stopped';
  if (error.message === 'Interrupted asynchronously') return 'the cell was stopped while it waited; what it waited for may still run';
  return undefined;
}
