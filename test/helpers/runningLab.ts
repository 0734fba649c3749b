import { type ChildProcess, spawn } from 'node:child_process';
import { WebSocket } from 'undici';

/** A `convlens lab` that runs, and answers on this machine. */
export interface RunningLab {
  /** The address that it printed. */
  url: string;
  /** All that it printed so far. */
  printed(): string;
  /** Runs cells one after the other in the kernel that the notebook gets; ends at the first that fails. */
  run(notebook: string, cells: readonly string[]): Promise<CellOutcome[]>;
  /** Ends it as a closed terminal does; gives its exit code. */
  stop(): Promise<number | null>;
}

export interface CellOutcome {
  status: string;
  /** What was printed, an error's message, or the kinds of what was shown. */
  text: string;
}

interface Message {
  msg_type: string;
  parent_header?: { msg_id?: string };
  content: { text?: string; ename?: string; evalue?: string; status?: string; data?: object };
}

/** Starts `convlens lab` with these words. */
export async function runLab(cli: string, words: readonly string[], options: { cwd: string; env?: NodeJS.ProcessEnv }): Promise<RunningLab> {
  const child = spawn(process.execPath, [cli, 'lab', '--no-browser', ...words], { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const url = await address(child, ended, () => said);
  return {
    url,
    printed: () => said,
    run: (notebook, cells) => runCells(new URL(url), notebook, cells),
    async stop() {
      child.kill('SIGTERM');
      const byForce = setTimeout(() => child.kill('SIGKILL'), 15_000);
      return ended.finally(() => clearTimeout(byForce));
    },
  };
}

async function address(child: ChildProcess, ended: Promise<unknown>, said: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => child.kill('SIGKILL'), 90_000);
    child.stdout!.on('data', () => {
      const found = /^JupyterLab +(\S+)$/m.exec(said());
      if (found) resolve(found[1]);
    });
    void ended.then(() => reject(new Error(`lab ended: ${said()}`))).finally(() => clearTimeout(late));
  });
}

async function runCells({ origin, searchParams }: URL, notebook: string, cells: readonly string[]): Promise<CellOutcome[]> {
  const token = searchParams.get('token');
  const reply = await fetch(`${origin}/api/sessions`, {
    method: 'POST',
    headers: { Authorization: `token ${token}` },
    // No kernel's name: the server's default is to be the right one.
    body: JSON.stringify({ path: notebook, name: notebook, type: 'notebook', kernel: {} }),
  });
  if (!reply.ok) throw new Error(`no kernel for ${notebook}: ${await reply.text()}`);
  const { kernel } = (await reply.json()) as { kernel: { id: string } };
  const socket = new WebSocket(`${origin.replace(/^http/, 'ws')}/api/kernels/${kernel.id}/channels?token=${token}`);
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = () => reject(new Error('the kernel does not answer'));
  });
  const outcomes: CellOutcome[] = [];
  try {
    for (const code of cells) {
      outcomes.push(await runCell(socket, `cell-${outcomes.length + 1}`, code));
      if (outcomes.at(-1)!.status !== 'ok') break;
    }
  } finally {
    socket.close();
  }
  return outcomes;
}

function runCell(socket: WebSocket, id: string, code: string): Promise<CellOutcome> {
  return new Promise((resolve) => {
    let text = '';
    let status: string | undefined;
    let isIdle = false;
    socket.onmessage = ({ data }) => {
      const { msg_type, parent_header, content } = JSON.parse(String(data)) as Message;
      if (parent_header?.msg_id !== id) return;
      if (msg_type === 'stream') text += content.text;
      if (msg_type === 'error') text += `${content.ename}: ${content.evalue}`;
      if (msg_type === 'display_data') text += `[${Object.keys(content.data ?? {}).join(' ')}]`;
      if (msg_type === 'execute_reply') status = content.status;
      if (msg_type === 'status' && JSON.stringify(content).includes('idle')) isIdle = true;
      if (status !== undefined && isIdle) resolve({ status, text });
    };
    const header = { msg_id: id, msg_type: 'execute_request', session: 'test', username: '', version: '5.3', date: new Date().toISOString() };
    const content = { code, silent: false, store_history: true, user_expressions: {}, allow_stdin: false, stop_on_error: true };
    socket.send(JSON.stringify({ channel: 'shell', header, parent_header: {}, metadata: {}, content, buffers: [] }));
  });
}
