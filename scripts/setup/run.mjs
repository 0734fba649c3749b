import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** A step that failed: what was tried, why it failed, where the whole log is and what to do. */
export class SetupError extends Error {
  constructor(why, { tried, log, todo } = {}) {
    super(why);
    Object.assign(this, { tried, log, todo });
  }
}

/**
 * Runs a program without a shell and waits for it. Its output goes to the file `log`; gives { ok, why, text }.
 * A program that is still running after `limit` seconds is ended.
 */
export function run(command, args, { cwd, env, log, limit = 1800 } = {}) {
  return new Promise((resolve) => {
    let text = '';
    let late = false;
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
    const leave = endWith(child);
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, limit * 1000);
    const take = (chunk) => (text += chunk);
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    const end = (ok, reason) => {
      clearTimeout(timer);
      leave();
      if (log) write(log, [command, ...args].join(' '), text || reason);
      resolve({ ok, text, why: ok ? '' : late ? `no end after ${limit} s` : telling(text) || reason });
    };
    child.once('error', (error) => end(false, error.message));
    child.once('close', (code, signal) => end(code === 0, signal ? `ended by ${signal}` : `exit code ${code}`));
  });
}

/** Ends the child, then this process, when this one is told to stop; gives the function that takes this back. */
function endWith(child) {
  const stop = (signal) => {
    child.kill(signal);
    process.exit(130);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, stop);
  return () => {
    for (const signal of signals) process.off(signal, stop);
  };
}

/** Like `run`, and throws a SetupError when the program fails. */
export async function must(command, args, { tried, todo, ...options } = {}) {
  const done = await run(command, args, options);
  if (!done.ok) throw new SetupError(done.why, { tried: tried ?? [path.basename(command), ...args].join(' '), log: options.log, todo });
  return done;
}

function write(log, command, text) {
  fs.mkdirSync(path.dirname(log), { recursive: true });
  fs.appendFileSync(log, `$ ${command}\n${text}\n`);
}

const noise = /^(npm (warn|notice)|gyp (info|verb)|node-pre-gyp (info|verb)|npm error(\s*$|\s{2,}|\s*\}| A complete log| code | errno | syscall | If you are behind)|\[notice\]|make: (Entering|Leaving))/i;
const trouble = /error|fail|fatal|cannot|could not|not found|no such|no match|refused|unable|denied|unsupported/i;

/** The lines of a log that tell why: the last few that speak of trouble, else the last few. */
export function telling(text, count = 4) {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line && !noise.test(line));
  const told = lines.filter((line) => trouble.test(line));
  const picked = [...new Set((told.length ? told : lines).map((line) => (line.length > 220 ? `${line.slice(0, 217)}...` : line)))];
  return picked.slice(-count).join('\n');
}
