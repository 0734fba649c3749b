import { hint } from '../check';
import { version } from '../packageRoot';
import { bundle } from './bundle';
import { doctor } from './doctor';
import { kernel } from './kernel';
import { lab } from './lab';
import { notebooks } from './notebooks';
import { setup } from './setup';
import { type Command, UsageError } from './words';

const commands: Record<string, Command> = { setup, notebooks, lab, bundle, kernel, doctor };

const help = `convlens ${version}: see why a convolutional network decided what it did, in JupyterLab

${Object.entries(commands).map(([name, { summary }]) => `npx convlens ${name.padEnd(11)}${summary}`).join('\n')}

npx convlens COMMAND --help says more of each; npx convlens --version`;

async function main([name, ...words]: string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h') return say(help);
  if (name === '--version' || name === '-v') return say(version);
  if (name === 'help') return words.length ? say(known(words[0]).help) : say(help);
  const command = known(name);
  const end = words.indexOf('--');
  const asked = words.slice(0, end < 0 ? undefined : end).some((word) => word === '--help' || word === '-h');
  return asked ? say(command.help) : command.run(words);
}

function known(name: string): Command {
  if (Object.hasOwn(commands, name)) return commands[name];
  throw new UsageError(`no command ${JSON.stringify(name)}${hint(name, Object.keys(commands))}`);
}

function say(text: string): number {
  console.log(text);
  return 0;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: Error) => {
    console.error(error.message);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  },
);
