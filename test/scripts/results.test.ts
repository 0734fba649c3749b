import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

interface Results {
  passed: number;
  failed: number;
  skipped: number;
  why: string;
}
type Ran = { ok: boolean; why: string; text: string };

// The scripts are plain ES modules, which the type checker does not read.
const script = (name: string) => import(pathToFileURL(path.resolve(__dirname, '..', '..', 'scripts', name)).href);
const totals = (total: number, passed: number, skipped: number) => `\n  Total:     ${total}\n  Passed:    ${passed}\n  Skipped:   ${skipped}\n  Duration:  1.00ms\n`;

const scripts = suite('scripts');

scripts('uvu totals become counts', async () => {
  const { results, summary } = await script('test/results.mjs');
  const counts = ({ ok, why, text }: Ran) => {
    const { passed, failed, skipped }: Results = results({ ok, why, text });
    return [passed, failed, skipped];
  };
  assert.equal(counts({ ok: true, why: '', text: totals(5, 4, 1) }), [4, 0, 1]);
  assert.equal(counts({ ok: false, why: 'exit code 1', text: totals(5, 3, 0) }), [3, 2, 0]);
  assert.equal(counts({ ok: true, why: '', text: '' }), [0, 1, 0], 'test.run() forgotten');
  assert.equal(counts({ ok: true, why: '', text: totals(0, 0, 0) }), [0, 1, 0], 'no test in the file');
  assert.equal(counts({ ok: false, why: 'ended by SIGSEGV', text: totals(5, 5, 0) }), [5, 1, 0], 'ended badly after its tests');
  assert.equal(counts({ ok: false, why: 'no end after 300 s', text: 'half a line' }), [0, 1, 0]);
  assert.is(summary({ passed: 3, failed: 0, skipped: 0 }), '3 passed, 0 failed');
  assert.is(summary({ passed: 3, failed: 1, skipped: 2 }), '3 passed, 1 failed, 2 skipped');
});

scripts('the telling lines of a log are those that speak of trouble', async () => {
  const { telling } = await script('setup/run.mjs');
  assert.is(telling('gyp info ok\nsrc/a.cc:3: fatal error: cairo.h: No such file\nmake: Leaving directory\nbye'), 'src/a.cc:3: fatal error: cairo.h: No such file');
  assert.is(telling('one\ntwo\nthree\nfour\nfive'), 'two\nthree\nfour\nfive');
});

scripts('a program that fails, hangs or is not there is told of, and none throws', async () => {
  const { run } = await script('setup/run.mjs');
  assert.is((await run(process.execPath, ['-e', 'process.exit(3)'])).why, 'exit code 3');
  assert.is((await run(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { limit: 0.3 })).why, 'no end after 0.3 s');
  assert.match((await run('no-such-program-here', [])).why, /ENOENT/);
});

scripts('types that are only mentioned become nameable', async () => {
  const { nameable } = await script('build/declarations.mjs');
  const text = 'interface Hidden {}\ndeclare class Shown {}\ntype Named = 1;\n\nexport { Shown };\nexport type { Named };\n';
  assert.match(nameable(text), /export type \{ Hidden \};\n$/);
  assert.is(nameable(text.replace('interface Hidden {}\n', '')), text.replace('interface Hidden {}\n', ''));
});

scripts.run();
