import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../jupyter/lab.mjs';
import { cacheFolder, packageRoot } from '../setup/places.mjs';
import { bin, deploy, folder, proxy } from './install.mjs';

/** A JupyterHub of its own on loopback, with deploy/jupyterhub_config.py. `environment` is that of learners' servers, `settings` that of the hub; `ask` calls its interface. */
export async function startHub({ environment = {}, settings = {} } = {}) {
  fs.mkdirSync(folder, { recursive: true });
  const state = fs.mkdtempSync(path.join(folder, 'trial-'));
  const ports = [await freePort(18_000), await freePort(18_100), await freePort(18_200)];
  const token = randomBytes(24).toString('hex');
  const trial = {
    config: path.join(deploy, 'jupyterhub_config.py'),
    homes: path.join(state, 'homes'),
    token,
    ports,
    environment: { JUPYTER_PATH: path.join(packageRoot, '.jupyter'), CONVLENS_CACHE: cacheFolder(), CONVLENS_CLI: path.join(packageRoot, 'dist', 'cli.js'), ...environment },
  };
  const log = path.join(state, 'hub.log');
  const output = fs.openSync(log, 'w');
  const hub = spawn(path.join(bin, 'jupyterhub'), ['-f', path.join(import.meta.dirname, 'overlay.py')], {
    cwd: state,
    detached: true,
    stdio: ['ignore', output, output],
    env: {
      ...process.env,
      PATH: [bin, path.dirname(process.execPath), process.env.PATH].join(path.delimiter),
      CONVLENS_TRIAL: JSON.stringify(trial),
      CONVLENS_HUB_PROXY: proxy,
      CONVLENS_HUB_STATE: state,
      ...settings,
    },
  });
  fs.closeSync(output);
  const address = `http://127.0.0.1:${ports[0]}`;
  const ask = async (where, { body, ...init } = {}) => {
    const reply = await fetch(`${address}${where}`, { ...init, body: body && JSON.stringify(body), headers: { Authorization: `token ${token}` } });
    const text = await reply.text();
    if (!reply.ok) throw new Error(`${init.method ?? 'GET'} ${where}: ${reply.status} ${text.slice(0, 300)}`);
    return text ? JSON.parse(text) : undefined;
  };
  const stop = async () => {
    await end(hub);
    fs.copyFileSync(log, path.join(folder, 'hub.log'));
    fs.rmSync(state, { recursive: true, force: true });
  };
  for (let left = 300; !(await ask('/hub/api/').then(() => true, () => false)); left--) {
    if (hub.exitCode !== null || !left) {
      await stop();
      throw new Error(`JupyterHub did not start:\n${fs.readFileSync(path.join(folder, 'hub.log'), 'utf8').slice(-3000)}`);
    }
    await sleep(200);
  }
  return { address, token, ask, stop, pid: hub.pid, socket: (user, kernel) => `ws://127.0.0.1:${ports[0]}/user/${user}/api/kernels/${kernel}/channels?token=${token}` };
}

/** The hub ends its learners' servers itself; what is left of its group after that is killed. */
async function end(hub) {
  if (hub.exitCode === null) {
    const gone = new Promise((resolve) => hub.once('close', resolve));
    hub.kill('SIGTERM');
    await Promise.race([gone, sleep(20_000)]);
  }
  try {
    process.kill(-hub.pid, 'SIGKILL');
  } catch {
    // nothing is left
  }
}
