import fs from 'node:fs';
import path from 'node:path';
import { readStamp, sha256, writeStamp } from '../setup/files.mjs';
import { npmScript, packageRoot } from '../setup/places.mjs';
import { findPython, venvPython } from '../setup/python.mjs';
import { must } from '../setup/run.mjs';

export const folder = path.join(packageRoot, 'out', 'hub');
export const deploy = path.join(packageRoot, 'deploy');
const venv = path.join(folder, 'venv');
export const bin = path.dirname(venvPython(venv));
export const proxy = path.join(folder, 'proxy', 'node_modules', '.bin', 'configurable-http-proxy');
const proxyPackage = 'configurable-http-proxy@5.1.0'; // runs on Node 20 too

/** JupyterHub with JupyterLab in an environment of its own, and its proxy, below out/hub. */
export async function install() {
  const lists = [path.join(packageRoot, 'requirements.txt'), path.join(deploy, 'requirements.txt')];
  const stamp = path.join(folder, '.installed');
  const wanted = sha256([...lists.map((file) => fs.readFileSync(file, 'utf8')), proxyPackage].join('\n'));
  if (readStamp(stamp) !== wanted) {
    console.log('installing JupyterHub into out/hub');
    const log = path.join(folder, 'install.log');
    await must(findPython(packageRoot).command, ['-m', 'venv', '--clear', venv], { log });
    await must(venvPython(venv), ['-m', 'pip', 'install', '--quiet', '--no-input', '--disable-pip-version-check', ...lists.flatMap((file) => ['-r', file])], { log });
    await must(process.execPath, [npmScript(), 'install', '--prefix', path.join(folder, 'proxy'), '--no-audit', '--no-fund', '--loglevel=error', proxyPackage], { log });
    writeStamp(stamp, wanted);
  }
  for (const [name, ...place] of [['jupyter_server_config.py', 'etc', 'jupyter'], ['overrides.json', 'share', 'jupyter', 'lab', 'settings']]) {
    const to = path.join(venv, ...place);
    fs.mkdirSync(to, { recursive: true });
    fs.copyFileSync(path.join(deploy, name), path.join(to, name));
  }
}
