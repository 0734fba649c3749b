import path from 'node:path';
import { parseArgs } from 'node:util';
import { modelStep, photographsStep } from './setup/assets.mjs';
import { canvas } from './setup/canvas.mjs';
import { jupyter, jupyterOf } from './setup/jupyter.mjs';
import { alone } from './setup/lock.mjs';
import { npmPackages } from './setup/npmPackages.mjs';
import { isMain, packageRoot } from './setup/places.mjs';
import { step } from './setup/report.mjs';
import { SetupError } from './setup/run.mjs';
import { tfjsNode } from './setup/tfjsNode.mjs';

const help = `node scripts/setup.mjs [--again] [--project FOLDER [--jupyter [--wheels FOLDER]]]
  Sets up everything that the notebooks and the tests need; quick when nothing is to be done.
  --again            tries the native TensorFlow build once more, where it failed before
  --project FOLDER   only what a project of your own needs: canvas, tfjs-node, photographs, default model
  --jupyter          and a JupyterLab for it, in its .venv, where there is none
  --wheels FOLDER    takes JupyterLab from the wheels in that folder`;

/** Sets up the clone, or what a user's `project` needs. Throws a SetupError that has been printed. */
export async function setup({ again = false, project, withJupyter = false, wheels } = {}) {
  const root = project ?? packageRoot;
  const native = [
    ['canvas', canvas],
    ['tfjs-node', tfjsNode(root, { again })],
    ['photographs', photographsStep(root)],
    ['default model', modelStep(root)],
  ];
  const { build } = project ? {} : await import('./build.mjs');
  const own = withJupyter ? [['JupyterLab', jupyterOf(root, wheels)], ...native] : native;
  const steps = project ? own : [['npm packages', npmPackages], ['.venv', jupyter], ...native, ['build', build]];
  await alone(root, async () => {
    for (const [name, work] of steps) await step(name, work);
  });
}

/** Runs the set-up for a command; ends the process when it fails, since the reason has been printed. */
export async function setupOrExit(options) {
  try {
    await setup(options);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    process.exit(1);
  }
}

if (isMain(import.meta.filename)) {
  const { values } = parseArgs({ options: { again: { type: 'boolean' }, project: { type: 'string' }, jupyter: { type: 'boolean' }, wheels: { type: 'string' }, help: { type: 'boolean', short: 'h' } } });
  if (values.help) console.log(help);
  else await setupOrExit({ again: values.again, project: values.project && path.resolve(values.project), withJupyter: values.jupyter, wheels: values.wheels && path.resolve(values.wheels) });
}
