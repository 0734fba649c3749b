import fs from 'node:fs';
import path from 'node:path';
import { settle, workFolder } from './files.mjs';
import { cacheFolder, logFile } from './places.mjs';
import { needPython } from './python.mjs';
import { unpackWheel } from './wheel.mjs';

const version = '2.21.0';
const platforms = { x64: 'manylinux_2_27_x86_64', arm64: 'manylinux_2_27_aarch64' };

/** Whether PyPI has the TensorFlow library in a form that tfjs-node can use here. */
export function hasLibrary() {
  if (process.platform !== 'linux' || !(process.arch in platforms)) return false;
  process.report.excludeNetwork = true;
  return Boolean(process.report.getReport().header.glibcVersionRuntime); // not with musl
}

export const libraries = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];
// The headers that tfjs-node's binding includes, and their neighbours: 270 MB of others are left in the wheel.
const headers = ['tensorflow/c', 'tensorflow/core/platform', 'tsl/platform', 'xla/tsl/c'];

/** The folder in the cache with the libraries and `include/`, from the `tensorflow-cpu` wheel; downloads it when it is not there. */
export async function tensorflowFolder(root, at) {
  const folder = path.join(cacheFolder(), 'native', `tensorflow-${version}-${process.arch}`);
  if (fs.existsSync(folder)) return folder;
  const python = needPython(root, 'the TensorFlow library');
  const work = workFolder(cacheFolder());
  at('downloading TensorFlow (274 MB)');
  try {
    const patterns = [...libraries.map((name) => `tensorflow/${name}`), ...headers.map((name) => `tensorflow/include/${name}/*.h`)];
    const out = await unpackWheel(python.command, `tensorflow-cpu==${version}`, { work, patterns, platform: platforms[process.arch], log: logFile('tensorflow') });
    settle(path.join(out, 'tensorflow'), folder);
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
  return folder;
}
