import { existsSync, mkdirSync, realpathSync, rmSync, statSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { installed } from '../doctor/ask';
import { packageRoot } from '../packageRoot';
import { quoted } from './quoted';
import { script } from './script';
import { type Command, typed, UsageError } from './words';

/** The part of `npm start` that opens JupyterLab. */
interface LabScript {
  lab(options: { folder: string; jupyter: Jupyter; env: NodeJS.ProcessEnv; port?: number; browser?: boolean; rest: string[] }): Promise<number>;
  portNumber(text: string | undefined): number | undefined;
}

interface FindScript {
  findJupyter(roots: string[]): Jupyter | null;
  kernelEnvironment(jupyter: Jupyter): NodeJS.ProcessEnv;
}

interface Jupyter {
  command: string;
  args: string[];
  python?: string;
}

const options = { port: { type: 'string' }, 'no-browser': { type: 'boolean' } } as const;

/** Opens JupyterLab on a folder, with the package's own kernel. */
export const lab: Command = {
  summary: 'opens JupyterLab on a folder; the kernel need not be installed',
  help: `npx convlens lab [FOLDER] [--port NUMBER] [--no-browser] [-- OPTIONS OF JUPYTERLAB]
  FOLDER          default: this one
  --port NUMBER   default: the first free one from 8888 on
  --no-browser    only prints the address
  JupyterLab is that of .venv in the project, of the active environment, or the one on the PATH.
  It answers on this machine only. Ctrl-C stops it.`,
  async run(words) {
    const { values, words: [named = '.'], rest } = typed('lab', words, options, 1);
    const [{ lab: open, portNumber }, { findJupyter, kernelEnvironment }] = await Promise.all([script<LabScript>('jupyter/lab'), script<FindScript>('jupyter/find')]);
    const port = usage(() => portNumber(values.port));
    const about = statSync(named, { throwIfNoEntry: false });
    if (!about) throw new Error(`no folder ${named}; npx convlens notebooks ${quoted(named)} makes it, with the course`);
    if (!about.isDirectory()) throw new Error(`${named} is a file: name its folder`);
    const folder = realpathSync(named);
    if (!installed('tslab', [packageRoot, folder])) throw new Error(`tslab, which runs the cells, is not installed: npm install --ignore-scripts tslab${here()}`);
    const project = projectOf(folder);
    const jupyter = findJupyter([folder, process.cwd(), ...(project ? [project] : []), packageRoot]);
    if (!jupyter) throw new Error('no JupyterLab in .venv or on the PATH: npx convlens setup --jupyter puts one into .venv');
    if (!project) link(folder);
    return open({ folder, jupyter, env: kernelEnvironment(jupyter), port, ...(values['no-browser'] ? { browser: false } : {}), rest });
  },
};

function usage<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** The folder itself, or the nearest above it, whose node_modules has convlens: there cells find it, and TypeScript its types. */
function projectOf(folder: string): string | undefined {
  if (existsSync(path.join(folder, 'node_modules', 'convlens', 'package.json'))) return folder;
  const parent = path.dirname(folder);
  return parent === folder ? undefined : projectOf(parent);
}

const here = (): string => (path.relative(process.cwd(), packageRoot).startsWith('..') ? ` (in the project of ${packageRoot})` : '');

/** Gives a folder outside the project the packages that cells name: TypeScript looks for their types in node_modules of the folder and above, nowhere else. */
function link(folder: string): void {
  const modules = path.join(folder, 'node_modules');
  for (const name of ['convlens', '@tensorflow/tfjs', 'tslab']) {
    const target = name === 'convlens' ? packageRoot : installed(name, [packageRoot])?.folder;
    const at = path.join(modules, ...name.split('/'));
    if (!target || statSync(at, { throwIfNoEntry: false })) continue;
    try {
      mkdirSync(path.dirname(at), { recursive: true });
      rmSync(at, { force: true }); // a link whose target is gone
      symlinkSync(target, at, 'junction');
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw new Error(`cells in ${folder} would not find convlens, and it cannot be linked there (${code}): move the folder into the project of ${packageRoot}`, { cause: error });
    }
  }
  console.log(`${folder} lies outside the project: its node_modules links to ${packageRoot}, so that cells find it`);
}
