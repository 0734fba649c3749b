import { type Command, typed } from './words';

export const doctor: Command = {
  summary: 'what is installed, which backend is in use and why, what is missing',
  help: `npx convlens doctor
  A line for each thing that a notebook needs: ✓ well, ! works, but slower or with less, ✗ missing, and what to do.
  The exit code is 1 when something is missing.`,
  async run(words) {
    typed('doctor', words, {}, 0);
    // Loaded here, because it loads TensorFlow.js, which the other commands need not wait for.
    const { doctor: examine } = require('../doctor') as typeof import('../doctor');
    const report = await examine();
    console.log(report.toString());
    return report.ok ? 0 : 1;
  },
};
