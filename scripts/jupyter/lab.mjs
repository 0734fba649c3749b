import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { packageRoot } from '../setup/places.mjs';
import { environment, notebooks, notebooksFolder, python, quietSettings } from './environment.mjs';

const host = '127.0.0.1';

/** Runs JupyterLab on the notebooks until it is stopped; gives its exit code. Further arguments go to JupyterLab. */
export async function lab({ port, browser = hasDisplay(), rest = [] }) {
  quietSettings();
  const chosen = port ?? (await freePort(8888));
  const token = randomBytes(24).toString('hex');
  const start = notebooks()[0];
  const page = `lab${start ? `/tree/${start}.ipynb` : ''}`;
  const args = [
    ...['-m', 'jupyterlab', '--no-browser', '-y', '--log-level=ERROR', '--LabApp.log_level=ERROR', `--ServerApp.ip=${host}`, `--ServerApp.port=${chosen}`, '--ServerApp.port_retries=0'],
    ...[`--ServerApp.root_dir=${notebooksFolder}`, '--LabApp.news_url=None', '--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate'],
    ...['--KernelSpecManager.allowed_kernelspecs=tslab', '--MultiKernelManager.default_kernel_name=tslab'],
    ...(process.getuid?.() === 0 ? ['--allow-root'] : []),
    ...rest,
  ];
  fs.mkdirSync(notebooksFolder, { recursive: true });
  const server = spawn(python, args, { cwd: packageRoot, stdio: 'inherit', env: { ...environment(), JUPYTER_TOKEN: token } });
  const ended = new Promise((resolve) => server.once('close', (code) => resolve(code ?? 0)));
  const stop = stopper(server);
  const address = `http://${host}:${chosen}`;
  if (await up(address, token, ended)) {
    const url = `${address}/${page}?token=${token}`;
    console.log(`\nJupyterLab   ${url}\n             Ctrl-C stops it`);
    if (browser) open(url);
  }
  const code = await ended;
  return stop.asked() ? 0 : code;
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
  ended.then(() => (over = true));
  while (!over) {
    const answer = await fetch(`${address}/api/status?token=${token}`).catch(() => null);
    if (answer?.ok) return true;
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
function open(url) {
  const opener = spawn(python, ['-m', 'webbrowser', '-t', url], { stdio: 'ignore', detached: true });
  opener.once('error', () => console.log('no browser could be opened; please open the address above'));
  opener.unref();
}
