import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { python } from './helpers/kernel';

// A person with a project and a Jupyter of their own: the packed tarball in an empty folder.
const root = path.resolve(__dirname, '..');
const folder = mkdtempSync(path.join(os.tmpdir(), 'convlens-project-'));
const packed = suite('packed');

packed.before(async () => {
  const { npmScript } = await import(pathToFileURL(path.join(root, 'scripts', 'setup', 'places.mjs')).href);
  const npm = (words: string[], cwd: string) => execFileSync(process.execPath, [npmScript(), ...words], { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  npm(['pack', '--ignore-scripts', '--pack-destination', folder], root);
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'))!;
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
  npm(['install', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error', `./${tarball}`, 'tslab@1.0.22'], folder);
});

packed('holds what runs, and none of the sources', () => {
  const own = path.join(folder, 'node_modules', 'convlens');
  for (const file of ['dist/index.js', 'dist/index.d.ts', 'dist/kernel.js', 'dist/cli.js', 'dist/THIRD-PARTY.txt', 'dist/widgets/overlay.js', 'scripts/setup.mjs', 'scripts/setup/unzip.py']) {
    assert.ok(existsSync(path.join(own, file)), file);
  }
  for (const file of ['src', 'test', 'scripts/test.mjs', 'scripts/start.mjs']) assert.not.ok(existsSync(path.join(own, file)), file);
});

packed('npx convlens setup builds what is native, and says so', () => {
  const { status, stdout, stderr } = convlens(['setup']);
  assert.is(status, 0, stdout + stderr);
  assert.match(stdout, /^[✓·] canvas/m);
  assert.match(stdout, /^[✓·!] tfjs-node/m);
});

packed('names the cat in plain Node', () => {
  const program = `
    const cl = require('convlens');
    (async () => {
      const model = await cl.loadModel();
      const photo = await cl.loadImage('cat');
      const [first] = await model.predict(photo);
      const map = await cl.gradCam(model, photo);
      console.log(JSON.stringify({ label: first.label, method: map.method, shape: map.shape }));
    })();`;
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', program], { cwd: folder, encoding: 'utf8' });
  const { label, method, shape } = JSON.parse(stdout.trim().split('\n').at(-1) || `{"label":${JSON.stringify(stderr)}}`);
  assert.match(label, /cat|tabby/);
  assert.equal([method, shape], ['Grad-CAM', [224, 224]]);
});

packed('its kernel, once installed, runs a notebook of the project, and doctor finds nothing missing', () => {
  const interpreter = python();
  if (!interpreter) return console.log('not tried: no .venv with Jupyter');
  assert.is(convlens(['kernel', 'install', '--prefix', 'jupyter']).status, 0);
  const env = { ...process.env, JUPYTER_PATH: path.join(folder, 'jupyter', 'share', 'jupyter'), PATH: [path.dirname(interpreter), process.env.PATH].join(path.delimiter) };
  const doctor = convlens(['doctor'], env);
  assert.is(doctor.status, 0, doctor.stdout);
  const source = "import * as cl from 'convlens';\nconst photo: cl.Image = await cl.loadImage('cat');\nphoto.width";
  const notebook = { nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [{ id: 'one', cell_type: 'code', metadata: {}, execution_count: null, outputs: [], source }] };
  mkdirSync(path.join(folder, 'mine'));
  writeFileSync(path.join(folder, 'mine', 'first.ipynb'), JSON.stringify(notebook));
  const ran = spawnSync(interpreter, [path.join(root, 'scripts', 'jupyter', 'execute.py'), 'mine', 'out', 'first'], { cwd: folder, env, encoding: 'utf8' });
  assert.match(ran.stdout, /✓ first .* ok/, ran.stdout + ran.stderr);
});

function convlens(words: string[], env: NodeJS.ProcessEnv = process.env) {
  return spawnSync(process.execPath, [path.join(folder, 'node_modules', 'convlens', 'dist', 'cli.js'), ...words], { cwd: folder, encoding: 'utf8', env });
}

packed.after(() => rmSync(folder, { recursive: true, force: true }));
packed.run();
