import { createRequire } from 'node:module';
import type { BackendName } from '../../src/backend';

/** The backends that this machine has: native only where tfjs-node is built. */
export const backends: readonly BackendName[] = nativeIsBuilt() ? ['native', 'wasm', 'cpu'] : ['wasm', 'cpu'];

function nativeIsBuilt(): boolean {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  try {
    createRequire(__filename)('@tensorflow/tfjs-node');
    return true;
  } catch {
    console.log('  without native: tfjs-node is not built');
    return false;
  }
}
