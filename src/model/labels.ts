import { readFile } from 'node:fs/promises';
import { IMAGENET_CLASSES } from '@tensorflow-models/mobilenet/dist/imagenet_classes';
import { shown } from '../check';

/** Names of the classes, in the order of the network's outputs: an array, the path of a `.json` or `.txt` file, or `'imagenet'`. */
export type Labels = readonly string[] | string;

/** The 1000 ImageNet names, synonyms separated by commas, as the mobilenet package carries them. */
const imagenet = (): string[] => Object.keys(IMAGENET_CLASSES).map((index) => IMAGENET_CLASSES[Number(index)]);

/** The class names behind the option, checked against the number of classes when that is known. */
export async function readLabels(labels: unknown, classes: number | undefined): Promise<string[]> {
  const names = await listOf(labels);
  if (classes !== undefined && names.length !== classes) {
    throw new RangeError(`labels: ${names.length} names for a network of ${classes} classes${typeof labels === 'string' ? ` (${shown(labels)})` : ''}`);
  }
  return names;
}

async function listOf(labels: unknown): Promise<string[]> {
  if (labels === 'imagenet') return imagenet();
  if (typeof labels === 'string' && labels) return parsed(labels, await contents(labels));
  if (Array.isArray(labels) && labels.every((label) => typeof label === 'string')) return [...labels];
  throw new TypeError(`labels must be an array of names, the path of a .json or .txt file, or 'imagenet', got ${shown(labels)}`);
}

const contents = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Error(`labels: ${error.code === 'ENOENT' ? 'no file' : `cannot read (${error.code ?? error.message})`} at ${shown(file)}; choices: an array, a .json or .txt file, 'imagenet'`);
  });

function parsed(file: string, text: string): string[] {
  if (!/\.json$/i.test(file)) return text.trimEnd().split(/\r?\n/).map((line) => line.trim());
  const names = namesIn(parsedJson(file, text));
  if (!names) throw new TypeError(`labels: ${shown(file)} must hold a list of names, or names by index`);
  return names;
}

function parsedJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`labels: ${shown(file)} is not JSON: ${(error as Error).message}`);
  }
}

/** A list, or an object by index, of names or of Keras's `["n02123045", "tabby"]`. */
function namesIn(value: unknown): string[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const entries = Array.isArray(value) ? value : Array.from(Object.keys(value), (_, index) => (value as Record<string, unknown>)[index]);
  const names = entries.map((entry) => (Array.isArray(entry) ? entry[entry.length - 1] : entry));
  return names.every((name) => typeof name === 'string') ? names : undefined;
}
