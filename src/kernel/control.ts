import type { Message, Server, Tslab } from './tslab';

const delimiter = '<IDS|MSG>';

/** Understands the requests that tslab answers wrongly or prints into a cell as "unknown msg_type". */
export function answerControl({ jupyter, public: { versions } }: Tslab): void {
  const server = jupyter.ZmqServer.prototype;
  const handler = jupyter.JupyterHandlerImpl.prototype;
  const { handleKernel } = handler;
  const { handleShellMessage, publishStatus, close } = server;
  let parse: ((key: string, frames: Buffer[]) => Message) | undefined;

  // tslab keeps its message class to itself; the first message of all (kernel_info_request) brings it.
  server.publishStatus = function (status, parent) {
    parse ??= (parent.constructor as unknown as { fromRaw: typeof parse }).fromRaw;
    publishStatus.call(this, status, parent);
  };

  server.handleShellMessage = async function (socket, ...frames) {
    const type = typeOf(frames);
    if (type.startsWith('comm_') && type !== 'comm_info_request') return;
    if (type === 'interrupt_request' && parse) {
      // Where the operating system has no SIGINT to send (Windows), Jupyter sends this message.
      process.emit('SIGINT', 'SIGINT');
      reply(this, parse(this.connInfo.key, frames), 'interrupt_reply', { status: 'ok' }, socket);
      return;
    }
    await handleShellMessage.call(this, socket, ...frames);
  };

  // tslab says 3.7.2 here, and every saved notebook repeats it.
  handler.handleKernel = function () {
    const about = handleKernel.call(this);
    return { ...about, language_info: { ...about.language_info, version: versions.typescript } };
  };

  server.handleCommInfoRequest = function (socket, message) {
    reply(this, message, 'comm_info_reply', { status: 'ok', comms: {} }, socket);
  };

  server.close = function () {
    close.call(this);
    // A timer or a socket of the reader's own must not keep a kernel alive that was told to end.
    setTimeout(() => process.exit(0), 300).unref();
  };
}

function reply(server: Server, to: Message, type: string, content: object, socket: Server['shell']): void {
  const message = to.createReply();
  message.header.msg_type = type;
  message.content = content;
  message.signAndSend(server.connInfo.key, socket);
}

function typeOf(frames: Buffer[]): string {
  const header = frames[frames.findIndex((frame) => frame.toString() === delimiter) + 2];
  return (JSON.parse(header.toString()) as Message['header']).msg_type;
}
