// node --import tsx test/reference/table.ts: how far convlens is from its peers, as Markdown, on the terminal and in PARITY.md.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { useBackend } from '../../src/backend';
import { backends } from '../helpers/backends';
import { relativeError } from '../helpers/close';
import { freeReference, type Given, reference, referenceNames } from '../helpers/reference';
import { measuredVersions, measures, storedFor } from './measured';
import { recipeFor } from './recipes';
import type { Recipe } from './recipes/recipe';

interface Row {
  network: string;
  peer: string;
  title: string;
  recipe: Recipe;
  errors: number[];
}

async function measured(networks: readonly Given[]): Promise<Row[]> {
  const rows = networks.flatMap(({ name, cases }) => cases.map(({ peer, title }): Row => ({ network: name, peer, title, recipe: recipeFor(name, peer, title), errors: [] })));
  for (const backend of backends) {
    await useBackend(backend);
    for (const row of rows) {
      const given = networks.find(({ name }) => name === row.network) as Given;
      const peer = given.cases.find((each) => each.peer === row.peer && each.title === row.title) as Given['cases'][number];
      row.errors.push(relativeError((await row.recipe.run(given)).values, peer.values));
    }
  }
  return rows;
}

/** The worst error of each measure over the networks, by backend. */
async function measuresTable(networks: readonly Given[]): Promise<string[][]> {
  const errors = measures.map(() => [] as number[]);
  for (const backend of backends) {
    await useBackend(backend);
    for (const [at, { ours, theirs }] of measures.entries()) {
      const each: number[] = [];
      for (const given of networks) each.push(relativeError(await ours(given, storedFor(given)), theirs(storedFor(given))));
      errors[at].push(Math.max(...each));
    }
  }
  return measures.map(({ peer, title, measure, says }, at) => [peer, title, measure, says, ...shown(errors[at])]);
}

/** The worst error of each group of rows. */
function grouped(rows: readonly Row[], key: (row: Row) => string): { row: Row; count: number; worst: number[] }[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row]);
  return [...groups.values()].map((each) => ({
    row: each[0],
    count: each.length,
    worst: backends.map((_, i) => Math.max(...each.map(({ errors }) => errors[i]))),
  }));
}

const table = (head: string[], rows: string[][]): string => [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`).join('\n');

const shown = (errors: readonly number[]): string[] => errors.map((error) => error.toExponential(1));

const networkNames = (rows: readonly Row[], { title, peer, recipe }: Row): string => {
  const alike = rows.filter((row) => row.title === title && row.peer === peer);
  const own = alike.filter((row) => row.recipe.says === recipe.says).map(({ network }) => network);
  return own.length === alike.length ? '' : ` (${own.join(', ')})`;
};

async function main(): Promise<void> {
  const networks = referenceNames.map(reference);
  const rows = await measured(networks);
  const byMethod = grouped(rows, ({ recipe, peer }) => `${recipe.method} ${peer}`).sort((a, b) => a.row.recipe.method.localeCompare(b.row.recipe.method));
  const byTitle = grouped(rows, ({ recipe, peer, title }) => `${peer} ${title} ${recipe.says}`);
  const measureRows = await measuresTable(networks);
  const text = `# How far convlens is from its peers
The relative error |ours - theirs| / |theirs| of whole maps, the worst over ${networks.length} networks with seeded weights (${referenceNames.join(', ')}: specs.py) and
all cases. Tests hold it below 1e-4. Where maps are stretched to 0..1 it is larger: tf-keras-vis adds 1e-7 to the range that it divides by, pytorch-grad-cam and convlens do so twice.
Peers: ${Object.entries(networks[0].versions).map(([name, version]) => `${name} ${version}`).join(', ')}. This page is written by \`node --import tsx test/reference/table.ts\`.

## By method
${table(['convlens', 'peer', 'maps', ...backends], byMethod.map(({ row, count, worst }) => [row.recipe.method, row.peer, String(count), ...shown(worst)]))}

## By case: what the peer does, and how convlens comes to the same numbers
${table(['peer', 'case', 'convlens', 'how', ...backends], byTitle.map(({ row, worst }) => [row.peer, row.title + networkNames(rows, row), row.recipe.method, row.recipe.says, ...shown(worst)]))}

## Measures of a map: what the peer does, and how convlens comes to the same numbers
Of one map of each network, with every value once (measures.py). Beside the peers above: xplique ${measuredVersions.xplique}.
${table(['peer', 'measure', 'convlens', 'how', ...backends], measureRows)}
`;
  console.log(text);
  writeFileSync(path.join(__dirname, 'PARITY.md'), text);
  networks.forEach(freeReference);
}

void main();
