import { shown } from '../../check';
import { packageRoot, version } from '../../packageRoot';

/** One file of a bundle. */
export interface Listed {
  /** Its place in the archive: `models/...`, `images/...`, `notebooks/...`. */
  path: string;
  bytes: number;
  sha256: string;
}

/** The first file of a bundle: what it holds. */
export interface Manifest {
  /** The version of this format. */
  bundle: 1;
  /** The convlens that made it. */
  convlens: string;
  install: string;
  files: Listed[];
}

export const manifestName = 'manifest.json';
/** A list of thousands of files is smaller; what claims to be larger is none. */
export const largestManifest = 4e6;

export const manifestOf = (files: Listed[]): Manifest => ({ bundle: 1, convlens: version, install: 'npx convlens bundle --from THIS_FILE', files });

/** The manifest in this text, with nothing in it that could lead out of a folder; an Error otherwise. */
export function readManifest(text: string): Manifest {
  const { bundle, convlens, files } = parsed(text);
  if (bundle !== 1) throw new Error(`it was made by a newer convlens (${String(convlens).slice(0, 20)}; this is ${version} in ${packageRoot}): update it`);
  if (!Array.isArray(files)) throw new Error('its list of files cannot be read');
  const seen = new Set<string>();
  for (const file of files as Partial<Listed>[]) {
    const { path, bytes, sha256 } = file ?? {};
    if (typeof path !== 'string' || !isInside(path)) throw new Error(`it holds a file that leads out of its folder: ${shown(path)}`);
    if (!Number.isSafeInteger(bytes) || (bytes as number) < 0 || typeof sha256 !== 'string' || !/^[\da-f]{64}$/.test(sha256)) throw new Error(`its list says too little of ${path}`);
    // Disks that do not tell A from a would let one file take another's place.
    if (seen.has(path.toLowerCase())) throw new Error(`it holds ${path} twice`);
    seen.add(path.toLowerCase());
  }
  return { bundle, convlens: String(convlens), install: '', files: files as Listed[] };
}

function parsed(text: string): { bundle?: unknown; convlens?: unknown; files?: unknown } {
  try {
    return (JSON.parse(text) as object | null) ?? {};
  } catch {
    throw new Error('its list of files cannot be read');
  }
}

/** Whether a path leads into a folder and stays there, on every system: no `..`, nothing hidden, no drive, no names that Windows keeps for itself. */
export function isInside(path: string): boolean {
  if (!path || path.length > 240 || /[\\:*?"<>|\u0000-\u001f\u007f]/.test(path)) return false;
  return path.split('/').every((part) => part !== '' && !part.startsWith('.') && !/[. ]$/.test(part) && part !== 'node_modules' && !/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(part));
}
