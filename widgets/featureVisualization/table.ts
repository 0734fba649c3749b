import { readable } from '../../src/figure/numbers';
import { folded, tableOf } from '../shared/dataTable';
import type { FeatureData, Tile } from './data';

/** The values of all pictures, and those behind the curves, folded away. */
export function featureTable({ tiles, unit }: FeatureData): string {
  const values = tableOf<Tile>(
    [
      { head: 'picture', text: ({ label }) => label, left: true },
      { head: unit, text: ({ value }) => readable(value) },
      { head: 'best at step', text: ({ step }) => String(step) },
      { head: 'noise', text: ({ start }) => readable(start) },
      { head: 'even grey', text: ({ grey }) => readable(grey) },
      { head: '', text: ({ note }) => note ?? '', left: true },
    ],
    tiles,
  );
  const steps = [...new Set(tiles.flatMap(({ checked }) => checked.map(({ step }) => step)))].sort((a, b) => a - b);
  const at = tiles.map(({ checked }) => new Map(checked.map(({ step, value }) => [step, value])));
  const curves = tableOf<number>([{ head: 'step', text: String }, ...tiles.map(({ title }, i) => ({ head: title, text: (step: number) => (at[i].has(step) ? readable(at[i].get(step) as number) : '') }))], steps, `${unit} of the picture as it stands`);
  return folded(`the values of ${tiles.length === 1 ? 'the picture' : `all ${tiles.length} pictures`}, step by step`, values + curves);
}
