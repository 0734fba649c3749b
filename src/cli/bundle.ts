import { install } from './bundle/install';
import { make } from './bundle/make';
import { type Command, typed, UsageError } from './words';

const options = { from: { type: 'string' }, force: { type: 'boolean' } } as const;

/** The course in one file, for machines without a network. */
export const bundle: Command = {
  summary: 'packs models, photographs and notebooks for machines without network; --from installs',
  help: `npx convlens bundle FILE [FOLDER] [--force]
npx convlens bundle --from FILE [FOLDER] [--force]
  The first form packs the models in the cache, the photographs and the notebooks into FILE (.tar.gz);
  the second installs them on another machine, models and photographs into its cache, if every hash is right.
  FOLDER    packing: notebooks of your own (default: the course); installing: where they go (default: course)
  --force   overwrites FILE, or notebooks of the same names
  The other machine needs convlens with its packages, and JupyterLab; the README says how they get there.`,
  async run(words) {
    const { values, words: [first, second] } = typed('bundle', words, options, 2);
    if (values.from !== undefined && second !== undefined) throw new UsageError(`convlens bundle --from takes a file and one folder, got ${first} and ${second}`);
    if (values.from === undefined && first === undefined) throw new UsageError('convlens bundle needs a file: npx convlens bundle course.tar.gz');
    await interruptible(async (signal) => {
      if (values.from !== undefined) return install(values.from, first ?? 'course', values.force ?? false, signal);
      return make(first, second, values.force ?? false, signal);
    });
    return 0;
  },
};

/** Ctrl-C leaves nothing half-written behind. */
async function interruptible(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const controller = new AbortController();
  const stop = (): void => controller.abort(new DOMException('stopped', 'AbortError'));
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.once(signal, stop);
  try {
    await work(controller.signal);
  } catch (error) {
    if (controller.signal.aborted) throw new Error('stopped; nothing was changed', { cause: error });
    throw error;
  } finally {
    for (const signal of signals) process.off(signal, stop);
  }
}
