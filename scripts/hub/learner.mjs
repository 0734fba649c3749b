import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'undici';
import { notebooksFolder } from '../jupyter/environment.mjs';

const cellLimit = 300; // seconds

/** One learner, as JupyterLab does it: a server is started, a kernel, and the notebook is run cell by cell. Gives seconds, and what went wrong. `stay` leaves the page open. */
export async function learn(hub, name, notebook, environment, { stay = false } = {}) {
  const seen = { name, server: NaN, kernel: NaN, notebook: NaN, cells: 0, slowest: 0, course: false, failures: [] };
  const clock = stopwatch();
  try {
    await hub.ask(`/hub/api/users/${name}`, { method: 'POST' });
    await hub.ask(`/hub/api/users/${name}/server`, { method: 'POST', body: { environment } });
    await ready(hub, name);
    seen.server = clock();
    seen.course = await hub.ask(`/user/${name}/api/contents/course/${notebook}.ipynb?content=0`).then(() => true, () => false);
    if (!seen.course) seen.failures.push('the course is not in the home');
    const at = `${seen.course ? 'course/' : ''}${notebook}.ipynb`;
    const { kernel } = await hub.ask(`/user/${name}/api/sessions`, { method: 'POST', body: { path: at, name: at, type: 'notebook', kernel: { name: 'tslab' } } });
    const run = await connect(hub.socket(name, kernel.id));
    const first = await run('1 + 1');
    seen.kernel = clock();
    if (first.failure) seen.failures.push(`kernel: ${first.failure}`);
    for (const [at, code] of cellsOf(notebook).entries()) {
      const { failure, seconds } = await run(code);
      seen.cells++;
      seen.slowest = Math.max(seen.slowest, seconds);
      if (failure) {
        seen.failures.push(`cell ${at + 1}: ${failure}`);
        break; // as "Run All Cells" does
      }
    }
    seen.notebook = clock();
    if (!stay) run.close();
  } catch (error) {
    seen.failures.push(error.message);
  }
  return seen;
}

export async function leave(hub, name) {
  await hub.ask(`/hub/api/users/${name}/server`, { method: 'DELETE' }).catch(() => {});
  for (let left = 100; left && (await serverOf(hub, name)); left--) await sleep(200);
}

const serverOf = async (hub, name) => (await hub.ask(`/hub/api/users/${name}`)).servers[''];

async function ready(hub, name) {
  for (let left = 600; left; left--) {
    const server = await serverOf(hub, name);
    if (server?.ready) return;
    if (!server) throw new Error('the server did not start');
    await sleep(250);
  }
  throw new Error('the server was not ready after 150 s');
}

/** The code cells; exercises are run as they are, unanswered. */
const cellsOf = (notebook) =>
  JSON.parse(fs.readFileSync(path.join(notebooksFolder, `${notebook}.ipynb`), 'utf8'))
    .cells.filter(({ cell_type }) => cell_type === 'code')
    .map(({ source }) => [source].flat().join(''))
    .filter((code) => code.trim());

/** A function that runs a cell in a kernel, over the connection that JupyterLab uses. */
async function connect(address) {
  const socket = new WebSocket(address);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true });
    socket.addEventListener('error', ({ error }) => reject(error ?? new Error('no connection to the kernel')), { once: true });
  });
  const waiting = new Map();
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(data);
    waiting.get(message.parent_header?.msg_id)?.(message);
  });
  socket.addEventListener('close', () => {
    for (const tell of [...waiting.values()]) tell({ header: { msg_type: 'closed' } });
  });
  const session = crypto.randomUUID();
  const run = (code) => {
    const id = crypto.randomUUID();
    const clock = stopwatch();
    const header = { msg_id: id, msg_type: 'execute_request', session, username: '', version: '5.3', date: new Date().toISOString() };
    const content = { code, silent: false, store_history: true, user_expressions: {}, allow_stdin: false, stop_on_error: true };
    socket.send(JSON.stringify({ channel: 'shell', header, parent_header: {}, metadata: {}, content, buffers: [] }));
    return new Promise((resolve) => {
      const state = { replied: false, idle: false, failure: '' };
      const done = () => {
        clearTimeout(timer);
        waiting.delete(id);
        resolve({ failure: state.failure, seconds: clock() });
      };
      const timer = setTimeout(() => {
        state.failure = `no end after ${cellLimit} s`;
        done();
      }, cellLimit * 1000);
      waiting.set(id, ({ header: { msg_type: type }, content }) => {
        if (type === 'closed') {
          state.failure ||= 'the connection was closed';
          done();
        }
        if (type === 'execute_reply') {
          state.replied = true;
          if (content.status !== 'ok') state.failure = `${content.ename ?? content.status}: ${content.evalue ?? ''}`.slice(0, 200);
        }
        if (type === 'stream' && content.name === 'stderr') state.failure ||= `stderr: ${content.text.slice(0, 200)}`;
        if (type === 'status' && content.execution_state === 'idle') state.idle = true;
        if (type === 'status' && content.execution_state === 'restarting') {
          state.failure = 'the kernel died';
          done();
        }
        if (state.replied && state.idle) done();
      });
    });
  };
  run.close = () => socket.close();
  return run;
}

/** Seconds since it was last asked. */
function stopwatch() {
  let last = performance.now();
  return () => {
    const now = performance.now();
    const seconds = (now - last) / 1000;
    last = now;
    return seconds;
  };
}
