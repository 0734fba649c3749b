/**
 * node --import tsx bench/featureVisualization.ts [PYTHON]: seconds that an optimised picture takes, of VGG16 (random weights; the time is the same) and EfficientNet-Lite0, native and wasm; writes
 * bench/FEATURES.md. PYTHON: one that has tf-keras-vis, which is measured beside (bench/requirements.txt).
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as cl from '../src/index';
import { maximizeActivation, type MaximizeActivationOptions } from '../src/features/visualization/maximizeActivation';

const steps = 128;
const goal = 10;

interface Case {
  name: string;
  model: 'vgg16' | 'efficientnet-lite0';
  options: MaximizeActivationOptions;
  /** Also on wasm, which is several times slower. */
  wasm?: true;
  goal?: number;
}

const nine = Array.from({ length: 9 }, (_, channel) => channel);
const vgg = (layer: string, size: number, more: Partial<Case> = {}): Case => ({ name: `${layer}, ${size} px`, model: 'vgg16', options: { layer, channel: 5, size }, ...more });
const lite = (layer: string, more: Partial<Case> = {}): Case => ({ name: `${layer}, 128 px`, model: 'efficientnet-lite0', options: { layer, channel: 5, size: 128 }, ...more });

const cases: Case[] = [
  vgg('block1_conv2', 64),
  vgg('block2_conv2', 64),
  vgg('block3_conv3', 64, { goal, wasm: true }),
  vgg('block4_conv3', 64),
  vgg('block5_conv3', 64),
  vgg('block5_conv3', 128),
  { name: 'block3_conv3, 64 px, 9 channels', model: 'vgg16', options: { layer: 'block3_conv3', channel: nine, size: 64 } },
  lite('stem_activation'),
  lite('block2b_add'),
  lite('block3b_add', { wasm: true }),
  lite('block4c_add'),
  lite('block5c_add', { wasm: true }),
  lite('block6d_add'),
  { name: 'block5c_add, 128 px, 9 channels', model: 'efficientnet-lite0', options: { layer: 'block5c_add', channel: nine, size: 128 } },
  { name: 'a class, 224 px', model: 'efficientnet-lite0', options: { target: 281 } },
];

interface Taken {
  seconds: number;
  cpu: number;
}

/** The quicker of two runs, after a short one: the first call also uploads the weights. */
async function taken(model: cl.Classifier, options: MaximizeActivationOptions): Promise<Taken> {
  const run = (count: number): Promise<unknown> => maximizeActivation(model, { ...options, steps: count, onProgress: null });
  await run(2);
  const times: Taken[] = [];
  for (let i = 0; i < 2; i++) {
    const [start, cpu] = [performance.now(), process.cpuUsage()];
    await run(steps);
    const { user, system } = process.cpuUsage(cpu);
    times.push({ seconds: (performance.now() - start) / 1000, cpu: (user + system) / 1e6 });
  }
  return times.sort((a, b) => a.seconds - b.seconds)[0];
}

interface Peer {
  peer: string;
  seconds: Record<string, number>;
}

function peerTimes(python: string | undefined): Peer | undefined {
  if (!python) return undefined;
  const text = execFileSync(python, [path.join(__dirname, 'feature_peers.py'), String(steps)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return JSON.parse(text.trim().split('\n').at(-1) as string) as Peer;
}

async function main(): Promise<void> {
  const rows: string[][] = [];
  const peer = peerTimes(process.argv[2]);
  for (const backend of ['native', 'wasm'] as const) {
    const started = await cl.useBackend(backend).catch((error: Error) => void console.log(`without ${backend}: ${error.message}`));
    if (!started) continue;
    for (const name of ['vgg16', 'efficientnet-lite0'] as const) {
      const model = await cl.loadModel(name, { ...(name === 'vgg16' ? { weights: null, seed: 1 } : {}), onProgress: null });
      for (const each of cases.filter((one) => one.model === name && (backend === 'native' || one.wasm))) {
        const { seconds, cpu } = await taken(model, each.options);
        const beside = backend === 'native' && name === 'vgg16' ? peer?.seconds[each.name] : undefined;
        rows.push([name, backend, each.name, seconds.toFixed(1), cpu.toFixed(1), each.goal && backend === 'native' ? `${each.goal} ${seconds < each.goal ? 'reached' : '**missed**'}` : '', beside?.toFixed(1) ?? '', beside ? (seconds / beside).toFixed(2) : '']);
        console.log(rows.at(-1)?.join('  '));
      }
      model.dispose();
    }
  }
  writeFileSync(path.join(__dirname, 'FEATURES.md'), report(rows, peer?.peer));
}

const report = (rows: string[][], peer: string | undefined): string => `# Seconds an optimised picture takes

${new Date().toISOString().slice(0, 10)}, ${os.cpus().length} cores of ${os.cpus()[0].model}, ${(os.totalmem() / 2 ** 30).toFixed(0)} GB, Node ${process.versions.node}, ${os.platform()}; load ${os.loadavg()[0].toFixed(1)} at the end.
\`maximizeActivation\`, ${steps} steps with its defaults (the picture is moved about at every step, and looked at as it stands at every fourth), one channel unless told; the quicker of two runs after a short one.
CPU: seconds of all threads, which other work on the machine does not change much. VGG16 has random weights, which take as long as trained ones.
${peer ? `Peer: ${peer}, of a network that was cut at the layer by hand, at the same size and number of steps, its defaults (jitter and rotation; pixels and not their spectrum); ratio below 1: convlens is faster. It ran first and not in turns, so on a busy machine the ratio is rough.\n` : ''}Written by \`node --import tsx bench/featureVisualization.ts\`.

| model | backend | what | seconds | CPU | goal | peer | ratio |
| --- | --- | --- | ---: | ---: | ---: | ---: | ---: |
${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}
`;

void main();
