// node --import tsx bench/speed.ts [rounds [model]]: seconds of each method on each backend; writes bench/SPEED.md.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as cl from '../src/index';

const root = path.resolve(__dirname, '..');
const rounds = Number(process.argv[2] ?? 5);
const quiet = { onProgress: null };

const work: Record<string, (model: cl.Classifier, photo: cl.Image) => Promise<unknown>> = {
  predict: (model, photo) => model.predict(photo),
  saliency: (model, photo) => cl.saliency(model, photo),
  'guided backprop': (model, photo) => cl.guidedBackprop(model, photo),
  'Grad-CAM': (model, photo) => cl.gradCam(model, photo),
  'outputs of every layer, with the picture': async (model, photo) => (await cl.layerOutputs(model, photo)).toFigure().png(1),
  'occlusion 32/16': (model, photo) => cl.occlusion(model, photo, { patch: 32, stride: 16, ...quiet }),
};

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1];

async function seconds(run: () => Promise<unknown>, times: number): Promise<number> {
  const taken: number[] = [];
  for (let i = 0; i < times; i++) {
    const start = performance.now();
    await run();
    taken.push((performance.now() - start) / 1000);
  }
  return median(taken);
}

/** The built package, required in a fresh process as a cell does it. */
function importSeconds(): number {
  const program = `const t = performance.now(); require(${JSON.stringify(root)}); console.log(performance.now() - t)`;
  return median(Array.from({ length: rounds }, () => Number(spawnSync(process.execPath, ['-e', program], { encoding: 'utf8' }).stdout) / 1000));
}

type Loaded = { name: string; load: () => Promise<cl.Classifier>; slow: boolean };
const wanted = process.argv[3] ?? '';
const models: Loaded[] = [
  { name: 'efficientnet-lite0', load: () => cl.loadModel('efficientnet-lite0', quiet), slow: false },
  { name: 'vgg16, random weights', load: () => cl.loadModel('vgg16', { weights: null, seed: 1, ...quiet }), slow: true },
].filter(({ name }) => name.includes(wanted));

async function main(): Promise<void> {
  const photo = await cl.loadImage('cat');
  const rows: string[][] = [];
  for (const { name, load, slow } of models) {
    for (const backend of ['native', 'wasm'] as const) {
      const started = await cl.useBackend(backend).catch((error: Error) => void console.log(`without ${backend}: ${error.message}`));
      if (!started) continue;
      const once = await seconds(async () => (await load()).dispose(), slow ? 1 : rounds);
      rows.push([name, backend, 'load, from the cache', once.toFixed(2)]);
      const model = await load();
      for (const [method, run] of Object.entries(work)) {
        // Seconds of work are timed once; the first call also uploads the weights, so it is not counted.
        const long = method.startsWith('occlusion');
        if (!long) await run(model, photo);
        const taken = await seconds(() => run(model, photo), long ? 1 : rounds);
        rows.push([name, backend, method, taken.toFixed(2)]);
        console.log(rows.at(-1)?.join('  '));
      }
      model.dispose();
    }
  }
  rows.unshift(['package', '', 'import, in a fresh process', importSeconds().toFixed(2)]);
  writeFileSync(path.join(root, 'bench', 'SPEED.md'), report(rows));
}

const report = (rows: string[][]): string => `# Seconds a method takes

${os.cpus().length} cores of ${os.cpus()[0].model}, ${(os.totalmem() / 2 ** 30).toFixed(0)} GB, Node ${process.versions.node}, ${os.platform()}; the photograph \`cat\` at 224 x 224.
Medians of ${rounds} runs after one to warm up; occlusion once. Written by \`node --import tsx bench/speed.ts\`.

| model | backend | what | seconds |
| --- | --- | --- | ---: |
${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}
`;

void main();
