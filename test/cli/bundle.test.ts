import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Header, list } from 'tar';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isInside } from '../../src/cli/bundle/manifest';
import { cacheFolder } from '../../src/download/cacheFolder';
import { cli, commandLine } from '../helpers/commandLine';

const { folder, convlens, convlensWith } = commandLine('bundle');
const at = (...parts: string[]): string => path.join(folder, ...parts);
const into = (cache: string, ...words: string[]) => convlensWith({ CONVLENS_CACHE: at(cache) }, 'bundle', '--from', ...words);
const sha256 = (data: Buffer | string): string => createHash('sha256').update(data).digest('hex');
const files = (place: string): string[] => (existsSync(place) ? readdirSync(place, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => path.relative(place, path.join(entry.parentPath, entry.name))).sort() : []);
const weights = path.join('models', 'efficientnet-lite0', 'efficientnet-lite0-57934424.pth');
const bundle = suite('npx convlens bundle');

bundle('packs models, photographs and the course, and tells what is left out', async () => {
  const { status, out, err } = convlens('bundle', 'course.tar.gz');
  assert.equal([status, err], [0, '']);
  assert.match(out, /^course\.tar\.gz \([\d.]+ MB\)\n {2}models {5}efficientnet-lite0, .*vgg-tiny \(in the package itself\) \([\d.]+ MB\)\n {2}images {5}5 photographs .*\n {2}notebooks {2}\d+ notebooks /);
  if (!existsSync(path.join(cacheFolder(), 'models', 'vgg16'))) assert.match(out, /^left out: vgg16 is not in the cache: loadModel\('vgg16'\) fetches it once, 553 MB$/m);
  assert.match(out, /npx convlens bundle --from course\.tar\.gz course$/);
  const names: string[] = [];
  await list({ file: at('course.tar.gz'), onReadEntry: (entry) => void names.push(entry.path) });
  assert.is(names[0], 'manifest.json');
  assert.ok(names.includes('images/chelsea.png') && names.includes('notebooks/07-grad-cam.ipynb') && names.includes(weights.split(path.sep).join('/')), names.join(' '));
  assert.equal(files(folder), ['course.tar.gz'], 'nothing half-written is left beside it');
});

bundle('the same files give the same bytes', () => {
  assert.is(convlens('bundle', 'again.tgz').status, 0);
  assert.is(sha256(readFileSync(at('again.tgz'))), sha256(readFileSync(at('course.tar.gz'))));
});

bundle('installs on a machine without network: a photograph and a model load, the notebooks are there', () => {
  const env = { ...process.env, CONVLENS_CACHE: at('new'), PIP_NO_INDEX: '1', CONVLENS_MODEL_BASE_URL: 'http://127.0.0.1:9' };
  const alone = spawnSync('unshare', ['-rn', 'true']).status === 0 ? ['unshare', '-rn'] : [];
  if (!alone.length) console.log('no unshare here: the network is only turned away');
  const run = (words: string[]) => {
    const [command, ...rest] = [...alone, process.execPath, ...words];
    return spawnSync(command, rest, { cwd: folder, env, encoding: 'utf8' });
  };
  const { status, stdout, stderr } = run([cli, 'bundle', '--from', 'course.tar.gz', 'lesson']);
  assert.equal([status, stderr], [0, '']);
  assert.match(stdout, /^in .*new: efficientnet-lite0, .*5 photographs \([\d.]+ MB\)\nin lesson: \d+ notebooks \([\d.]+ MB\)\nnext: npx convlens lab lesson\n$/);
  assert.equal(readFileSync(at('new', weights)), readFileSync(path.join(cacheFolder(), weights)));
  assert.equal(files(at('new')).filter((name) => name.startsWith('images')).length, 5);
  assert.not.ok(readdirSync(at('new')).some((name) => name.startsWith('.part')));
  const program = `const cl = require(${JSON.stringify(path.resolve(cli, '..', 'index.js'))});
    (async () => { const [first] = await (await cl.loadModel()).predict(await cl.loadImage('cat')); console.log('named', first.label); })();`;
  assert.match(run(['-e', program]).stdout, /named .*cat/);
});

bundle('once more finds all of it there, and does not write over notebooks', () => {
  const mine = at('lesson', '07-grad-cam.ipynb');
  writeFileSync(mine, 'my work');
  const again = into('new', 'course.tar.gz', 'lesson');
  assert.is(again.status, 1);
  assert.match(again.err, /^already in lesson: 00-start-here\.ipynb, .*; nothing was written; name another folder, or --force overwrites them$/);
  assert.is(readFileSync(mine, 'utf8'), 'my work');
  assert.match(into('new', 'course.tar.gz', 'lesson', '--force').out, /; all of it was there\)/);
  assert.is.not(readFileSync(mine, 'utf8'), 'my work');
});

bundle('a spoiled file in the cache is replaced when installing, and left out when packing', () => {
  const photograph = at('new', 'images', 'chelsea.png');
  truncateSync(photograph, 1000);
  const { out } = convlensWith({ CONVLENS_CACHE: at('new') }, 'bundle', 'spoiled.tgz');
  assert.match(out, /^left out: the photograph cat is not as it was published: remove .*chelsea\.png, then npx convlens setup fetches it$/m);
  assert.is(into('new', 'course.tar.gz', 'other').status, 0);
  assert.is(statSync(photograph).size, statSync(path.join(cacheFolder(), 'images', 'chelsea.png')).size);
});

bundle("packs a folder of one's own, without what is hidden, linked or installed", () => {
  convlens('notebooks', 'own', '--student', '--only', '07');
  mkdirSync(at('own', 'data', 'deep'), { recursive: true });
  mkdirSync(at('own', 'node_modules', 'x'), { recursive: true });
  mkdirSync(at('own', '.ipynb_checkpoints'));
  writeFileSync(at('own', 'data', 'deep', `${'long name '.repeat(12)}.csv`), 'a,b');
  writeFileSync(at('own', 'node_modules', 'x', 'index.js'), '');
  writeFileSync(at('own', '.ipynb_checkpoints', 'old.ipynb'), '');
  symlinkSync(cli, at('own', 'link.js'));
  const { status, out } = convlensWith({ CONVLENS_CACHE: at('empty') }, 'bundle', 'own.tgz', 'own');
  assert.is(status, 0);
  assert.match(out, /^left out: efficientnet-lite0 is not in the cache: npx convlens setup fetches it$/m);
  assert.match(out, /^left out: the photograph cat is not in the cache: npx convlens setup fetches it$/m);
  assert.is(into('empty', 'own.tgz', 'got').status, 0);
  assert.equal(files(at('got')), ['07-grad-cam.ipynb', path.join('data', 'deep', `${'long name '.repeat(12)}.csv`)]);
});

bundle('refuses files that are not bundles, and those that a copy has spoiled; then nothing is installed', () => {
  const whole = readFileSync(at('course.tar.gz'));
  const content = gunzipSync(whole);
  const flipped = Buffer.from(content);
  flipped[content.length - 200_000] ^= 1;
  const cases: [name: string, data: Buffer, said: RegExp][] = [
    ['half.tgz', whole.subarray(0, whole.length / 2), /^half\.tgz \([\d.]+ MB\) is cut short or damaged: copy it again$/],
    ['bit-less.tgz', whole.subarray(0, whole.length - 9), /is cut short or damaged: copy it again$/],
    ['start.tgz', whole.subarray(0, 20), /is cut short or damaged: copy it again$/],
    ['hole.tgz', Buffer.concat([whole.subarray(0, 9e6), Buffer.alloc(1000), whole.subarray(9e6 + 1000)]), /^hole\.tgz.* damaged.*: copy .* again$/],
    ['flipped.tgz', gzipSync(flipped, { level: 1 }), /^flipped\.tgz: notebooks\/.* is damaged: copy the file again$/],
    ['short.tgz', gzipSync(content.subarray(0, 512 * 4000), { level: 1 }), /is cut short or damaged: copy it again$/],
    ['less.tgz', gzipSync(Buffer.concat([content.subarray(0, endOfEntry(content, 3)), Buffer.alloc(1024)])), /^less\.tgz is cut short or damaged: copy it again \(images\/\S+ is missing\)$/],
    ['picture.tgz', readFileSync(path.join(cacheFolder(), 'images', 'chelsea.png')), /^picture\.tgz is no bundle of convlens: it is not a \.tar\.gz file$/],
    ['text.tgz', gzipSync('just a text, long enough to be read as a header\n'.repeat(40)), /^text\.tgz/],
    ['nothing.tgz', Buffer.alloc(0), /^nothing\.tgz is empty: copy it again$/],
    ['other.tgz', archive([['package.json', '{}']]), /^other\.tgz: it is no bundle of convlens$/],
    ['void.tgz', gzipSync(Buffer.alloc(1024)), /void\.tgz/],
  ];
  for (const [name, data, said] of cases) {
    writeFileSync(at(name), data);
    refused(name, said);
  }
  refused('nowhere.tgz', /^no file nowhere\.tgz$/);
  refused('own', /^own is a folder: name a bundle, which is a file$/);
});

bundle('refuses archives that would lead out of their folders, or that bring what convlens does not know', () => {
  const good = entry('notebooks/a.ipynb', '{}');
  const zeros = '0'.repeat(64);
  const cases: [said: RegExp, archive: Buffer][] = [
    ...['../a', '/etc/a', 'notebooks/../../a', 'notebooks//a', 'notebooks/./a', 'C:/a', 'notebooks\\..\\a', 'notebooks/.bashrc', 'notebooks/node_modules/convlens/a.js', 'notebooks/con.txt', 'notebooks/a. ', 'notebooks/a\u0000b'].map(
      (name): [RegExp, Buffer] => [/it holds a file that leads out of its folder: /, archive([[name, 'x']], [entry(name, 'x')])],
    ),
    [/hostile\.tgz is damaged, or convlens did not make it \(path is required\): copy it again/, archive([['', 'x']], [good])],
    [/it holds a link, "notebooks\/a\.ipynb": convlens did not make it/, archive([['notebooks/a.ipynb', '', 'SymbolicLink', '/etc/passwd']], [good])],
    [/it holds a link, "notebooks\/a\.ipynb"/, archive([['notebooks/a.ipynb', '', 'Link', 'manifest.json']], [good])],
    [/it holds a CharacterDevice/, archive([['notebooks/a.ipynb', '', 'CharacterDevice']], [good])],
    [/it holds "notebooks\/b\.ipynb", which its list does not name/, archive([['notebooks/b.ipynb', '{}']], [good])],
    [/it holds "\.\.\/b", which its list does not name/, archive([['../b', '{}']], [good])],
    [/it holds "notebooks\/a\.ipynb" twice/, archive([['notebooks/a.ipynb', '{}'], ['notebooks/a.ipynb', '[]']], [good])],
    [/it holds notebooks\/A\.ipynb twice/, archive([], [good, entry('notebooks/A.ipynb', '{}')])],
    [/notebooks\/a\.ipynb has 3 bytes instead of 2/, archive([['notebooks/a.ipynb', '{ }']], [good])],
    [/notebooks\/a\.ipynb is damaged/, archive([['notebooks/a.ipynb', '[]']], [good])],
    [/it holds models\/vgg19\/a\.h5, which convlens .* does not know \(it was made by 9\.9\.9\): nothing was installed/, archive([['models/vgg19/a.h5', 'x']], [entry('models/vgg19/a.h5', 'x')])],
    [/efficientnet-lite0: it is not the file that was published .*nothing was installed/, archive([[weights.split(path.sep).join('/'), 'x']], [entry(weights.split(path.sep).join('/'), 'x')])],
    [/its list says too little of notebooks\/a/, archive([], [{ ...good, bytes: -1 }])],
    [/its list says too little of notebooks\/a/, archive([], [{ ...good, sha256: zeros.slice(1) }])],
    [/its list of files cannot be read/, archive([['manifest.json', '{']], undefined, '{')],
    [/it was made by a newer convlens \(9\.9\.9; this is /, archive([], undefined, '{"bundle":2,"convlens":"9.9.9"}')],
  ];
  for (const [said, data] of cases) {
    writeFileSync(at('hostile.tgz'), data);
    refused('hostile.tgz', said);
  }
  assert.not.ok(existsSync(path.join(folder, '..', 'a')) || existsSync(at('a')));
  assert.ok(isInside('notebooks/data/Straße 1.csv') && !isInside('notebooks/../x'));
});

bundle('a full disk is told of, and leaves what was there', () => {
  // A disk of one megabyte, in a space of its own.
  const within = (commands: string) => spawnSync('unshare', ['-rm', 'sh', '-c', `mount -t tmpfs -o size=1m tmpfs ${at('small')} && ${commands}`], { cwd: folder, encoding: 'utf8', env: { ...process.env, NODE: process.execPath, CLI: cli } });
  mkdirSync(at('small'));
  if (within('true').status !== 0) return console.log('not tried: no small disk can be mounted here');
  const left = '; code=$?; ls -A small; exit $code';
  const cases: [command: string, said: RegExp][] = [
    ['"$NODE" "$CLI" bundle small/b.tgz', /^the disk is full: no room for [\d.]+ MB in small\/b\.tgz$/],
    ['CONVLENS_CACHE=small "$NODE" "$CLI" bundle --from course.tar.gz fresh', /^the disk is full: no room for [\d.]+ MB in .*small$/],
    ['CONVLENS_CACHE=new "$NODE" "$CLI" bundle --from course.tar.gz small/fresh', /^the disk is full: no room for [\d.]+ MB in small\/fresh$/],
    ['"$NODE" "$CLI" notebooks small/fresh', /^the disk is full: no room for [\d.]+ MB in small\/fresh$/],
  ];
  for (const [command, said] of cases) {
    const { status, stdout, stderr } = within(command + left);
    assert.match(stderr.trim(), said, command);
    assert.equal([status, stdout], [1, ''], command);
  }
  assert.not.ok(existsSync(at('fresh')));
});

bundle('Ctrl-C stops it, and leaves nothing', async () => {
  // Large enough to be in the middle of it.
  mkdirSync(at('large'));
  writeFileSync(at('large', 'a.ipynb'), Buffer.alloc(300e6));
  const child = spawn(process.execPath, [cli, 'bundle', 'large.tgz', 'large'], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = new Promise((resolve) => child.once('close', resolve));
  while (!readdirSync(folder).some((name) => name.startsWith('large.tgz.'))) await pause(10);
  child.kill('SIGINT');
  assert.is(await ended, 1);
  assert.is(said.trim(), 'stopped; nothing was changed');
  assert.equal(readdirSync(folder).filter((name) => name.startsWith('large.tgz')), []);
  rmSync(at('large'), { recursive: true });
});

bundle('what a killed run left is swept by the next', () => {
  const part = spawnSync(process.execPath, ['-e', 'console.log(require("os").hostname().replace(/\\W/g, "-"), process.pid)'], { encoding: 'utf8' }).stdout.trim().replace(' ', '.');
  writeFileSync(at(`own.tgz.${part}.1.part`), 'half');
  mkdirSync(at('empty', `.part-${part.split('.')[1]}-abc`));
  assert.is(convlensWith({ CONVLENS_CACHE: at('empty') }, 'bundle', 'own.tgz', 'own', '--force').status, 0);
  assert.is(into('empty', 'own.tgz', 'swept').status, 0);
  assert.equal(readdirSync(folder).filter((name) => name.endsWith('.part')), []);
  assert.equal(readdirSync(at('empty')).filter((name) => name.startsWith('.part')), []);
});

bundle('refuses what it does not know, in one line', () => {
  const before = files(folder).length;
  for (const [words, status, said] of [
    [[], 2, 'convlens bundle needs a file: npx convlens bundle course.tar.gz'],
    [['course.zip'], 2, 'course.zip must end in .tar.gz or .tgz'],
    [['course.tar.gz'], 1, 'course.tar.gz is there already: --force overwrites it'],
    [['no/such/course.tgz'], 1, 'no folder no/such'],
    [['x.tgz', 'nowhere'], 1, 'no folder nowhere'],
    [['x.tgz', 'course.tar.gz'], 1, 'course.tar.gz is a file: name a folder of notebooks'],
    [['x.tgz', 'small'], 1, 'no notebooks in small'],
    [['--from'], 2, '--from needs a value; npx convlens bundle --help'],
    [['--from', 'course.tar.gz', 'a', 'b'], 2, 'convlens bundle --from takes a file and one folder, got a and b'],
    [['--form', 'course.tar.gz'], 2, 'convlens bundle has no option "--form"; did you mean "--from"?'],
  ] as const) {
    const ran = convlens('bundle', ...words);
    assert.equal([ran.err, ran.status, ran.out], [said, status, ''], words.join(' '));
  }
  assert.is(files(folder).length, before);
});

/** Installing the file fails with these words and leaves neither notebooks nor anything in the cache. */
function refused(name: string, said: RegExp): void {
  rmSync(at('refusing'), { recursive: true, force: true });
  const { status, err, out } = into('refusing', name, 'refused');
  assert.match(err, said, `${name}: ${err}`);
  assert.equal([status, out, err.split('\n').length], [1, '', 1], name);
  assert.equal([files(at('refusing')), existsSync(at('refused'))], [[], false], name);
}

interface ListedEntry {
  path: string;
  bytes: number;
  sha256: string;
}

function entry(name: string, content: string): ListedEntry {
  return { path: name, bytes: content.length, sha256: sha256(content) };
}

type Member = [name: string, content: string, type?: 'File' | 'SymbolicLink' | 'Link' | 'CharacterDevice', linkpath?: string];

/** A .tar.gz with a manifest that names `listed`, and these members, whatever they are. */
function archive(members: Member[], listed?: ListedEntry[], text = JSON.stringify({ bundle: 1, convlens: '9.9.9', files: listed })): Buffer {
  const all: Member[] = listed || !members.length ? [['manifest.json', text], ...members] : members;
  const blocks = all.flatMap(([path, content, type = 'File', linkpath]) => {
    const header = new Header({ path, size: content.length, mode: 0o644, type, linkpath, mtime: new Date(0) });
    header.encode();
    return [header.block!, Buffer.from(content), Buffer.alloc((512 - (content.length % 512)) % 512)];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

/** Where entry number `count` (from 0) of a tar ends. */
function endOfEntry(content: Buffer, count: number): number {
  let place = 0;
  for (let i = 0; i <= count; i++) place += 512 + Math.ceil(parseInt(content.toString('latin1', place + 124, place + 135), 8) / 512) * 512;
  return place;
}

bundle.after(() => rmSync(folder, { recursive: true, force: true }));
bundle.run();
