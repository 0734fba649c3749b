import { setTimeout as pause } from 'node:timers/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { longWork } from '../src/longWork';
import type { Job, Progress } from '../src/progress';
import { terminalLine } from '../src/progressReporter';
import { closingLine, progressHtml, progressLine } from '../src/progressText';

const progress: Progress = { label: 'occlusion', done: 40, total: 170, unit: 'windows', seconds: 0.73, rate: 54.8, left: 2.37 };

/** Runs until stopped; gives what it had done. */
const untilStopped = async (job: Job): Promise<number> => {
  let done = 0;
  while (!job.signal.aborted && done < 5000) {
    await pause(1);
    await job.advance(++done);
  }
  return done;
};

test('longWork gives the result of the work', async () => {
  assert.is(await longWork('sum', { onProgress: null }, async () => 42), 42);
});

test('longWork reports at most ten times a second, and once at the end', async () => {
  const reports: Progress[] = [];
  await longWork('walk', { total: 300, unit: 'steps', onProgress: (report) => reports.push(report) }, async (job) => {
    for (let step = 1; step <= 300; step++) {
      await pause(1);
      await job.advance(step);
    }
  });
  const last = reports[reports.length - 1];
  assert.is(last.done, 300);
  assert.is(last.left, 0);
  assert.ok(reports.length >= 3 && reports.length <= last.seconds * 10 + 2, `${reports.length} reports in ${last.seconds} s`);
  assert.ok(reports[0].left! > 0);
});

test('longWork without a total knows no time left', async () => {
  let last: Progress | undefined;
  await longWork('walk', { onProgress: (report) => (last = report) }, (job) => job.advance(3));
  assert.is(last?.left, undefined);
  assert.is(last?.done, 3);
});

test('advance lets timers run during work that never waits', async () => {
  let turns = 0;
  const timer = setInterval(() => turns++, 5);
  await longWork('spin', { onProgress: null }, async (job) => {
    const end = performance.now() + 300;
    while (performance.now() < end) await job.advance(1);
  });
  clearInterval(timer);
  assert.ok(turns >= 5, `${turns} turns in 300 ms`);
});

test('the caller\'s signal stops the work, which keeps what it has', async () => {
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 60);
  const done = await longWork('occlusion', { total: 5000, signal: stop.signal, onProgress: null }, untilStopped);
  assert.ok(done > 0 && done < 5000);
});

test('a signal that was aborted before reaches the work', async () => {
  assert.is(await longWork('late', { signal: AbortSignal.abort(), onProgress: null }, async (job) => job.signal.aborted), true);
});

test('an AbortError comes out as one line that says how far it came', async () => {
  const stop = new AbortController();
  const work = longWork('downloading', { total: 17, unit: 'MB', signal: stop.signal, onProgress: null }, async (job) => {
    await job.advance(3);
    stop.abort();
    job.signal.throwIfAborted();
  });
  const error = await work.then(() => undefined, (thrown: Error) => thrown);
  assert.is(error?.name, 'AbortError');
  assert.is(error?.message, 'downloading: stopped after 3 of 17 MB');
});

test('any other error passes as it is', async () => {
  const own = new Error('disk full');
  const thrown = await longWork('writing', { onProgress: null }, async () => {
    throw own;
  }).then(() => undefined, (error: unknown) => error);
  assert.is(thrown, own);
});

test('options of the wrong kind are named', async () => {
  const refused = async (options: object): Promise<string> => longWork('occlusion', options, async () => '').catch((error: Error) => error.message);
  assert.match(await refused({ signal: new AbortController() }), 'occlusion: signal must be an AbortSignal (new AbortController().signal), got an AbortController');
  assert.match(await refused({ onProgress: 'bar' }), 'occlusion: onProgress must be a function, or null for none, got "bar"');
});

test('in a kernel SIGINT stops nested and concurrent work, and the listeners are restored', async () => {
  const kernel = globalThis as { __tslab__?: object };
  const heard: string[] = [];
  const tslabs = (): unknown => heard.push('tslab');
  process.on('SIGINT', tslabs);
  kernel.__tslab__ = {};
  try {
    const quiet = { onProgress: null };
    const works = Promise.all([
      longWork('outer', quiet, async (job) => [await longWork('inner', quiet, untilStopped), job.signal.aborted]),
      longWork('beside', quiet, untilStopped),
    ]);
    await pause(50);
    process.emit('SIGINT', 'SIGINT');
    const [[inner, outerStopped], beside] = await works;
    assert.ok(Number(inner) < 5000 && beside < 5000);
    assert.is(outerStopped, true);
    assert.equal(heard, []);
    assert.equal(process.listeners('SIGINT'), [tslabs]);
  } finally {
    delete kernel.__tslab__;
    process.off('SIGINT', tslabs);
  }
});

test('in a program of its own SIGINT is left alone', async () => {
  await longWork('work', { onProgress: null }, async () => assert.is(process.listenerCount('SIGINT'), 0));
});

test('progress in words', () => {
  assert.is(progressLine(progress), 'occlusion: 40 of 170 windows, 55/s, 3 s left');
  assert.is(progressLine({ ...progress, label: 'downloading', done: 4.26, total: 16.5, unit: 'MB', rate: 1.24, left: 130 }), 'downloading: 4.3 of 17 MB, 1.2 MB/s, 2 min 10 s left');
  assert.is(progressLine({ ...progress, total: undefined, left: undefined, unit: '' }), 'occlusion: 40, 55/s');
  assert.is(closingLine({ ...progress, done: 1170, seconds: 3.14 }, 'finished'), 'occlusion: 1,170 windows in 3.1 s');
  assert.is(closingLine(progress, 'stopped'), 'occlusion: stopped after 40 of 170 windows');
});

test('an estimate is told before the first is counted, and what a budget leaves room for', async () => {
  const reports: Progress[] = [];
  await longWork('occlusion', { total: 729, unit: 'windows', onProgress: (report) => reports.push(report) }, async (job) => {
    job.expect(4, 0.224, 180);
    await job.advance(4);
    job.expect(1, 99);
  });
  assert.is(reports[0].done, 0);
  assert.is(reports[0].reach, 180);
  assert.ok(Math.abs(reports[0].left! - 180 * 0.056) < 1e-9);
  assert.is(progressLine(reports[0]), 'occlusion: 729 windows; about 180 of them in the 10 s that the budget leaves');
  assert.is(progressLine({ ...reports[0], reach: undefined, left: 41 }), 'occlusion: 729 windows, about 41 s');
  const last = reports[reports.length - 1];
  assert.is(last.done, 4);
  assert.ok(Math.abs(last.left! - 176 / last.rate) < 1e-9, 'a later estimate is not heard: the rate is known');
  assert.ok(last.rate < 4 / 0.224 && last.rate > 5, 'the rate counts the time that the first few took');
});

test('the bar has a label for those who cannot see it, and takes no markup from it', () => {
  const html = progressHtml({ ...progress, label: '<b>"x"' });
  assert.match(html, 'value="40" max="170" aria-label="&lt;b&gt;&quot;x&quot;"');
  assert.not.match(html, '<b>');
  assert.not.match(html, '<script');
});

test('on a terminal the line is written over, fits, and is wiped', () => {
  let text = '';
  const reporter = terminalLine({ write: (piece) => ((text += piece), true), columns: 40 });
  reporter.report(progress);
  assert.match(text, '\r\x1b[K[======                  ] occlusion:');
  assert.is(text.length, 4 + 39);
  text = '';
  reporter.end(progress, 'finished');
  assert.is(text, '\r\x1b[K');
});

test.run();
