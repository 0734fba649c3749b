// node --import tsx bench/methods.ts [--count 200] [--seed 5] [--deletion]: how well every method's maps lie on the things of painted scenes, by vgg-tiny.
// Prints the table of README.md, and writes the chart and its numbers to out/methods.
import path from 'node:path';
import { parseArgs } from 'node:util';
import * as cl from '../src/index';
import { usualMethods } from '../src/metrics/benchmark/usualMethods';
import type { Explainer } from '../src/metrics/explainers';

const folder = path.resolve(__dirname, '..', 'out', 'methods');
const { values: asked } = parseArgs({ options: { count: { type: 'string', default: '200' }, seed: { type: 'string', default: '5' }, deletion: { type: 'boolean', default: false } } });

async function run(): Promise<void> {
  const [count, seed] = [Number(asked.count), Number(asked.seed)];
  const model = await cl.loadModel('vgg-tiny');
  // Two class activation maps once more, where the grid is finer and dense layers are farther away.
  const layer = 'block4_conv3';
  const earlier: Explainer[] = [cl.gradCam, cl.hiResCam].map((cam) => (network, image, options) => cam(network, image, { ...options, layer }));
  const methods = [...usualMethods, ...earlier];
  const benchmark = await cl.benchmarkMethods(model, cl.scenes({ count, seed }), { count, seed, methods, measures: ['pointing', 'energy', 'iou', ...(asked.deletion ? (['deletion'] as const) : [])] });
  model.dispose();
  console.log(`${benchmark.markdown()}\n\n${Math.round(benchmark.seconds)} s in all.`);
  for (const ending of ['png', 'html', 'json']) await benchmark.toFigure().save(path.join(folder, `methods.${ending}`));
}

run().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
