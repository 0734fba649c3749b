import { gather } from './gather';
import type { ExecuteRequest, Failure, Message, Server, Tslab } from './tslab';

/** Sends what tslab leaves out of Jupyter's protocol: the execution count, and an error as an error. */
export function sendCountsAndErrors({ jupyter }: Tslab): void {
  const server = jupyter.ZmqServer.prototype;
  const handler = jupyter.JupyterHandlerImpl.prototype;
  const { handleExecute } = server;
  const { handleExecute: answer, handleExecuteImpl: run } = handler;
  const publishers = new WeakMap<ExecuteRequest, (type: string, content: object) => void>();
  const failures = new WeakMap<ExecuteRequest, Failure>();

  server.handleExecute = function (socket, message) {
    publishers.set(message.content as ExecuteRequest, (type, content) => publish(this, message, type, content));
    return handleExecute.call(this, socket, message);
  };

  handler.handleExecuteImpl = async function (request, writeStream, writeDisplayData) {
    const printed = gather(writeStream);
    const show: typeof writeDisplayData = (data, update) => {
      printed.flush();
      writeDisplayData(data, update);
    };
    publishers.get(request)?.('execute_input', { code: request.code, execution_count: this.execCount + 1 });
    try {
      return await run.call(this, request, printed.write, show);
    } catch (count) {
      printed.flush();
      const failure = this.executor.failure?.() ?? { ename: 'Error', evalue: 'the cell failed', traceback: [] };
      publishers.get(request)?.('error', failure);
      failures.set(request, failure);
      // tslab refuses all cells for 200 ms after a throw here; who says "do not stop on errors" wants the next one run.
      if (request.stop_on_error === false) return count;
      throw count;
    } finally {
      printed.flush();
    }
  };

  handler.handleExecute = async function (request, ...writers) {
    const reply = await answer.call(this, request, ...writers);
    const failure = failures.get(request);
    if (failure) return { ...reply, status: 'error', ...failure };
    return reply.status === 'abort' ? { ...reply, status: 'aborted' } : reply;
  };
}

function publish(server: Server, parent: Message, type: string, content: object): void {
  const message = parent.createReply();
  message.header.msg_type = type;
  message.content = content;
  message.signAndSend(server.connInfo.key, server.iopub);
}
