import os from 'node:os';
import { ready } from '../backend';
import { packageRoot, version } from '../packageRoot';
import { answer, installed, probe } from './ask';
import { type Finding, missing, note, ok } from './report';

const rebuild = 'npx convlens setup builds it';

export async function machine(): Promise<Finding> {
  const npm = await answer('npm', ['--version']);
  return ok('machine', `${os.type()} ${os.release()} ${os.arch()}, ${os.cpus().length} cores, ${Math.round(os.totalmem() / 2 ** 30)} GB; Node ${process.versions.node}${npm ? `, npm ${npm}` : ''}`);
}

export async function convlens(): Promise<Finding> {
  return ok('convlens', `${version} in ${packageRoot}`);
}

export async function backend(): Promise<Finding> {
  const tfjs = installed('@tensorflow/tfjs')?.version;
  const chosen = await ready().catch((error: Error) => error);
  if (chosen instanceof Error) return missing('backend', chosen.message);
  const name = `${chosen.name} (TensorFlow.js ${tfjs})`;
  if (!chosen.why) return ok('backend', name);
  return note('backend', `${name}; not faster because ${chosen.why}; on wasm VGG16 takes about five times as long`);
}

export async function tfjsNode(): Promise<Finding> {
  const found = await probe('tfjs-node');
  if (found instanceof Error) return note('tfjs-node', `${found.message} (${rebuild})`);
  return ok('tfjs-node', `${found.version} over TensorFlow ${found.tensorflow}`);
}

export async function canvas(): Promise<Finding> {
  const found = await probe('canvas');
  if (found instanceof Error) return missing('canvas', `${found.message} (${rebuild})`);
  return ok('canvas', `${found.version} (cairo ${found.cairo}, pango ${found.pango}, rsvg ${found.rsvg ?? 'none'})`);
}

export async function tslab(): Promise<Finding> {
  const found = installed('tslab');
  if (!found) return missing('tslab', 'not installed (npm install tslab)');
  const typescript = installed('@tslab/typescript-for-tslab', [found.folder]);
  return ok('tslab', `${found.version} with TypeScript ${typescript?.version ?? 'unknown'}`);
}
