import { SetupError } from './run.mjs';

const live = process.stdout.isTTY;
const seconds = (start) => `${((performance.now() - start) / 1000).toFixed(1)} s`;
const indent = (text) => String(text).replace(/\n/g, '\n          ');

/**
 * Runs one step of the set-up and prints its line: `· name  already there`, `✓ name  what was done  seconds`,
 * `! name  what does not work` or `✗ name`. The step gets a function that tells what it is at, and returns
 * { did } or { warning, detail }, or {} where there was nothing to do.
 */
export async function step(name, work) {
  const start = performance.now();
  const label = name.padEnd(13);
  const line = (mark, text, time = true) => {
    if (live) process.stdout.write('\r\x1b[2K');
    console.log(`${mark} ${label} ${text}${time ? `  ${seconds(start)}` : ''}`);
  };
  const at = (text) => {
    if (live) process.stdout.write(`\r\x1b[2K  ${label} ${text} ...`);
  };
  try {
    at('');
    const { did, warning, detail } = await work(at);
    if (warning) {
      line('!', warning);
      if (detail) explain(detail);
    } else if (did) line('✓', did);
    else line('·', 'already there', false);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    line('✗', 'failed');
    explain(error);
    throw error;
  }
}

/** Prints the parts of a SetupError under the line of its step. */
function explain(error) {
  const parts = { tried: error.tried, why: error.message, log: error.log, do: error.todo };
  for (const [key, text] of Object.entries(parts)) {
    if (text) console.log(`  ${key.padEnd(7)} ${indent(text)}`);
  }
}
