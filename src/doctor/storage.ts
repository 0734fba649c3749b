import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from '../download/cacheFolder';
import { sampleNames, samplePath } from '../image/samples';
import { type Finding, missing, ok } from './report';

const setup = 'npx convlens setup fetches';

export async function cache(): Promise<Finding> {
  const folder = cacheFolder();
  if (!existsSync(folder)) return ok('cache', `${folder} (empty)`);
  const parts = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !['locks', 'logs'].includes(entry.name))
    .map((entry) => `${entry.name} ${size(path.join(folder, entry.name))}`);
  return ok('cache', `${folder}: ${parts.join(', ') || 'empty'}`);
}

export async function defaultModel(): Promise<Finding> {
  const folder = path.join(cacheFolder(), 'models', 'efficientnet-lite0');
  const file = existsSync(folder) && readdirSync(folder).find((name) => name.endsWith('.pth'));
  if (!file) return missing('default model', `efficientnet-lite0 is not in the cache (${setup} it)`);
  return ok('default model', `efficientnet-lite0 (${size(path.join(folder, file))})`);
}

export async function photographs(): Promise<Finding> {
  const gone = sampleNames.filter((name) => !existsSync(samplePath(name)));
  if (gone.length) return missing('photographs', `${gone.join(', ')} not in the cache (${setup} them)`);
  return ok('photographs', sampleNames.join(', '));
}

function bytes(place: string): number {
  const about = statSync(place);
  if (!about.isDirectory()) return about.size;
  return readdirSync(place).reduce((sum, name) => sum + bytes(path.join(place, name)), 0);
}

const size = (place: string): string => `${(bytes(place) / 2 ** 20).toFixed(1)} MB`;
