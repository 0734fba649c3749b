import { spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { suite } from 'uvu';

const root = path.resolve(__dirname, '..', '..');

/** Python of the project's own environment, which set-up makes; `CONVLENS_TEST_PYTHON` names another. */
export function python(): string | undefined {
  const own = process.platform === 'win32' ? path.join(root, '.venv', 'Scripts', 'python.exe') : path.join(root, '.venv', 'bin', 'python');
  return [process.env.CONVLENS_TEST_PYTHON, own].find((file) => file && existsSync(file));
}

export const noPython = 'no .venv with jupyter_client and nbclient: run npm run setup';

/** A suite that says why none of its tests can run here. */
export function skipAll(name: string, why: string): void {
  console.log(`skipped: ${name}: ${why}`);
  const skipped = suite(name);
  skipped.skip(why);
  skipped.run();
}

// Inside the project, where cells and the kernel find node_modules; one for each process, because test files run side by side.
const folder = path.join(root, 'out', 'test', String(process.pid));

/** Bundles a source file under a name that cells can require from the folder it is in; gives the full path. Gone when the tests end. */
export function bundle(source: string, name: string): string {
  const outfile = path.join(folder, name);
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  buildSync({ entryPoints: [path.join(root, source)], bundle: true, platform: 'node', format: 'cjs', packages: 'external', outfile, logLevel: 'error' });
  return outfile;
}

export type Output = Record<string, unknown> & { type: string };

export interface CellRun {
  outputs: Output[];
  reply: { status: string; ename?: string; evalue?: string; execution_count?: number };
  count: number | null;
  seconds: number;
  secondsAfterInterrupt: number | null;
}

export interface NotebookRun {
  cells: { execution_count: number | null; source: string; outputs: NotebookOutput[] }[];
  error: { ename: string; evalue: string; text: string } | null;
}

export interface NotebookOutput {
  output_type: string;
  name?: string;
  text?: string;
  data?: Record<string, string>;
}

export type Cell = string | { code: string; interruptAt: string };

/** Runs cells one after the other in a fresh kernel, started as `node <kernel> kernel --config-path <file>`. */
export const runCells = (kernel: string, cells: Cell[], cwd = path.dirname(kernel), interruptMode: 'signal' | 'message' = 'signal'): Promise<CellRun[]> =>
  ask({ argv: argv(kernel), cwd, cells, interruptMode });

/** Executes a notebook with nbclient, as `jupyter nbconvert --execute` does; the file itself stays as it is. */
export const runNotebook = (kernel: string, notebook: string, cwd = path.dirname(notebook), env: NodeJS.ProcessEnv = {}): Promise<NotebookRun> =>
  ask({ argv: argv(kernel), cwd, notebook, timeout: 300 }, env);

const argv = (kernel: string): string[] => [process.execPath, kernel, 'kernel', '--config-path', '{connection_file}'];

function ask<T>(request: object, env: NodeJS.ProcessEnv = {}): Promise<T> {
  const child = spawn(python() ?? 'python3', [path.join(root, 'test', 'kernel', 'run_cells.py')], { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  child.stdin.end(JSON.stringify(request));
  let answer = '';
  let complaint = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (answer += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(JSON.parse(answer) as T);
      else reject(new Error(`run_cells.py ended with ${code}:\n${complaint.slice(-3000)}`));
    });
  });
}

/** All that a cell printed on one stream. */
export const printed = (run: CellRun, name = 'stdout'): string =>
  run.outputs
    .filter((output) => output.type === 'stream' && output.name === name)
    .map((output) => String(output.text))
    .join('');
