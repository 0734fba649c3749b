import path from 'node:path';
import { answers, packageRoot } from '../setup/places.mjs';
import { findPython } from '../setup/python.mjs';

/** What starts JupyterLab: a Python that has it (of `.venv` in one of the folders, active, or on the PATH), else the command `jupyter-lab`; null when there is none. */
export function findJupyter(roots) {
  const python = findPython(roots, { module: 'jupyterlab' })?.command;
  if (python) return { command: python, args: ['-m', 'jupyterlab'], python };
  return answers('jupyter-lab') ? { command: 'jupyter-lab', args: [] } : null;
}

/** The package's kernel, and settings under the user's own: JupyterLab asks nothing about news and updates until it is told to. */
export const kernelFolder = path.join(packageRoot, '.jupyter');

/** The environment in which that JupyterLab finds the package's kernel, and the kernel this Node: nothing has to be installed into Jupyter. */
export function kernelEnvironment({ python }) {
  const { PATH, JUPYTER_PATH, JUPYTER_CONFIG_PATH } = process.env;
  const joined = (...places) => places.filter(Boolean).join(path.delimiter);
  return {
    ...process.env,
    PATH: joined(path.dirname(process.execPath), python && path.dirname(python), PATH),
    JUPYTER_PATH: joined(kernelFolder, JUPYTER_PATH),
    JUPYTER_CONFIG_PATH: joined(JUPYTER_CONFIG_PATH, kernelFolder),
  };
}
