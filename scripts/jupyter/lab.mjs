import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { packageRoot } from '../setup/places.mjs';

const host = '127.0.0.1';
/** Jupyter's own list, and what npm brings. */
const hidden = ['__pycache__', '*.pyc', '*.pyo', '.DS_Store', '*~', 'node_modules'];

/**
 * Runs JupyterLab on a folder until it is stopped; gives its exit code. `jupyter` is what starts it (find.mjs); `rest` goes to JupyterLab.
 * A token of its own, in the environment, where other users of the machine cannot read it.
 */
export async function lab({ folder, jupyter, env, port, browser = hasDisplay(), rest = [] }) {
  if (port !== undefined && (await freePort(port)) !== port) throw new Error(`port ${port} is in use: give another, or none for a free one`);
  const chosen = port ?? (await freePort(8888));
  const token = randomBytes(24).toString('hex');
  const start = firstNotebook(folder);
  const page = `lab${start ? `/tree/${encodeURIComponent(start)}` : ''}`;
  const args = [
    ...[...jupyter.args, '--no-browser', '-y', '--log-level=ERROR', '--LabApp.log_level=ERROR', `--ServerApp.ip=${host}`, `--ServerApp.port=${chosen}`, '--ServerApp.port_retries=0'],
    ...[`--ServerApp.root_dir=${folder}`, '--LabApp.news_url=None', '--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate'],
    ...['--MultiKernelManager.default_kernel_name=tslab', ...hidden.map((name) => `--ContentsManager.hide_globs=${name}`)],
    ...(process.getuid?.() === 0 ? ['--allow-root'] : []),
    ...rest,
  ];
  // Not in the folder: Python would take a json.py that lies there for its own.
  const server = spawn(jupyter.command, args, { cwd: packageRoot, stdio: 'inherit', env: { ...env, JUPYTER_TOKEN: token } });
  const ended = new Promise((resolve, reject) => {
    server.once('error', reject);
    server.once('close', (code) => resolve(code ?? 0));
  });
  const stop = stopper(server);
  const address = `http://${host}:${chosen}`;
  if (await up(address, token, ended)) {
    const url = `${address}/${page}?token=${token}`;
    console.log(`\nJupyterLab   ${url}\n             Ctrl-C stops it`);
    if (browser) open(url, jupyter.python ?? 'python3');
  }
  const code = await ended;
  return stop.asked() ? 0 : code;
}

/** The notebook to begin with. */
function firstNotebook(folder) {
  return fs.readdirSync(folder).filter((name) => name.endsWith('.ipynb')).sort()[0];
}

/** A port as it was typed, or an error. */
export function portNumber(text) {
  const port = Number(text);
  if (text === undefined) return undefined;
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new RangeError(`--port must be a whole number from 1 to 65535, got ${JSON.stringify(text)}`);
}

/** Hands Ctrl-C and an end from outside over to the server, which then ends its kernels. */
function stopper(server) {
  let asked = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      asked = true;
      server.kill('SIGTERM');
    });
  }
  return { asked: () => asked };
}

async function up(address, token, ended) {
  let over = false;
  ended.finally(() => (over = true)).catch(() => undefined);
  while (!over) {
    const answer = await fetch(`${address}/api/status?token=${token}`).catch(() => null);
    if (answer) return true;
    await sleep(100);
  }
  return false;
}

/** The first free port from `first` on. */
export function freePort(first) {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', (error) => (error.code === 'EADDRINUSE' && first < 65_535 ? resolve(freePort(first + 1)) : reject(error)));
    probe.listen(first, host, () => probe.close(() => resolve(first)));
  });
}

const hasDisplay = () => process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY || process.env.BROWSER);

/** Opens the page in the user's browser; the address is on the screen when that fails. */
function open(url, python) {
  const opener = spawn(python, ['-m', 'webbrowser', '-t', url], { stdio: 'ignore', detached: true });
  opener.once('error', () => console.log('no browser could be opened; please open the address above'));
  opener.unref();
}
