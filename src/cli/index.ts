import { hint } from '../check';
import { version } from '../packageRoot';
import { kernel } from './kernel';
import { setup } from './setup';

const help = `convlens ${version}: see why a convolutional network decided what it did, in JupyterLab

npx convlens setup            builds canvas and the native backend, fetches the default model and the photographs
npx convlens doctor           what is installed, which backend is in use and why, what is missing
npx convlens kernel install   gives Jupyter the TypeScript kernel; npx convlens kernel --help says where
npx convlens --version`;

/** A command takes the words after its name and gives the exit code. */
type Command = (words: string[]) => Promise<number>;

const commands: Record<string, Command> = {
  setup,
  kernel,
  async doctor() {
    // Loaded here, because it loads TensorFlow.js, which the other commands need not wait for.
    const { doctor } = require('../doctor') as typeof import('../doctor');
    const report = await doctor();
    console.log(report.toString());
    return report.ok ? 0 : 1;
  },
};

async function main([name, ...words]: string[]): Promise<number> {
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') return say(help);
  if (name === '--version' || name === '-v') return say(version);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command) return command(words);
  console.error(`no command ${JSON.stringify(name)}${hint(name, Object.keys(commands))}`);
  return 2;
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
    process.exitCode = 1;
  },
);
