import type { Socket, Tslab } from './tslab';

/**
 * Makes a socket send at once. zeromq 6 puts every 513th message off to the next tick and refuses all others until then; tslab waits
 * for none of them, so they are lost, the "cell has ended" message too. The high-water mark would drop what a slow reader has not taken.
 */
export function sendAtOnce(socket: Socket): void {
  socket.sendTimeout = 0;
  socket.sendHighWaterMark = 0;
}

/** Every line that a cell prints arrives, and so does its end. */
export function keepAllOutput({ jupyter }: Tslab): void {
  const server = jupyter.ZmqServer.prototype;
  const { bindSocket } = server;
  server.bindSocket = function (socket, port) {
    if ([this.iopub, this.shell, this.control].includes(socket)) sendAtOnce(socket);
    return bindSocket.call(this, socket, port);
  };
}
