import { inKernel } from '../inKernel';
import { sendAtOnce } from './output';
import { isOurKernel, loadedJupyters, type Tslab } from './tslab';

/**
 * Puts right, from inside, the lost output of a stock tslab kernel, from the end of the importing cell on: before that its publishing
 * socket is out of reach. Nothing happens outside a tslab kernel, or in the kernel of this package, which loses nothing from the start.
 */
export function mendStockKernel(): void {
  if (inKernel() && !isOurKernel()) loadedJupyters().forEach(mendAtNextStatus);
}

function mendAtNextStatus({ ZmqServer: { prototype: server } }: Tslab['jupyter']): void {
  const { publishStatus } = server;
  server.publishStatus = function (status, parent) {
    server.publishStatus = publishStatus;
    sendAtOnce(this.iopub);
    publishStatus.call(this, status, parent);
  };
}
