import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { execute } from './jupyter/execute.mjs';
import { environment, notebooksFolder, python } from './jupyter/environment.mjs';
import { lab, portNumber } from './jupyter/lab.mjs';
import { setupOrExit } from './setup.mjs';

const help = `npm start                          sets everything up, then opens JupyterLab on the notebooks
npm start -- --port 9000           on another port; further options go to JupyterLab
npm start -- --no-browser          only prints the address
npm start -- --execute [NAME ...]  runs the notebooks (all, or those named) without a browser, into out/
    --save                         and keeps their outputs in notebooks/
npm start -- --help                this text`;

const own = {
  help: { type: 'boolean', short: 'h' },
  execute: { type: 'boolean' },
  save: { type: 'boolean' },
  port: { type: 'string' },
  'no-browser': { type: 'boolean' },
};
const { values, positionals, tokens } = parseArgs({ options: own, strict: false, allowPositionals: true, tokens: true });

try {
  if (values.help) console.log(help);
  else process.exitCode = await start(portNumber(values.port));
} catch (error) {
  console.error(error.message);
  process.exitCode = error instanceof RangeError ? 2 : 1;
}

async function start(port) {
  await setupOrExit();
  if (values.execute) return execute(positionals, { save: values.save });
  fs.mkdirSync(notebooksFolder, { recursive: true });
  const more = tokens.filter((token) => token.kind === 'positional' || !(token.name in own)).map((token) => (token.kind === 'positional' ? token.value : token.rawName + (token.value === undefined ? '' : `=${token.value}`)));
  const rest = ['--KernelSpecManager.allowed_kernelspecs=tslab', ...more];
  return lab({ folder: notebooksFolder, jupyter: { command: python, args: ['-m', 'jupyterlab'], python }, env: environment(), port, ...(values['no-browser'] ? { browser: false } : {}), rest });
}
