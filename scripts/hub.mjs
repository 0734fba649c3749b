// npm run hub: a class on this machine, without Docker. JupyterHub with deploy/jupyterhub_config.py on loopback, learners who all start at once.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chosen } from './jupyter/execute.mjs';
import { culling } from './hub/culling.mjs';
import { deploy, install } from './hub/install.mjs';
import { learn, leave } from './hub/learner.mjs';
import { MemoryWatch, treeSize } from './hub/memory.mjs';
import { measured, table } from './hub/report.mjs';
import { startHub } from './hub/server.mjs';
import { variants } from './hub/variants.mjs';
import { isMain, packageRoot } from './setup/places.mjs';
import { setupOrExit } from './setup.mjs';
import { given } from './words.mjs';

const help = `npm run hub                        a class of 1, 2, 4 and 8 on this machine, then 4 with other settings, then one who leaves; writes deploy/MEASURED.md
npm run hub -- --users 4           only so many at once (a list: 1,2,4); writes nothing
    --settings class,wasm          with these settings: ${variants.map(({ name }) => name).join(', ')}
    --notebook 07                  another notebook than 07-grad-cam`;

const options = {
  users: { type: 'string' },
  settings: { type: 'string' },
  notebook: { type: 'string', default: '07-grad-cam' },
  help: { type: 'boolean', short: 'h' },
};

let met = 0;

/** So many learners at once, each with a server of their own. */
export async function lesson(hub, count, notebook, variant) {
  const names = Array.from({ length: count }, (_, i) => `${variant.name}-${count}-${i + 1}-${++met}`);
  const watch = new MemoryWatch();
  const start = performance.now();
  const learners = await Promise.all(names.map((name) => learn(hub, name, notebook, variant.environment)));
  const seconds = (performance.now() - start) / 1000;
  await sleep(2000);
  const rest = watch.look();
  watch.stop();
  const own = treeSize(hub.pid) - [...rest.values()].reduce((sum, { pss }) => sum + pss, 0);
  await Promise.all(names.map((name) => leave(hub, name)));
  return { count, variant, seconds, learners: learners.map((one) => ({ ...one, peak: watch.peaks.get(one.name), rest: rest.get(one.name) })), all: watch.most, own };
}

async function main() {
  const values = given(options);
  if (!values) return 2;
  if (values.help) {
    console.log(help);
    return 0;
  }
  const whole = !values.users && !values.settings;
  const counts = (values.users ?? (values.settings ? '4' : '1,2,4,8')).split(',').map(Number);
  const notebook = chosen([values.notebook]);
  const wanted = (values.settings ?? 'class').split(',').map((name) => variants.find((each) => each.name === name));
  const wrong = typeof notebook === 'string' ? notebook : counts.some((n) => !(Number.isInteger(n) && n > 0)) ? '--users takes whole numbers' : wanted.includes(undefined) ? `--settings: there are ${variants.map(({ name }) => name).join(', ')}` : '';
  if (wrong) {
    console.error(wrong);
    return 2;
  }
  if (process.platform !== 'linux') {
    console.error('npm run hub reads memory from /proc: it runs on Linux only');
    return 2;
  }
  await setupOrExit();
  return trial({ counts, notebook: notebook[0], variants: wanted, whole });
}

/** All lessons in one hub, one after the other; gives the exit code. */
export async function trial({ counts, notebook, variants: chosenVariants, whole = false }) {
  await install();
  const hub = await startHub();
  const lessons = [];
  const hold = async (count, variant) => {
    const held = await lesson(hub, count, notebook, variant);
    lessons.push(held);
    console.log(table([held], lessons.length === 1));
    for (const { name, failures } of held.learners) for (const failure of failures) console.log(`  ${name}: ${failure}`);
  };
  try {
    // The first start reads everything from the disk: not counted.
    await lesson(hub, 1, notebook, { ...chosenVariants[0], name: 'warm' });
    for (const variant of chosenVariants) for (const count of counts) await hold(count, variant);
    if (whole) for (const variant of variants.slice(1)) await hold(variant.learners ?? 4, variant);
  } finally {
    await hub.stop();
  }
  if (whole) {
    const culled = await culling(notebook);
    const file = path.join(deploy, 'MEASURED.md');
    fs.writeFileSync(file, measured(lessons, { culled, notebook, processor: os.cpus()[0].model.trim(), cores: os.cpus().length, memory: os.totalmem() }));
    console.log(path.relative(packageRoot, file));
  }
  return lessons.some(({ learners }) => learners.some(({ failures }) => failures.length)) ? 1 : 0;
}

if (isMain(import.meta.filename)) process.exitCode = await main();
