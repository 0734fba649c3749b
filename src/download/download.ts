import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { longWork } from '../longWork';
import type { LongWorkOptions } from '../progress';
import { failure, isDiskFailure, isPassing, WrongBytes } from './failure';
import { hashFault, type Hashes } from './hash';
import { get, Refused, type Answer } from './http';
import { clearAbandoned, newPart, releasePart } from './part';

export interface DownloadOptions extends LongWorkOptions, Hashes {
  /** What the progress bar and errors call it; default: the file's name. */
  label?: string;
}

const tries = 5;
const firstPauseMs = 250;

/**
 * Downloads a file and puts it at `to` only when it is whole and its hash is right; before that nothing is there, or the older file.
 * Goes on where a broken connection stopped (also one that a killed process left, when a hash is known), else tries anew, five times in all.
 */
export async function download(url: string | URL, to: string, options: DownloadOptions = {}): Promise<void> {
  const { label = path.basename(to), signal, onProgress, ...hashes } = options;
  const source = String(url);
  await mkdir(path.dirname(to), { recursive: true }).catch((error) => {
    throw failure(error, { label, url: source, to });
  });
  const part = newPart(to);
  const state: Transfer = { part, source, have: 0, signal, resumable: Boolean(hashes.sha256 ?? hashes.md5) };
  let keep = false;
  try {
    state.have = await clearAbandoned(to, part, state.resumable);
    const answer = await persist(state, () => ask(state));
    const megabytes = answer.total === undefined ? undefined : answer.total / 1e6;
    await longWork(`downloading ${label}`, { total: megabytes, unit: 'MB', signal, onProgress }, async (job) => {
      state.signal = job.signal;
      await transfer(state, answer, hashes, (bytes) => job.advance(bytes / 1e6));
    });
    await rename(part, to).catch(async (error) => {
      // On Windows a file that another process reads cannot be replaced; it may be the same.
      if (!state.resumable || (await hashFault(to, hashes))) throw error;
      await rm(part);
    });
  } catch (error) {
    keep = state.resumable && !(error instanceof WrongBytes) && !isDiskFailure(error);
    if (state.signal?.aborted || signal?.aborted) throw error;
    throw failure(error, { label, url: source, to, megabytes: state.total && state.total / 1e6 });
  } finally {
    if (!keep) await rm(part, { force: true });
    releasePart(part);
  }
}

interface Transfer {
  part: string;
  source: string;
  /** Bytes in the part. */
  have: number;
  /** Whether a hash will tell if the old and the new bytes belong together. */
  resumable: boolean;
  total?: number;
  version?: string;
  signal?: AbortSignal;
}

/** Asks for the rest of the file; notes its size, and starts from nothing when the server (or a changed file) wants that. */
async function ask(state: Transfer): Promise<Answer> {
  const canResume = state.have > 0 && (state.resumable || state.version !== undefined);
  const answer = await get(state.source, { from: canResume ? state.have : 0, version: state.version, signal: state.signal }).catch((error) => {
    if (error instanceof Refused && error.status === 416) state.have = 0;
    throw error;
  });
  if (answer.from !== state.have) {
    if (answer.from) throw new Error(`the server sent bytes from ${answer.from} instead of ${state.have}`);
    state.have = 0;
  }
  state.total = answer.total;
  state.version = answer.version;
  return answer;
}

async function transfer(state: Transfer, first: Answer, hashes: Hashes, report: (bytes: number) => Promise<void>): Promise<void> {
  let answer: Answer | undefined = first;
  let second = false;
  for (;;) {
    await persist(state, async () => {
      const current = answer ?? (await ask(state));
      answer = undefined;
      await receive(state, current, report);
    });
    const fault = await hashFault(state.part, hashes);
    if (!fault) return;
    state.have = 0;
    // Once more from nothing: the old part may have been of another file, or a proxy may have mangled it.
    if (second) throw new WrongBytes(fault);
    second = true;
  }
}

async function receive(state: Transfer, { body, total }: Answer, report: (bytes: number) => Promise<void>): Promise<void> {
  const file: FileHandle = await open(state.part, state.have ? 'r+' : 'w');
  try {
    for await (const chunk of body) {
      for (let written = 0; written < chunk.length; ) written += (await file.write(chunk, written, chunk.length - written, state.have + written)).bytesWritten;
      state.have += chunk.length;
      await report(state.have);
    }
    await file.truncate(state.have);
    await file.sync();
  } finally {
    await file.close();
  }
  if (total !== undefined && state.have !== total) {
    const message = `${state.have} bytes came, ${total} were announced`;
    if (state.have > total) state.have = 0;
    throw new Error(message);
  }
}

/** Tries again after a pause, longer each time; a try that brought more bytes counts as a new start. */
async function persist<T>(state: Transfer, attempt: () => Promise<T>): Promise<T> {
  for (let left = tries - 1, had = state.have; ; left--) {
    try {
      return await attempt();
    } catch (error) {
      if (state.signal?.aborted) throw state.signal.reason;
      if (state.have > had) left = tries - 1;
      had = state.have;
      if (left <= 0 || !isPassing(error)) throw error;
      await sleep(firstPauseMs * 2 ** (tries - 1 - left), undefined, { signal: state.signal });
    }
  }
}
