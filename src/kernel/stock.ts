import { createRequire } from 'node:module';
import { sendAtOnce } from './output';
import { isOurKernel, type Socket } from './tslab';

interface Publisher {
  send(...parts: unknown[]): Promise<void>;
}

/**
 * Puts right, from inside, the lost output of a stock tslab kernel: its publishing socket sends at once from the next message on.
 * Nothing happens outside a tslab kernel, or in the kernel of this package, which sends at once from the start.
 */
export function mendStockKernel(): void {
  if (isOurKernel() || !('__tslab__' in globalThis)) return;
  const { cache } = createRequire(__filename);
  for (const [file, module] of Object.entries(cache)) {
    if (/[\\/]zeromq[\\/]lib[\\/]index\.js$/.test(file)) mendFirstSend(module?.exports as { Publisher?: { prototype: Publisher } });
  }
}

function mendFirstSend(zeromq: { Publisher?: { prototype: Publisher } }): void {
  const prototype = zeromq.Publisher?.prototype;
  if (!prototype) return;
  const { send } = prototype;
  // The socket itself is out of reach until it sends.
  prototype.send = function (this: Publisher & Socket, ...parts) {
    prototype.send = send;
    sendAtOnce(this);
    return send.apply(this, parts);
  };
}
