import util from 'node:util';
import { type Diagnostic, failureOf, failureOfTypes } from './failure';
import type { CreateExecutor, Failure } from './tslab';

/**
 * tslab's executor, except that it remembers why a cell failed instead of printing it on stderr,
 * and that a promise as a cell's last value is waited for, so that a forgotten `await` still shows the result.
 */
export const tellingExecutor =
  (create: CreateExecutor): CreateExecutor =>
  (rootDir, converters) => {
    let failure: Failure | undefined;
    let last: unknown;
    let thrown: unknown[] = [];
    let diagnostics: Diagnostic[] = [];
    let stopWaiting = (): void => undefined;

    const executor = create(rootDir, converters, {
      log: (value) => {
        last = value;
      },
      error: (...parts) => {
        if (parts.length === 5) diagnostics.push(diagnostic(parts as DiagnosticParts));
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
        [failure, last, thrown, diagnostics] = [undefined, undefined, [], []];
        let ended = false;
        try {
          ended = await executor.execute(source);
          if (ended) await showLast();
        } catch (error) {
          ended = false;
          thrown.push(error);
        }
        if (diagnostics.length) failure = failureOfTypes(diagnostics, source);
        else if (thrown.length) failure = failureOf(thrown[0]);
        return ended;
      },
      interrupt() {
        stopWaiting();
        executor.interrupt();
      },
    };
  };

// The arguments of tslab's only five-part report: '%s%d:%d - %s', file, line, column, message.
type DiagnosticParts = [format: string, file: string, line: number, column: number, message: string];

const diagnostic = ([, file, line, column, message]: DiagnosticParts): Diagnostic => ({ file, line, column, message });
