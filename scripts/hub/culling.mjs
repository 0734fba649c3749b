import { setTimeout as sleep } from 'node:timers/promises';
import { learn } from './learner.mjs';
import { MemoryWatch } from './memory.mjs';
import { startHub } from './server.mjs';

const [kernelIdle, serverIdle] = [10, 40]; // seconds, in place of an hour and an hour and a half

/** What becomes of a learner who leaves the page open and goes: when the kernel is ended, when the server is stopped, and what is held in between. */
export async function culling(notebook) {
  const hub = await startHub({
    environment: { CONVLENS_KERNEL_IDLE: String(kernelIdle), JUPYTERHUB_ACTIVITY_INTERVAL: '5' },
    settings: { CONVLENS_HUB_IDLE: String(serverIdle) },
  });
  const watch = new MemoryWatch();
  const held = () => [...watch.look().values()].reduce((sum, { pss }) => sum + pss, 0);
  try {
    const { failures } = await learn(hub, 'gone', notebook, {}, { stay: true });
    if (failures.some((why) => !why.startsWith("the course"))) throw new Error(failures.join('; '));
    const start = performance.now();
    const before = held();
    const kernel = await until(start, async () => !(await hub.ask('/user/gone/api/kernels')).length);
    await sleep(1000);
    const after = held();
    const server = await until(start, async () => !(await hub.ask('/hub/api/users/gone')).servers['']);
    return { kernelIdle, serverIdle, before, after, kernel, server };
  } finally {
    watch.stop();
    await hub.stop();
  }
}

async function until(start, over) {
  for (;;) {
    if (await over()) return (performance.now() - start) / 1000;
    if (performance.now() - start > 120_000) return Infinity;
    await sleep(500);
  }
}
