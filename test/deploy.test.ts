import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { python } from './helpers/kernel';

const root = path.resolve(__dirname, '..');
const text = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const deploy = suite('deploy');

deploy('the image has the versions of the repository', () => {
  const dockerfile = text('deploy/Dockerfile');
  const { devDependencies } = JSON.parse(text('package.json'));
  assert.match(dockerfile, `ARG TSLAB=${devDependencies.tslab}\n`);
  const [, hub] = /jupyterhub==(\S+)/.exec(text('deploy/requirements.txt'))!;
  assert.match(dockerfile, `ARG JUPYTERHUB=${hub}\n`);
});

deploy('what the image copies is not left outside', () => {
  const copied = [...text('deploy/Dockerfile').matchAll(/^COPY (?!--from)(?:--\S+ )*(.+) \S+$/gm)].flatMap(([, words]) => words.split(' ')).filter((word) => word !== '.');
  const inside = text('deploy/Dockerfile.dockerignore').split('\n').filter((line) => line.startsWith('!')).map((line) => line.slice(1));
  assert.ok(copied.length >= 5);
  for (const file of copied) {
    assert.ok(existsSync(path.join(root, file)), file);
    assert.ok(inside.some((each) => file === each || file.startsWith(`${each}/`)), `${file} is in no line of the .dockerignore`);
  }
  // What the package holds, and what builds it.
  for (const needed of ['src', 'widgets', 'scripts', 'assets', 'exercises', 'notebooks', '.jupyter', 'tsconfig.json']) assert.ok(inside.includes(needed), needed);
});

if (process.platform !== 'win32') {
  deploy('a learner without the course gets it, once; then the server that was asked for starts', () => {
    const work = mkdtempSync(path.join(os.tmpdir(), 'convlens-start-'));
    try {
      const bin = path.join(work, 'bin');
      mkdirSync(bin);
      const put = (name: string, lines: string): void => {
        writeFileSync(path.join(bin, name), `#!/bin/sh\n${lines}\n`);
        chmodSync(path.join(bin, name), 0o755);
      };
      for (const name of ['jupyter', 'jupyterhub-singleuser']) put(name, `echo "${name} $*"`);
      writeFileSync(path.join(work, 'cli.js'), "const fs = require('fs'); const [, , verb, folder, edition] = process.argv; fs.mkdirSync(folder); fs.writeFileSync(folder + '/' + verb + edition, '');");
      const start = (words: string[], env: Record<string, string> = {}) =>
        spawnSync('sh', [path.join(root, 'deploy', 'start-course'), ...words], { encoding: 'utf8', env: { ...process.env, HOME: work, CONVLENS_CLI: path.join(work, 'cli.js'), PATH: `${bin}:${process.env.PATH}`, ...env } });

      const alone = start(['--debug']);
      assert.match(alone.stdout, /^the course is in .*course\njupyter lab .*--debug\n$/);
      assert.equal(readdirSync(path.join(work, 'course')), ['notebooks--student']);
      assert.is(start(['jupyterhub-singleuser', '--port=1']).stdout, 'jupyterhub-singleuser --port=1\n');
      assert.is(start([], { JUPYTERHUB_API_TOKEN: 'x' }).stdout, 'jupyterhub-singleuser \n');
      assert.match(start([], { CONVLENS_COURSE: 'all', CONVLENS_EDITION: 'teacher' }).stdout, /all\njupyter lab/);
      assert.equal(readdirSync(path.join(work, 'all')), ['notebooks--teacher']);

      const without = start(['jupyterhub-singleuser'], { CONVLENS_COURSE: 'none', CONVLENS_CLI: path.join(work, 'no.js') });
      assert.is(without.stdout, 'jupyterhub-singleuser \n', 'the server starts all the same');
      assert.match(without.stderr, 'the course could not be put into');
      assert.not.ok(existsSync(path.join(work, 'none')));
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  });
}

deploy('the hub lets in nobody by itself, and refuses what is unsafe', () => {
  const interpreter = python();
  if (!interpreter) return console.log('not tried: no .venv');
  const read = (env: Record<string, string>) => {
    // traitlets reads the file as JupyterHub does; JupyterHub itself is not installed here.
    const program = `
import json, sys
from traitlets.config.loader import PyFileConfigLoader
c = PyFileConfigLoader("jupyterhub_config.py", path=sys.argv[1]).load_config()
print(json.dumps({k: {n: sorted(x) if isinstance(x, set) else x for n, x in v.items()} for k, v in c.items()}, default=str))`;
    return spawnSync(interpreter, ['-c', program, path.join(root, 'deploy')], { encoding: 'utf8', cwd: os.tmpdir(), env: { ...process.env, ...env } });
  };
  const plain = JSON.parse(read({}).stdout);
  assert.is(plain.JupyterHub.bind_url, 'http://127.0.0.1:8000');
  assert.is(plain.JupyterHub.authenticator_class, 'pam');
  assert.equal([plain.Authenticator.allowed_users, plain.Authenticator.admin_users, plain.Authenticator.allow_all], [[], [], undefined]);
  assert.is(plain.Spawner.environment.TF_NUM_INTRAOP_THREADS, '2');
  assert.match(read({ CONVLENS_HUB_AUTH: 'dummy' }).stderr, /dummy authenticator/);
  assert.match(read({ CONVLENS_HUB_AUTH: 'shared-password', CONVLENS_HUB_PASSWORD: 'short' }).stderr, /at least 12 characters/);
  assert.match(read({ CONVLENS_HUB_SPAWNER: 'dcoker' }).stderr, /must be local, systemd or docker, got 'dcoker'/);
  const docker = JSON.parse(read({ CONVLENS_HUB_SPAWNER: 'docker', CONVLENS_HUB_AUTH: 'shared-password', CONVLENS_HUB_PASSWORD: 'a long password', CONVLENS_HUB_CPU: '1' }).stdout);
  assert.equal(docker.DockerSpawner.cmd, ['jupyterhub-singleuser']);
  assert.is(docker.Spawner.environment.OMP_NUM_THREADS, '1');
  assert.ok(docker.Authenticator.allow_all);
});

deploy('the values for Kubernetes are YAML, with the image\'s home', () => {
  const interpreter = python();
  if (!interpreter) return console.log('not tried: no .venv');
  const values = JSON.parse(execFileSync(interpreter, ['-c', 'import json, sys, yaml; print(json.dumps(yaml.safe_load(open(sys.argv[1]))))', path.join(root, 'deploy', 'values.yaml')], { encoding: 'utf8' }));
  assert.is(values.singleuser.storage.homeMountPath, '/home/learner');
  assert.match(text('deploy/Dockerfile'), 'WORKDIR /home/learner');
  assert.is(values.singleuser.uid, 1000);
  assert.match(text('deploy/Dockerfile'), 'USER 1000');
});

deploy.run();
