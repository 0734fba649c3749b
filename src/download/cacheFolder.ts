import os from 'node:os';
import path from 'node:path';

/** The folder that keeps models and photographs between runs: `CONVLENS_CACHE`, else `convlens` in the platform's cache folder. */
export function cacheFolder(): string {
  const { CONVLENS_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (CONVLENS_CACHE) return path.resolve(CONVLENS_CACHE);
  if (process.platform === 'win32') return path.join(LOCALAPPDATA || path.join(os.homedir(), 'AppData', 'Local'), 'convlens');
  if (process.platform === 'darwin') return path.join(os.homedir(), 'Library', 'Caches', 'convlens');
  return path.join(XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'convlens');
}
