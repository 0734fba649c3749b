import fs from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../setup/places.mjs';
import { venvPython } from '../setup/python.mjs';
import { kernelEnvironment, kernelFolder } from './find.mjs';

export const notebooksFolder = path.join(packageRoot, 'notebooks');
export const python = venvPython(path.join(packageRoot, '.venv'));
const data = path.join(packageRoot, '.jupyter-data');

/** The environment of the clone's own Jupyter: it reads and writes inside the clone only, and finds this node first. */
export function environment() {
  fs.mkdirSync(data, { recursive: true });
  return {
    ...kernelEnvironment({ python }),
    JUPYTER_PATH: kernelFolder,
    JUPYTER_CONFIG_PATH: kernelFolder,
    JUPYTER_CONFIG_DIR: path.join(data, 'config'),
    JUPYTER_DATA_DIR: path.join(data, 'data'),
    JUPYTER_RUNTIME_DIR: path.join(data, 'runtime'),
    IPYTHONDIR: path.join(data, 'ipython'),
  };
}

/** The names of the notebooks, without `.ipynb`, in order. */
export const notebooks = () =>
  fs.existsSync(notebooksFolder) ? fs.readdirSync(notebooksFolder).filter((name) => name.endsWith('.ipynb')).map((name) => name.slice(0, -6)).sort() : [];
