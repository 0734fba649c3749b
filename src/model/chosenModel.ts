import type { ModelSource } from './loadModel';

interface ChosenModel {
  source: ModelSource;
  /** As `loadModel` takes them: a path or URL, null for random ones. */
  weights?: string | null;
}

/** The model of a notebook that names none: the default preset, or what `CONVLENS_MODEL` and `CONVLENS_WEIGHTS` (a path, a URL, or `random`) say. */
export function chosenModel(): ChosenModel {
  const { CONVLENS_MODEL: source, CONVLENS_WEIGHTS: weights } = process.env;
  return { source: source || 'efficientnet-lite0', weights: weights === 'random' ? null : weights || undefined };
}
