import { joinParts } from '../../src/figure/caption';
import { readable } from '../../src/figure/numbers';
import { type FeatureData, type FeatureState, shownOf, type Tile } from './data';

export const valueText = ({ unit }: FeatureData, value: number): string => `${unit} ${readable(value)}`;

/** "step 64 of 128", "the best, step 124". */
export function stepText(tile: Tile, state: FeatureState): string {
  const { step } = shownOf(tile, state);
  if (step === 0) return 'the noise it starts from';
  return step === tile.step ? `the best, step ${step} of ${tile.steps}` : `step ${step} of ${tile.steps}`;
}

/** What is known of the picked picture, at the shown step. */
export function statusText(data: FeatureData, state: FeatureState): string {
  const tile = data.tiles[state.picked];
  const { value } = shownOf(tile, state);
  return joinParts([`${tile.title}: ${stepText(tile, state)}, ${valueText(data, value)}`, ...(value === tile.value ? [] : [`best ${readable(tile.value)} at step ${tile.step}`]), `noise ${readable(tile.start)}`, `even grey ${readable(tile.grey)}`, tile.note]);
}

export const headingOf = ({ method, model, tiles }: FeatureData): string => {
  const name = method.slice(0, 1).toUpperCase() + method.slice(1);
  return `${name} · ${model}${tiles.length === 1 ? ` · ${tiles[0].label}` : ''}`;
};

/** The pictures in plain words. */
export function altText(data: FeatureData, state: FeatureState): string {
  const { tiles, original, rising, unit } = data;
  const told = tiles.slice(0, 12).map((tile) => `${tile.label}: ${readable(shownOf(tile, state).value)} (noise ${readable(tile.start)})${tile.note ? `, ${tile.note}` : ''}`);
  const more = tiles.length > 12 ? `; and ${tiles.length - 12} more` : '';
  const what = original ? `The image ${original.name}, and ${count(tiles.length, 'picture')} made from noise to give the same activations` : `${count(tiles.length, 'picture')} made from noise to ${rising ? 'excite' : 'match'} a part of the network`;
  return `${what}. ${unit.slice(0, 1).toUpperCase()}${unit.slice(1)} reached: ${told.join('; ')}${more}.`;
}

const count = (number: number, word: string): string => `${number} ${word}${number === 1 ? '' : 's'}`;
