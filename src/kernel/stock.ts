import { createRequire } from 'node:module';
import { sendAtOnce } from './output';
import { isOurKernel, type Tslab } from './tslab';

/**
 * Puts right, from inside, the lost output of a stock tslab kernel, from the end of the importing cell on: before that its publishing
 * socket is out of reach. Nothing happens outside a tslab kernel, or in the kernel of this package, which loses nothing from the start.
 */
export function mendStockKernel(): void {
  if (isOurKernel() || !('__tslab__' in globalThis)) return;
  const { cache } = createRequire(__filename);
  for (const [file, module] of Object.entries(cache)) {
    if (/[\\/]tslab[\\/]dist[\\/]jupyter\.js$/.test(file)) mendAtNextStatus(module?.exports as Tslab['jupyter']);
  }
}

function mendAtNextStatus({ ZmqServer: { prototype: server } }: Tslab['jupyter']): void {
  const { publishStatus } = server;
  server.publishStatus = function (status, parent) {
    server.publishStatus = publishStatus;
    sendAtOnce(this.iopub);
    publishStatus.call(this, status, parent);
  };
}
