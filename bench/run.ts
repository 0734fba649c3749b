/**
 * npm run bench: convlens beside Captum, pytorch-grad-cam and tf-keras-vis, all warm, taking turns; prints, and writes bench/RESULTS.md.
 * --only saliency,gradCam: rows whose names begin so (or environment); --rounds 7; --quick: the short rows three times, the longer ones once. Neither --only nor --quick writes the file.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildSync } from 'esbuild';
import { env as kernelEnv } from '../.jupyter/kernels/tslab/kernel.json';
import { type About, Contestant } from './contestant';
import { difference, relative } from './difference';
import { peersPython } from './python';
import { type Measured, report } from './report';
import { type Column, onWasm, type Row, sideBySide, tenCalls, tenTargets } from './rows';
import { alternate, type Entrant } from './timing';

const root = path.resolve(__dirname, '..');
const scratch = path.join(root, 'out', 'bench');
const weights = path.join(scratch, 'vgg16.h5');
const input = path.join(scratch, 'input.f32');
const threads = 2;

const { values: asked } = parseArgs({ options: { only: { type: 'string' }, rounds: { type: 'string', default: '7' }, quick: { type: 'boolean', default: false } } });
const rounds = asked.quick ? 3 : Number(asked.rounds);
const names = asked.only?.split(',');
const wanted = (row: Row): boolean => (names ? names.some((name) => row.name.startsWith(name)) : !asked.quick || row.forwards < 5 || (row.forwards > 40 && row.forwards < 200));

/** As the kernel's own, which keeps freed memory; the peers get the same. */
const sameForAll = { TF_NUM_INTRAOP_THREADS: `${threads}`, OMP_NUM_THREADS: `${threads}`, PYTHONWARNINGS: 'ignore', PYTHONDONTWRITEBYTECODE: '1' };
const tuned = { ...process.env, ...sameForAll, ...kernelEnv };
const plain = Object.fromEntries(Object.entries({ ...process.env, ...sameForAll }).filter(([name]) => !(name in kernelEnv)));

const python = peersPython();
const startNode = (backend: string, env: NodeJS.ProcessEnv): Promise<Contestant> => Contestant.start(process.execPath, [path.join(scratch, 'node.js'), backend, weights, input], env);
const startPython = (script: string, env: NodeJS.ProcessEnv): Promise<Contestant> => Contestant.start(python, [path.join(__dirname, script), weights, input, `${threads}`], env);

/** Many rounds of the short rows, after one to warm up; 3 of those that take seconds, 1 of the longest, which are many passes each and so warm by themselves. */
const timesOf = ({ forwards }: Row): number => (forwards > 250 || (asked.quick && forwards > 15) ? 1 : forwards > 15 ? Math.min(3, rounds) : rounds);
const warmed = (row: Row): boolean => row.forwards < 50 && timesOf(row) > 1;

function prepare(): void {
  mkdirSync(scratch, { recursive: true });
  execFileSync(process.execPath, [path.join(root, 'scripts', 'build.mjs')], { stdio: 'inherit' });
  buildSync({ entryPoints: [path.join(__dirname, 'node.ts')], bundle: true, platform: 'node', format: 'cjs', packages: 'external', outfile: path.join(scratch, 'node.js'), logLevel: 'error' });
  if (!existsSync(weights)) execFileSync(python, [path.join(__dirname, 'weights.py'), weights], { stdio: 'inherit' });
}

function mustAgree(all: Contestant[]): void {
  const [first, ...others] = all.map(({ about }) => about.logits);
  const worst = Math.max(...others.map((logits) => relative(logits, first)));
  if (!(worst < 1e-3)) throw new Error(`the contestants do not have the same network: their logits differ by ${worst}`);
  console.log(`logits agree within ${worst.toExponential(0)}`);
}

async function measure(row: Row, entrants: Entrant[]): Promise<Measured> {
  for (const { map } of entrants) if (map) rmSync(map, { force: true });
  const times = await alternate(entrants, timesOf(row), warmed(row));
  const measured = { row, times, difference: row.random ? undefined : against(entrants) };
  console.log(report.line(measured));
  return measured;
}

/** convlens's map beside Captum's, or, scaled to 0..1 as that one's is, beside pytorch-grad-cam's. */
function against(entrants: Entrant[]): number | undefined {
  const map = (column: Column): string | null | undefined => entrants.find(({ label }) => label === column)?.map;
  const [ours, captum, pgc] = [map('native'), map('captum'), map('pytorch-grad-cam')];
  if (ours && captum) return difference(ours, captum, false);
  return ours && pgc ? difference(ours, pgc, true) : undefined;
}

const entrant = (label: string, contestant: Contestant, method: string): Entrant => ({ label, contestant, method, map: path.join(scratch, `${method.replace(/\W+/g, '-')}.f32`) });

async function main(): Promise<void> {
  prepare();
  const native = await startNode('native', tuned);
  const [torch, tensorflow] = [await startPython('torch_peers.py', tuned), await startPython('tf_peers.py', tuned)];
  const wasm = onWasm.some(wanted) ? await startNode('wasm', tuned) : undefined;
  const all = [native, torch, tensorflow, ...(wasm ? [wasm] : [])];
  mustAgree(all);
  const columns: [Column, Contestant][] = [['native', native], ['captum', torch], ['pytorch-grad-cam', torch], ['tf-keras-vis', tensorflow]];
  const has = (contestant: Contestant, method: string): boolean => contestant.about.methods.includes(method);
  const beside = sideBySide.filter(wanted).map((row) => ({
    row,
    entrants: columns.filter(([column, contestant]) => has(contestant, `${column} ${row.name}`)).map(([column, contestant]) => entrant(column, contestant, `${column} ${row.name}`)),
  }));
  const lists = tenTargets.filter(wanted).map((row) => ({
    row,
    entrants: [
      entrant('one call', native, `native ${row.name}`), entrant('ten calls', native, `native ${tenCalls(row)}`),
      ...(has(torch, `captum ${row.name}`) ? [entrant('Captum, ten at once', torch, `captum ${row.name}`)] : []),
    ],
  }));
  const slow = wasm ? onWasm.filter((row) => row.name === 'forward' || wanted(row)).map((row) => ({ row, entrants: [entrant('wasm', wasm, `wasm ${row.name}`)] })) : [];
  await estimate([...beside, ...lists, ...slow]);

  const results = { beside: await each(beside), lists: await each(lists), wasm: await each(slow), env: [] as Measured[] };
  for (const contestant of all.slice(2)) contestant.stop();
  if (names ? names.includes('environment') : !asked.quick) results.env = await environment(native, torch);
  for (const contestant of [native, torch]) contestant.stop();

  const text = report.page(results, all.map(({ about }): About => about), { threads, rounds, kernelEnv });
  if (names || asked.quick) console.log(text);
  else writeFileSync(path.join(__dirname, 'RESULTS.md'), text);
}

/** A row that fails is told and left out: half an hour's measurements must not go with it. */
async function each(rows: { row: Row; entrants: Entrant[] }[]): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (const { row, entrants } of rows) {
    try {
      measured.push(await measure(row, entrants));
    } catch (error) {
      console.error(`${row.name} failed: ${String(error)}`);
      process.exitCode = 1;
    }
  }
  return measured;
}

/** Tells how long it will take, from one forward pass of each. */
async function estimate(rows: { row: Row; entrants: Entrant[] }[]): Promise<void> {
  const forward = new Map<Contestant, number>();
  let ms = 0;
  for (const { row, entrants } of rows) {
    for (const { contestant, method } of entrants) {
      const name = `${method.split(' ')[0] === 'pytorch-grad-cam' ? 'captum' : method.split(' ')[0]} forward`;
      if (!forward.has(contestant)) forward.set(contestant, await contestant.run(name));
      ms += (forward.get(contestant) as number) * row.forwards * (timesOf(row) + Number(warmed(row)));
    }
  }
  console.log(`at most about ${Math.ceil(ms / 60_000)} minutes`);
}

/** What the kernel's environment does to both sides. */
async function environment(native: Contestant, torch: Contestant): Promise<Measured[]> {
  const [nativePlain, torchPlain] = [await startNode('native', plain), await startPython('torch_peers.py', plain)];
  const rows = ['forward', 'saliency'].map((name) => ({
    row: { name, forwards: 3 },
    entrants: [
      entrant('convlens', native, `native ${name}`), entrant('convlens, plain', nativePlain, `native ${name}`),
      entrant('PyTorch', torch, `captum ${name}`), entrant('PyTorch, plain', torchPlain, `captum ${name}`),
    ],
  }));
  const measured = await each(rows);
  for (const contestant of [nativePlain, torchPlain]) contestant.stop();
  return measured;
}

void main();
