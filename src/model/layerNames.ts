import type { LayerRow } from './layers';

/** A word or a number of a name, and where it ends: "block2a_dw" has "block2", "a" and "dw". */
export interface NamePart {
  text: string;
  /** Whether it counts: it has a digit, or is the letter behind a number. */
  counts: boolean;
  end: number;
}

/** The parts of the innermost name that say where a layer belongs; none of a name that Keras or TensorFlow.js made up. */
export function nameParts({ name, kind }: LayerRow): NamePart[] {
  const start = name.lastIndexOf('/') + 1;
  const inner = name.slice(start);
  if (isAutomatic(inner, kind)) return [];
  return [...inner.matchAll(/[^_\-.\s]+/g)].flatMap(({ 0: word, index = 0 }) => {
    const lettered = !/[1-3]d$/i.test(word) && /\d[a-z]$/i.test(word);
    const cuts = lettered ? [word.length - 1, word.length] : [word.length];
    return cuts.map((cut, at) => ({ text: word.slice(at && cuts[at - 1], cut), counts: at > 0 || /\d/.test(word), end: start + index + cut }));
  });
}

/** Whether a name says no more than the kind: "conv2d_3", "batch_normalization_BatchNormalization7". */
export function isAutomatic(name: string, kind: string): boolean {
  const letters = (text: string): string => text.toLowerCase().replace(/[^a-z]/g, '');
  const [own, made] = [letters(name), letters(kind)];
  return own === made || own === made + made;
}
