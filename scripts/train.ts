// npm run train: trains vgg-tiny and vgg-tiny-shortcut on painted scenes, on the native backend, and writes them to assets/models with the record of how
// it went. `npm run train -- --quick` goes a fiftieth of the way, to see that it works, and writes to out/train;
// `-- vgg-tiny-shortcut` trains that one alone; `-- --record` measures what is there again.
import fs from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { ready } from '../src/backend';
import { loadModel } from '../src/model/loadModel';
import { fillRandom } from '../src/model/random';
import { vgg16 } from '../src/model/vgg16';
import { packageRoot } from '../src/packageRoot';
import { sceneClasses } from '../src/scenes/glyphs';
import { exportModel } from './train/exportModel';
import { grown } from './train/grown';
import { type LookingLine, teachLooking } from './train/looking';
import { NormedVgg } from './train/normedVgg';
import { batchSize, looking, type Phase, phases, seeds, shape, shortcut } from './train/recipe';
import { writeRecord } from './train/record';
import { type LogLine, runPhase } from './train/runPhase';
import { type Marked, sceneBatch } from './train/scenesFor';

const quick = process.argv.includes('--quick');
const out = quick ? path.join(packageRoot, 'out', 'train') : path.join(packageRoot, 'assets', 'models');

const network = (size: number, name: string): tf.LayersModel => vgg16({ name, size, channels: shape.channels, hidden: shape.hidden, classes: sceneClasses.length, ending: 'linear' });

const inTime = (phase: Phase): Phase => (quick ? { ...phase, steps: Math.ceil(phase.steps / 50), warmUp: 2 } : phase);

/** Trains `vgg-tiny`, one phase after the other, each at its input size. */
function trainTinyVgg(log: (line: LogLine) => void): NormedVgg {
  let net: NormedVgg | undefined;
  let from = 0;
  for (const phase of phases.map(inTime)) {
    const model = network(phase.size, 'vgg-tiny');
    fillRandom(model, seeds.weights);
    net = net ? grown(net, model) : new NormedVgg(model);
    const start = from;
    train(net, phase, (step) => sceneBatch(seeds.training, start + step * batchSize, batchSize, phase), log);
    from += phase.steps * batchSize;
  }
  return net as NormedVgg;
}

/** Trains `vgg-tiny-shortcut`: the first blocks of `vgg-tiny`, and others that begin anew, on scenes in which one class is never without the mark. */
async function trainShortcut(log: (line: LogLine) => void): Promise<NormedVgg> {
  const phase = inTime(shortcut.phase);
  const kept = (layer: string): boolean => shortcut.kept.some((block) => layer.startsWith(block));
  const model = network(phase.size, 'vgg-tiny-shortcut');
  fillRandom(model, seeds.weights + 1);
  const tiny = await loadModel(path.join(out, 'vgg-tiny'), { onProgress: null });
  for (const layer of model.layers.filter(({ name, weights }) => kept(name) && weights.length)) layer.setWeights(tiny.model.getLayer(layer.name).getWeights());
  tiny.dispose();
  const net = new NormedVgg(model, kept);
  train(net, phase, (step) => sceneBatch(seeds.shortcut, step * batchSize, batchSize, phase, 'leaning'), log, 'leaning');
  return net;
}

function train(net: NormedVgg, phase: Phase, next: Parameters<typeof runPhase>[3], log: (line: LogLine) => void, marked: Marked = 'none'): void {
  const validation = Array.from({ length: 4 }, (_, at) => sceneBatch(seeds.validation, at * 100, 100, phase, marked));
  runPhase(phase, (x) => net.forward(x), net.variables, next, validation, (line) => {
    log(line);
    console.log(Object.entries(line).map(([name, value]) => `${name} ${value}`).join('  '));
  });
  tf.dispose(validation.flatMap(({ x, y }) => [x, y]));
}

/** The network as it ships: without normalisation, taught to look at things, ending in probabilities. */
function finished(net: NormedVgg, size: number, marked: Marked, log: (line: LookingLine) => void): tf.LayersModel {
  net.fold(Array.from({ length: quick ? 4 : 40 }, (_, at) => () => {
    const { x, y } = sceneBatch(seeds.statistics, at * 64, 64, { size, things: phases[1].things }, marked);
    y.dispose();
    return x;
  }));
  const model = vgg16({ name: net.model.name, size, channels: shape.channels, hidden: shape.hidden, classes: sceneClasses.length });
  teachLooking(net.model, quick ? 50 : looking.steps, marked, (line) => {
    log(line);
    console.log(`looking: ${JSON.stringify(line)}`);
  });
  model.setWeights(net.model.getWeights());
  return model;
}

async function main(): Promise<void> {
  const { name } = await ready();
  if (name !== 'native') throw new Error(`training needs the native backend, got ${name}; run: npm run setup`);
  if (process.argv.includes('--record')) return recordAgain();
  if (!process.argv.includes('vgg-tiny-shortcut')) {
    const logs: LogLine[] = [];
    await ship(trainTinyVgg((line) => logs.push(line)), logs);
  }
  const logs: LogLine[] = [];
  await ship(await trainShortcut((line) => logs.push(line)), logs, 'leaning');
}

async function ship(net: NormedVgg, logs: readonly LogLine[], marked: Marked = 'none'): Promise<void> {
  const taught: LookingLine[] = [];
  const folder = path.join(out, net.model.name);
  const bytes = await exportModel(finished(net, phases[phases.length - 1].size, marked, (line) => taught.push(line)), folder);
  console.log(`${net.model.name}: ${(bytes / 1e6).toFixed(2)} MB in ${folder}`);
  await writeRecord(net.model.name, folder, logs, taught, bytes);
}

async function recordAgain(): Promise<void> {
  for (const name of ['vgg-tiny', 'vgg-tiny-shortcut']) {
    const folder = path.join(out, name);
    const { log, looking: taught, bytes } = JSON.parse(fs.readFileSync(path.join(folder, 'training.json'), 'utf8')) as { log: LogLine[]; looking: LookingLine[]; bytes: number };
    await writeRecord(name, folder, log, taught, bytes);
  }
}

void main();
