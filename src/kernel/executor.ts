import util from 'node:util';
import { type Diagnostic, failureOf, failureOfTypes } from './failure';
import type { CellText } from './cellLines';
import { type Spelled, spelledOut, type TypeScript } from './shorthands';
import { scriptName } from './traceback';
import type { Converters, CreateExecutor, Failure } from './tslab';

/**
 * tslab's executor, except that it remembers why a cell failed instead of printing it on stderr, that it finds the variables of earlier cells in `{ name }` too,
 * and that a promise as a cell's last value is waited for, so that a forgotten `await` still shows the result.
 */
export const tellingExecutor =
  (create: CreateExecutor, ts: TypeScript): CreateExecutor =>
  (rootDir, converters) => {
    const cells = new Map<number, CellText>();
    let count = 0;
    let failure: Failure | undefined;
    let last: unknown;
    let thrown: unknown[] = [];
    let diagnostics: Diagnostic[] = [];
    let spelled: Spelled | undefined;
    let stopWaiting = (): void => undefined;

    const executor = create(rootDir, named(converters, (source) => (spelled = spelledOut(source, ts)).text, (text) => cells.set(count, text), () => scriptName(count)), {
      log: (value) => {
        last = value;
      },
      error: (...parts) => {
        if (parts.length === 5) diagnostics.push(diagnostic(parts as DiagnosticParts, spelled));
        else thrown.push(parts[0]);
      },
    });

    const showLast = async (): Promise<void> => {
      const interrupted = new Promise<never>((_, reject) => {
        stopWaiting = () => reject(new Error('Interrupted asynchronously'));
      });
      interrupted.catch(() => undefined);
      const value = util.types.isPromise(last) ? await Promise.race([last, interrupted]) : last;
      if (value !== undefined && value !== null) console.log(value);
    };

    return {
      ...executor,
      failure: () => failure,
      async execute(source) {
        [failure, last, thrown, diagnostics, spelled] = [undefined, undefined, [], [], undefined];
        count++;
        let ended = false;
        try {
          ended = await executor.execute(source);
          if (ended) await showLast();
        } catch (error) {
          ended = false;
          thrown.push(error);
        }
        if (diagnostics.length) failure = failureOfTypes(diagnostics, source);
        else if (thrown.length) failure = failureOf(thrown[0], cells);
        return ended;
      },
      interrupt() {
        stopWaiting();
        executor.interrupt();
      },
    };
  };

/** Converts each cell as `spell` writes it, gives its JavaScript a name of its own for stack frames, and tells what it is. */
function named(converters: Converters, spell: (source: string) => string, tell: (text: CellText) => void, name: () => string): Converters {
  const converter = converters.node;
  const convert = converter.convert.bind(converter);
  converter.convert = (previous, source) => {
    const converted = convert(previous, spell(source));
    const { output } = converted;
    if (!output) return converted;
    tell({ source, output });
    return { ...converted, output: `${output}\n//# sourceURL=${name()}` };
  };
  return converters;
}

// The arguments of tslab's only five-part report: '%s%d:%d - %s', file, line, column, message.
type DiagnosticParts = [format: string, file: string, line: number, column: number, message: string];

const diagnostic = ([, file, line, column, message]: DiagnosticParts, spelled?: Spelled): Diagnostic => ({ file, line, column: spelled?.column(line, column) ?? column, message });
