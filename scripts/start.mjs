import { parseArgs } from 'node:util';
import { execute } from './jupyter/execute.mjs';
import { lab } from './jupyter/lab.mjs';
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

const port = values.port === undefined ? undefined : Number(values.port);
if (values.help) {
  console.log(help);
} else if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536)) {
  console.error(`--port must be a whole number from 1 to 65535, got ${JSON.stringify(values.port)}`);
  process.exitCode = 2;
} else {
  await setupOrExit();
  if (values.execute) {
    process.exitCode = await execute(positionals, { save: values.save });
  } else {
    const rest = tokens.filter((token) => token.kind === 'positional' || !(token.name in own)).map((token) => token.kind === 'positional' ? token.value : token.rawName + (token.value === undefined ? '' : `=${token.value}`));
    process.exitCode = await lab({ port, ...(values['no-browser'] ? { browser: false } : {}), rest });
  }
}
