import { createRequire } from 'node:module';
import util from 'node:util';
import * as tf from '@tensorflow/tfjs';
import { oneOf } from './check';

/** `'native'`: TensorFlow's own library through `@tensorflow/tfjs-node`, the fastest; `'wasm'`: WebAssembly; `'cpu'`: plain JavaScript, by far the slowest. */
export type BackendName = 'native' | 'wasm' | 'cpu';

/** What computes. */
export interface Backend {
  /** `'native'`, `'wasm'` or `'cpu'`. */
  name: BackendName;
  /** Why a faster backend is not in use; empty on `native` and when one was asked for. */
  why: string;
}

const order: readonly BackendName[] = ['native', 'wasm', 'cpu'];
const registered = { native: 'tensorflow', wasm: 'wasm', cpu: 'cpu' } as const;
// esbuild bundles this file: a real `require` keeps the optional package out of the bundle.
const load = createRequire(__filename);

let chosen: Promise<Backend> | undefined;

/**
 * The TensorFlow.js backend in use, chosen at the first call: native, then wasm, then cpu.
 * The environment variable `CONVLENS_BACKEND` (or `useBackend`) asks for one by name.
 * @example
 * await cl.backend()
 */
export function ready(): Promise<Backend> {
  return (chosen ??= choose());
}

/**
 * Switches to a backend by name (`'native'`, `'wasm'`, `'cpu'`) and gives it back.
 * Throws with the reason when it cannot start. Models that were loaded before keep working.
 * @example
 * await cl.useBackend('wasm')
 */
export async function useBackend(name: BackendName): Promise<Backend> {
  const wanted = oneOf('backend', name, order);
  const failure = await start(wanted);
  if (failure) throw new Error(`backend ${wanted} does not start: ${failure}`);
  chosen = Promise.resolve({ name: wanted, why: '' });
  return chosen;
}

async function choose(): Promise<Backend> {
  const asked = process.env.CONVLENS_BACKEND;
  if (asked) return useBackend(asked as BackendName);
  const reasons: string[] = [];
  for (const name of order) {
    const failure = await start(name);
    if (!failure) return { name, why: reasons.join('; ') };
    reasons.push(`${name}: ${failure}`);
  }
  throw new Error(`no TensorFlow.js backend starts: ${reasons.join('; ')}`);
}

/** Starts a backend; returns why it failed, or an empty string. */
async function start(name: BackendName): Promise<string> {
  try {
    if (name === 'native') loadNative();
    if (name === 'wasm') load('@tensorflow/tfjs-backend-wasm');
    // The cpu backend greets on stderr at its first operation unless this is set before.
    if (name !== 'native') tf.env().set('PROD', true);
    if (!(await tf.setBackend(registered[name]))) return 'it did not initialise';
    return '';
  } catch (error) {
    return firstLine(error);
  }
}

function loadNative(): void {
  // TensorFlow's C++ log would fill the first cell.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  // tfjs-node 4.22 calls this function, which Node 23 removed (tfjs #8609).
  const legacy = util as { isNullOrUndefined?: (value: unknown) => boolean };
  legacy.isNullOrUndefined ??= (value) => value === null || value === undefined;
  load('@tensorflow/tfjs-node');
}

const firstLine = (error: unknown): string => {
  const message = error instanceof Error ? error.message : String(error);
  if (/Cannot find module '@tensorflow\/tfjs-node'|tfjs_binding|Cannot find module .*napi/.test(message)) {
    return 'tfjs-node is not built (npx convlens setup builds it)';
  }
  return message.split('\n')[0];
};
