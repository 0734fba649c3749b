import { existsSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../packageRoot';
import { answer } from './ask';
import { type Finding, missing, note, ok } from './report';

interface KernelSpec {
  resource_dir: string;
  spec: { argv: string[]; language: string };
}

/** The Python whose Jupyter is used: the clone's `.venv`, else the one on the PATH. */
function python(): string {
  const venv = path.join(packageRoot, '.venv');
  const own = process.platform === 'win32' ? path.join(venv, 'Scripts', 'python.exe') : path.join(venv, 'bin', 'python');
  return existsSync(own) ? own : process.platform === 'win32' ? 'python' : 'python3';
}

export async function jupyterLab(): Promise<Finding> {
  const command = python();
  const version = await answer(command, ['-m', 'jupyterlab', '--version']);
  const about = await answer(command, ['--version']);
  if (!version) return note('JupyterLab', `not found with ${about ?? command} (pip install jupyterlab, or use VS Code)`);
  return ok('JupyterLab', `${version} with ${about} (${command})`);
}

export async function kernels(): Promise<Finding> {
  const specs = await kernelSpecs();
  const ours = Object.entries(specs).filter(([, { spec }]) => spec.argv.some((word) => /dist[\\/]kernel\.js$/.test(word)));
  const stock = Object.entries(specs).filter(([name, { spec }]) => /typescript/i.test(spec.language) && !ours.some(([own]) => own === name));
  const told = (list: typeof ours) => list.map(([name, { resource_dir }]) => `${name} (${resource_dir})`).join(', ');
  if (ours.length) return ok('kernel', told(ours));
  if (stock.length) return note('kernel', `stock tslab only: ${told(stock)}; npx convlens kernel install gives whole output, clear errors and interrupt`);
  return missing('kernel', 'no TypeScript kernel is known to Jupyter (npx convlens kernel install)');
}

async function kernelSpecs(): Promise<Record<string, KernelSpec>> {
  // A clone's own kernel is found the way `npm start` gives it to Jupyter.
  const own = path.join(packageRoot, '.jupyter');
  const paths = [existsSync(own) ? own : '', process.env.JUPYTER_PATH ?? ''].filter(Boolean).join(path.delimiter);
  const text = await answer(python(), ['-m', 'jupyter', 'kernelspec', 'list', '--json'], paths ? { JUPYTER_PATH: paths } : {});
  return text ? JSON.parse(text).kernelspecs : {};
}
