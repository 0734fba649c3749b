import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

export interface JupyterServer {
  /** The page of a notebook, by its path from the server's root. */
  pageOf(notebook: string): string;
  /** Starts the notebook's kernel while the page still loads. */
  startKernel(notebook: string): Promise<void>;
  stopKernels(): Promise<void>;
  stop(): Promise<void>;
}

const token = 'convlens-test';

/** A JupyterLab of its own: settings, data and kernelspec in a temporary folder, a free port, nothing saved. */
export async function startServer(python: string, kernel: string, root: string): Promise<JupyterServer> {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'convlens-jupyterlab-'));
  writeSettings(home, kernel);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const log = path.join(home, 'server.log');
  const output = fs.openSync(log, 'w');
  const server = spawn(python, ['-m', 'jupyterlab', ...serverOptions(port, root)], {
    // A group of its own, so that its kernels can be ended with it.
    detached: process.platform !== 'win32',
    stdio: ['ignore', output, output],
    env: { ...process.env, ...jupyterFolders(home) },
  });
  fs.closeSync(output);

  const stop = async (): Promise<void> => {
    await end(server);
    fs.rmSync(home, { recursive: true, force: true });
  };
  const ask = (where: string, init?: RequestInit): Promise<Response> =>
    fetch(`${url}/api/${where}`, { ...init, headers: { Authorization: `token ${token}` } });

  const deadline = Date.now() + 60_000;
  while (!(await answers(ask))) {
    if (server.exitCode !== null || Date.now() > deadline) {
      const said = fs.readFileSync(log, 'utf8').slice(-2000);
      await stop();
      throw new Error(`JupyterLab did not start:\n${said}`);
    }
    await pause(100);
  }

  return {
    pageOf: (notebook) => `${url}/doc/tree/${notebook.split(path.sep).map(encodeURIComponent).join('/')}?reset&token=${token}`,
    async startKernel(notebook) {
      const place = notebook.split(path.sep).join('/');
      const reply = await ask('sessions', { method: 'POST', body: JSON.stringify({ path: place, name: place, type: 'notebook', kernel: { name: 'tslab' } }) });
      if (!reply.ok) throw new Error(`the kernel of ${place} did not start: ${await reply.text()}`);
    },
    async stopKernels() {
      const sessions = (await (await ask('sessions')).json()) as { id: string }[];
      for (const { id } of sessions) await ask(`sessions/${id}`, { method: 'DELETE' });
    },
    stop,
  };
}

const answers = (ask: (where: string) => Promise<Response>): Promise<boolean> => ask('status').then((reply) => reply.ok, () => false);

const jupyterFolders = (home: string): Record<string, string> => ({
  JUPYTER_PATH: path.join(home, 'path'),
  JUPYTER_CONFIG_DIR: path.join(home, 'config'),
  JUPYTER_DATA_DIR: path.join(home, 'data'),
  JUPYTER_RUNTIME_DIR: path.join(home, 'run'),
});

const serverOptions = (port: number, root: string): string[] => [
  '--no-browser',
  '--allow-root',
  '--ServerApp.ip=127.0.0.1',
  `--ServerApp.port=${port}`,
  '--ServerApp.port_retries=0',
  `--IdentityProvider.token=${token}`,
  `--ServerApp.root_dir=${root}`,
  '--ServerApp.terminals_enabled=False',
  '--LabApp.extension_manager=readonly',
  '--LabApp.news_url=None',
  '--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate',
  '--LabApp.expose_app_in_browser=True', // window.jupyterapp, through which the tests drive it
];

function writeSettings(home: string, kernel: string): void {
  const write = (place: string, content: object): void => {
    const file = path.join(home, place);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, JSON.stringify(content));
  };
  const argv = [process.execPath, kernel, 'kernel', '--config-path', '{connection_file}'];
  write('path/kernels/tslab/kernel.json', { argv, display_name: 'TypeScript', language: 'typescript', interrupt_mode: 'signal' });
  const settings = 'config/lab/user-settings/@jupyterlab';
  write(`${settings}/notebook-extension/tracker.jupyterlab-settings`, { windowingMode: 'none' });
  write(`${settings}/docmanager-extension/plugin.jupyterlab-settings`, { autosave: false });
  write(`${settings}/apputils-extension/notification.jupyterlab-settings`, { fetchNews: 'false', checkForUpdates: false, doNotDisturbMode: true });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as net.AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

/** Lets the server end its kernels, and ends it by force when that takes long. */
async function end(server: ChildProcess): Promise<void> {
  const running = (): boolean => server.exitCode === null && server.signalCode === null;
  const signal = (name: NodeJS.Signals): void => {
    if (!running() || server.pid === undefined) return;
    if (process.platform === 'win32') server.kill(name);
    else process.kill(-server.pid, name);
  };
  const gone = new Promise((resolve) => server.once('exit', resolve));
  signal('SIGTERM');
  if (running()) await Promise.race([gone, pause(8000, undefined, { ref: false })]);
  signal('SIGKILL');
}
