// The TypeScript kernel: tslab as it is, with lost output, error reports, execution counts and interrupts put right.
// Started by Jupyter as `node kernel.js kernel --config-path <connection file>`, as tslab itself is.
import { createRequire } from 'node:module';
import path from 'node:path';
import util from 'node:util';
import { answerControl } from './control';
import { tellingExecutor } from './executor';
import { sendCountsAndErrors } from './messages';
import { keepAllOutput } from './output';
import { tracebackOf } from './traceback';
import { markKernel, type Tslab } from './tslab';

function findTslab(): Tslab {
  const places = [__filename, path.join(process.cwd(), 'cell.js')];
  for (const place of places) {
    const load = createRequire(place);
    let main: string;
    try {
      main = load.resolve('tslab/dist/main.js');
    } catch {
      continue; // not installed here: the next place may have it
    }
    return {
      jupyter: load('tslab/dist/jupyter.js'),
      executor: load('tslab/dist/executor.js'),
      public: load('tslab/dist/public.js'),
      typescript: createRequire(main)('@tslab/typescript-for-tslab'),
      main: load('tslab/dist/main.js'),
    };
  }
  throw new Error(`tslab is not installed beside ${places.map((place) => path.dirname(place)).join(' or ')}: npm install tslab`);
}

/** A kernel whose Jupyter was killed would otherwise live on for ever. */
function endWithJupyter(): void {
  const parent = process.ppid;
  if (String(parent) !== process.env.JPY_PARENT_PID) return;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(0);
  }, 1000).unref();
}

/** Errors that no cell waits for go to stderr without the kernel's own stack frames. */
function reportLateErrors(): void {
  process.removeAllListeners('uncaughtException').removeAllListeners('unhandledRejection');
  const report = (what: string, thrown: unknown): void => console.error(`${what}: ${tracebackOf(thrown, new Map()).join('\n')}`);
  process.on('uncaughtException', (error) => report('not caught', error));
  process.on('unhandledRejection', (reason) => report('not caught (is an await missing?)', reason));
}

function start(): void {
  const { values } = util.parseArgs({ allowPositionals: true, options: { 'config-path': { type: 'string' }, js: { type: 'boolean' } } });
  const configPath = values['config-path'];
  if (!configPath) throw new Error('the kernel is started by Jupyter: --config-path <connection file> is missing');
  const tslab = findTslab();
  keepAllOutput(tslab);
  sendCountsAndErrors(tslab);
  answerControl(tslab);
  tslab.executor.createExecutor = tellingExecutor(tslab.executor.createExecutor, tslab.typescript);
  markKernel();
  tslab.main.startKernel({ configPath, enableFindLocal: false, jsKernel: values.js ?? false });
  reportLateErrors();
  endWithJupyter();
}

try {
  start();
} catch (error) {
  console.error(`convlens kernel: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
