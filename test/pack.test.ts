import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { python } from './helpers/kernel';
import { runLab } from './helpers/runningLab';

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
  for (const file of ['dist/index.js', 'dist/index.d.ts', 'dist/kernel.js', 'dist/cli.js', 'dist/THIRD-PARTY.txt', 'dist/widgets/overlay.js', 'scripts/setup.mjs', 'scripts/setup/unzip.py', 'scripts/jupyter/lab.mjs', 'requirements.txt', ...course()]) {
    assert.ok(existsSync(path.join(own, file)), file);
  }
  for (const file of ['src', 'test', 'scripts/test.mjs', 'scripts/start.mjs', 'scripts/jupyter/execute.py']) assert.not.ok(existsSync(path.join(own, file)), file);
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

packed('copies the course out of the package, and opens it in JupyterLab without an installed kernel', async () => {
  const interpreter = python();
  if (!interpreter) return console.log('not tried: no .venv with Jupyter');
  assert.match(convlens(['notebooks', 'lesson', '--student']).stdout, /\nnext: npx convlens lab lesson\n$/);
  assert.equal(readdirSync(path.join(folder, 'lesson')).filter((name) => name.endsWith('.ipynb')).sort(), course().filter((name) => name.endsWith('.ipynb')).map((name) => path.basename(name)).sort());
  const env = { ...process.env, PATH: [path.dirname(interpreter), process.env.PATH].join(path.delimiter) };
  const lab = await runLab(path.join(folder, 'node_modules', 'convlens', 'dist', 'cli.js'), ['lesson'], { cwd: folder, env });
  try {
    const cells = ["import * as cl from 'convlens';\nimport { check } from 'convlens/exercises';\nconst model = await cl.loadModel('vgg-tiny');\nconst scene = await cl.loadImage('scene:cat');", 'await cl.gradCam(model, scene)', "const wrong: number = 'text';"];
    const [first, second, third] = await lab.run('00-start-here.ipynb', cells);
    assert.equal([first.status, second.status, third.status], ['ok', 'ok', 'error'], first.text + second.text);
    assert.match(second.text, /image\/png/);
    assert.match(third.text, /Type 'string' is not assignable/);
  } finally {
    assert.is(await lab.stop(), 0);
  }
  assert.not.ok(existsSync(path.join(folder, 'lesson', 'node_modules')), 'inside the project nothing has to be linked');
});

packed('a packed course installs into an empty cache', () => {
  assert.is(convlens(['bundle', 'course.tgz']).status, 0);
  const { status, stdout, stderr } = convlens(['bundle', '--from', 'course.tgz', 'elsewhere'], { ...process.env, CONVLENS_CACHE: path.join(folder, 'cache') });
  assert.is(status, 0, stderr);
  assert.match(stdout, /efficientnet-lite0, 5 photographs/);
});

/** What belongs to the course, in the package. */
function course(): string[] {
  const notebooks = readdirSync(path.join(root, 'notebooks'), { recursive: true, encoding: 'utf8' }).filter((name) => /\.(ipynb|png)$/.test(name) && !name.includes('.ipynb_checkpoints'));
  return [...notebooks.map((name) => path.join('notebooks', name)), ...(existsSync(path.join(root, 'TEACHING.md')) ? ['TEACHING.md'] : [])];
}

function convlens(words: string[], env: NodeJS.ProcessEnv = process.env) {
  return spawnSync(process.execPath, [path.join(folder, 'node_modules', 'convlens', 'dist', 'cli.js'), ...words], { cwd: folder, encoding: 'utf8', env });
}

packed.after(() => rmSync(folder, { recursive: true, force: true }));
packed.run();
