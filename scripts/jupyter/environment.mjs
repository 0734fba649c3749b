import fs from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../setup/places.mjs';
import { venvPython } from '../setup/python.mjs';

export const notebooksFolder = path.join(packageRoot, 'notebooks');
export const python = venvPython(path.join(packageRoot, '.venv'));
const data = path.join(packageRoot, '.jupyter-data');

/** The environment of the clone's own Jupyter: it reads and writes inside the clone only, and finds this node first. */
export function environment() {
  fs.mkdirSync(data, { recursive: true });
  return {
    ...process.env,
    PATH: [path.dirname(process.execPath), path.dirname(python), process.env.PATH].join(path.delimiter),
    JUPYTER_PATH: path.join(packageRoot, '.jupyter'),
    JUPYTER_CONFIG_DIR: path.join(data, 'config'),
    JUPYTER_DATA_DIR: path.join(data, 'data'),
    JUPYTER_RUNTIME_DIR: path.join(data, 'runtime'),
    IPYTHONDIR: path.join(data, 'ipython'),
  };
}

/** Turns JupyterLab's questions about news and updates off, where the user has not chosen yet. */
export function quietSettings() {
  const file = path.join(data, 'config', 'lab', 'user-settings', '@jupyterlab', 'apputils-extension', 'notification.jupyterlab-settings');
  if (fs.existsSync(file)) return;
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, JSON.stringify({ fetchNews: 'false', checkForUpdates: false }, null, 2));
}

/** The names of the notebooks, without `.ipynb`, in order. */
export const notebooks = () =>
  fs.existsSync(notebooksFolder) ? fs.readdirSync(notebooksFolder).filter((name) => name.endsWith('.ipynb')).map((name) => name.slice(0, -6)).sort() : [];
