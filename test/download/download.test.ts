import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { download, type DownloadOptions } from '../../src/download/download';
import { fileServer, type Served } from '../helpers/fileServer';

const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * 7 + (i >> 8)) & 255));
const md5 = createHash('md5').update(bytes).digest('hex');
const sha256 = createHash('sha256').update(bytes).digest('hex');

const test = suite<{ folder: string; to: string }>('download');
test.before.each(async (context) => {
  context.folder = await mkdtemp(path.join(os.tmpdir(), 'convlens-test-'));
  context.to = path.join(context.folder, 'models', 'file.bin');
});
test.after.each(({ folder }) => rm(folder, { recursive: true, force: true }));

/** Downloads a file that is served so; gives what the server was asked, or the error. */
async function from(served: Served | undefined, to: string, options: DownloadOptions = {}): Promise<{ log: string[]; error?: Error }> {
  const server = await fileServer(served ? { '/file.bin': served } : {});
  try {
    await download(`${server.url}/file.bin`, to, { onProgress: null, ...options });
    return { log: server.log };
  } catch (error) {
    return { log: server.log, error: error as Error };
  } finally {
    await server.close();
  }
}

const filesIn = (to: string): Promise<string[]> => readdir(path.dirname(to));

test('a file arrives whole, with its hash checked, and nothing else is left', async ({ to }) => {
  const seen: number[] = [];
  const { error } = await from({ bytes }, to, { md5, sha256, onProgress: ({ done }) => seen.push(done) });
  assert.is(error, undefined);
  assert.ok(bytes.equals(await readFile(to)));
  assert.equal(await filesIn(to), ['file.bin']);
  assert.is(seen[seen.length - 1], bytes.length / 1e6);
});

test('a busy server is asked again', async ({ to }) => {
  const { log } = await from({ bytes, busy: 2 }, to);
  assert.is(log.length, 3);
  assert.ok(bytes.equals(await readFile(to)));
});

test('a connection that breaks off is gone on with, by range', async ({ to }) => {
  const { log } = await from({ bytes, breakAfter: [100_000, 50_000], etag: '"a"' }, to);
  assert.equal(log, ['GET /file.bin', 'GET /file.bin bytes=100000-', 'GET /file.bin bytes=150000-']);
  assert.ok(bytes.equals(await readFile(to)));
});

test('where the server knows no ranges, it begins anew', async ({ to }) => {
  await from({ bytes, breakAfter: [100_000], ranges: false, etag: '"a"' }, to);
  assert.ok(bytes.equals(await readFile(to)));
});

test('without an ETag and a hash nothing is glued together', async ({ to }) => {
  const { log } = await from({ bytes, breakAfter: [100_000] }, to);
  assert.equal(log, ['GET /file.bin', 'GET /file.bin']);
  assert.ok(bytes.equals(await readFile(to)));
});

test('an answer that is always cut short fails in one line and keeps nothing', async ({ to }) => {
  const { error } = await from({ bytes: bytes.subarray(0, 1000), declared: 2000, ranges: false }, to);
  assert.match(error?.message ?? '', /^file\.bin could not be downloaded from http.*put the file at .*file\.bin by hand$/);
  assert.equal(await filesIn(to), []);
});

test('404 fails at once', async ({ to }) => {
  const { error, log } = await from(undefined, to, { label: 'vgg16 weights' });
  assert.match(error?.message ?? '', /^vgg16 weights could not be downloaded .*404 Not Found/);
  assert.is(log.length, 1);
});

test('a wrong hash is tried once more, then refused; an older file stays', async ({ to }) => {
  await from({ bytes }, to);
  const { error, log } = await from({ bytes: Buffer.from('something else') }, to, { md5 });
  assert.match(error?.message ?? '', /it is not the file that was published \(md5 /);
  assert.is(log.length, 2);
  assert.ok(bytes.equals(await readFile(to)));
  assert.equal(await filesIn(to), ['file.bin']);
});

test('no network: one line with the reason and the place for the file', async ({ to }) => {
  const { url, close } = await fileServer({});
  await close();
  const message = await download(`${url}/file.bin`, to, { onProgress: null }).catch((error: Error) => error.message);
  assert.match(String(message), /the host refuses connections, ECONNREFUSED\); try again, or put the file at .*file\.bin by hand/);
  assert.not.match(String(message), /\n/);
});

test('a folder that cannot be made is said in one line', async ({ folder }) => {
  await writeFile(path.join(folder, 'occupied'), '');
  const { error } = await from({ bytes }, path.join(folder, 'occupied', 'file.bin'));
  assert.match(error?.message ?? '', /cannot write to .*occupied \((ENOTDIR|EEXIST)\); set CONVLENS_CACHE/);
});

test('a signal stops it, and leaves nothing without a hash', async ({ to }) => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 150);
  const { error } = await from({ bytes, pause: 100 }, to, { signal: controller.signal });
  assert.is(error?.name, 'AbortError');
  assert.equal(await filesIn(to), []);
});

const child = path.join(__dirname, '..', 'fixtures', 'downloadChild.ts');
const inChild = (url: string, to: string) => spawn(process.execPath, ['--import', 'tsx', child, url, to, md5], { stdio: ['ignore', 'pipe', 'inherit'] });
const ended = (process: ReturnType<typeof inChild>): Promise<number | null> => new Promise((resolve) => process.on('exit', (code) => resolve(code)));

test('two processes at once both end with the whole file', async ({ to }) => {
  const server = await fileServer({ '/file.bin': { bytes, pause: 30 } });
  const codes = await Promise.all([ended(inChild(`${server.url}/file.bin`, to)), ended(inChild(`${server.url}/file.bin`, to))]);
  await server.close();
  assert.equal(codes, [0, 0]);
  assert.ok(bytes.equals(await readFile(to)));
  assert.equal(await filesIn(to), ['file.bin']);
});

test('a killed process leaves no broken file; the next one goes on where it stopped', async ({ to }) => {
  const served: Served = { bytes, pause: 300, etag: '"a"' };
  const server = await fileServer({ '/file.bin': served });
  const running = inChild(`${server.url}/file.bin`, to);
  await new Promise<void>((resolve) => running.stdout?.on('data', () => resolve()));
  running.kill('SIGKILL');
  await ended(running);
  assert.is((await filesIn(to)).filter((name) => name.endsWith('.part')).length, 1);
  assert.not((await filesIn(to)).includes('file.bin'));
  served.pause = 0;
  await download(`${server.url}/file.bin`, to, { md5, onProgress: null });
  await server.close();
  assert.match(server.log[1], /bytes=\d+-$/);
  assert.ok(bytes.equals(await readFile(to)));
  assert.equal(await filesIn(to), ['file.bin']);
});

test.run();
