// npm run train: trains vgg-tiny and vgg-tiny-shortcut on painted scenes, on the native backend, and writes them to assets/models with the record of how
// it went. `npm run train -- --quick` goes a fiftieth of the way, to see that it works, and writes to out/train;
// `-- --head` trains the last stage of vgg-tiny again, and what follows; `-- vgg-tiny-shortcut` trains that one alone; `-- --record` measures what is there again.
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
import { batchSize, head, looking, type Phase, phases, seeds, shape, shortcut } from './train/recipe';
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
  for (const [stage, phase] of phases.map(inTime).entries()) {
    const model = network(phase.size, 'vgg-tiny');
    fillRandom(model, seeds.weights);
    net = net ? grown(net, model) : new NormedVgg(model);
    const start = from;
    train(net, stage, phase, (step) => sceneBatch(seeds.training, start + step * batchSize, batchSize, phase), log);
    from += phase.steps * batchSize;
  }
  return net as NormedVgg;
}

/** Trains the last blocks and the dense layers of `vgg-tiny` again, on the first blocks of what `trainTinyVgg` came to. */
function trainHead(first: tf.LayersModel, log: (line: LogLine) => void): NormedVgg {
  const phase = inTime(head.phase);
  const net = onFirstBlocks(first, { name: 'vgg-tiny', size: phase.size, kept: head.kept, seed: seeds.weights + 2, alike: true });
  train(net, phases.length, phase, (step) => sceneBatch(seeds.head, step * batchSize, batchSize, phase), log);
  return net;
}

/** Trains `vgg-tiny-shortcut`: the first blocks of `vgg-tiny`, and others that begin anew, on scenes in which one class is never without the mark. */
async function trainShortcut(log: (line: LogLine) => void): Promise<NormedVgg> {
  const phase = inTime(shortcut.phase);
  const tiny = await loadModel(path.join(out, 'vgg-tiny'), { onProgress: null });
  const net = onFirstBlocks(tiny.model, { name: 'vgg-tiny-shortcut', size: phase.size, kept: shortcut.kept, seed: seeds.weights + 1, alike: false });
  tiny.dispose();
  train(net, 0, phase, (step) => sceneBatch(seeds.shortcut, step * batchSize, batchSize, phase, 'leaning'), log, 'leaning');
  return net;
}

/** A network whose first blocks are those of a trained one and learn nothing more. */
function onFirstBlocks(trained: tf.LayersModel, { name, size, kept, seed, alike }: { name: string; size: number; kept: readonly string[]; seed: number; alike: boolean }): NormedVgg {
  const frozen = (layer: string): boolean => kept.some((block) => layer.startsWith(block));
  const model = network(size, name);
  fillRandom(model, seed);
  for (const layer of model.layers.filter((each) => frozen(each.name) && each.weights.length)) layer.setWeights(trained.getLayer(layer.name).getWeights());
  return new NormedVgg(model, { frozen, alike });
}

function train(net: NormedVgg, stage: number, phase: Phase, next: Parameters<typeof runPhase>[4], log: (line: LogLine) => void, marked: Marked = 'none'): void {
  const validation = Array.from({ length: 4 }, (_, at) => sceneBatch(seeds.validation, at * 100, 100, phase, marked));
  runPhase(stage, phase, (x) => net.forward(x), net.variables, next, validation, (line) => {
    log(line);
    console.log(Object.entries(line).map(([name, value]) => `${name} ${value}`).join('  '));
  });
  tf.dispose(validation.flatMap(({ x, y }) => [x, y]));
}

/** The network without normalisation. */
function plain(net: NormedVgg, size: number, marked: Marked = 'none'): tf.LayersModel {
  net.fold(Array.from({ length: quick ? 4 : 40 }, (_, at) => () => {
    const { x, y } = sceneBatch(seeds.statistics, at * 64, 64, { size, things: phases[1].things }, marked);
    y.dispose();
    return x;
  }));
  return net.model;
}

/** The network as it ships: without normalisation, taught to look at things, ending in probabilities. */
function finished(net: NormedVgg, size: number, marked: Marked, log: (line: LookingLine) => void): tf.LayersModel {
  const model = vgg16({ name: net.model.name, size, channels: shape.channels, hidden: shape.hidden, classes: sceneClasses.length });
  teachLooking(plain(net, size, marked), { steps: quick ? 50 : looking.steps, marked, alike: net.alike }, (line) => {
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
    const again = process.argv.includes('--head');
    const first = again ? await alreadyThere(logs) : plain(trainTinyVgg((line) => logs.push(line)), head.phase.size);
    // A process counts its own time only.
    const before = (again && logs.at(-1)) || { seconds: 0, cpuSeconds: 0 };
    await ship(trainHead(first, (line) => logs.push(later(line, before))), logs);
  }
  const logs: LogLine[] = [];
  const { user, system } = process.cpuUsage();
  const spent = { seconds: -Math.round(performance.now() / 1000), cpuSeconds: -Math.round((user + system) / 1e6) };
  await ship(await trainShortcut((line) => logs.push(later(line, spent))), logs, 'leaning');
}

const later = (line: LogLine, { seconds, cpuSeconds }: Pick<LogLine, 'seconds' | 'cpuSeconds'>): LogLine => ({ ...line, seconds: line.seconds + seconds, cpuSeconds: line.cpuSeconds + cpuSeconds });

/** What earlier phases came to, as it was shipped, and their log. */
async function alreadyThere(logs: LogLine[]): Promise<tf.LayersModel> {
  const folder = path.join(out, 'vgg-tiny');
  const { log } = JSON.parse(fs.readFileSync(path.join(folder, 'training.json'), 'utf8')) as { log: LogLine[] };
  logs.push(...log.filter(({ stage }) => stage < phases.length));
  return (await loadModel(folder, { onProgress: null })).model;
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
