import { existsSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../packageRoot';
import { answer } from './ask';
import { type Finding, missing, note, ok } from './report';

interface KernelSpec {
  resource_dir: string;
  spec: { argv: string[]; language: string };
}

/** The Python whose Jupyter is used: of `.venv` in the clone or the project, else the one on the PATH. */
function python(): string {
  const windows = process.platform === 'win32';
  const own = [packageRoot, process.cwd()].map((folder) => path.join(folder, '.venv', ...(windows ? ['Scripts', 'python.exe'] : ['bin', 'python'])));
  return own.find((file) => existsSync(file)) ?? (windows ? 'python' : 'python3');
}

export async function jupyterLab(): Promise<Finding> {
  const command = python();
  const version = await answer(command, ['-m', 'jupyterlab', '--version']);
  const about = await answer(command, ['--version']);
  if (!version) return note('JupyterLab', `not found with ${about ?? command} (npx convlens setup --jupyter installs it; or use VS Code)`);
  return ok('JupyterLab', `${version} with ${about} (${command})`);
}

export async function kernels(): Promise<Finding> {
  const specs = await kernelSpecs();
  const ours = Object.entries(specs).filter(([, { spec }]) => spec.argv.some((word) => /dist[\\/]kernel\.js$/.test(word)));
  const stock = Object.entries(specs).filter(([name, { spec }]) => /typescript/i.test(spec.language) && !ours.some(([own]) => own === name));
  const told = (list: typeof ours) => list.map(([name, { resource_dir }]) => `${name} (${resource_dir})`).join(', ');
  for (const [name, { resource_dir, spec }] of ours) {
    const gone = spec.argv.find((word) => path.isAbsolute(word) && !existsSync(word));
    if (gone) return missing('kernel', `${name} (${resource_dir}) starts ${gone}, which is gone (npx convlens kernel install)`);
  }
  if (ours.length) return ok('kernel', told(ours));
  if (stock.length) return note('kernel', `stock tslab only: ${told(stock)}; npx convlens kernel install gives whole output, clear errors and interrupt`);
  return note('kernel', 'npx convlens lab has it; a JupyterLab started otherwise does not know it (npx convlens kernel install)');
}

/** The kernels that Jupyter knows: a clone's is found the way `npm start` gives it to Jupyter, that of an installed package only when it was installed. */
async function kernelSpecs(): Promise<Record<string, KernelSpec>> {
  const isClone = existsSync(path.join(packageRoot, 'src'));
  const paths = [isClone ? path.join(packageRoot, '.jupyter') : '', process.env.JUPYTER_PATH ?? ''].filter(Boolean).join(path.delimiter);
  const text = await answer(python(), ['-m', 'jupyter', 'kernelspec', 'list', '--json'], paths ? { JUPYTER_PATH: paths } : {});
  return text ? JSON.parse(text).kernelspecs : {};
}
