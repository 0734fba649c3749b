import { detailParts, joinParts } from '../../src/figure/caption';
import { readable } from '../../src/figure/numbers';
import { dataTable } from '../shared/dataTable';
import type { CompareData } from './data';
import { correlationText } from './matrix';
import { heatOf } from './words';

/** The maps in numbers, and the rank correlation of every two. */
export function numbersTable({ maps, titles, extremes, correlations, words, agreement }: CompareData): string {
  const places = [...maps.keys()];
  const numbers = dataTable(
    'the maps in numbers',
    [
      { head: 'map', text: (at) => titles[at], left: true },
      { head: 'least', text: (at) => readable(extremes[at][0]) },
      { head: 'greatest', text: (at) => readable(extremes[at][1]) },
      { head: 'unit', text: (at) => maps[at].unit, left: true },
      { head: 'where', text: (at) => heatOf(words[at]), left: true },
      { head: 'how it was made', text: (at) => joinParts(detailParts(maps[at])), left: true },
    ],
    places,
  );
  if (!agreement) return numbers;
  const of = (a: number, b: number): string => (correlations[a][b] === null ? '' : correlationText(correlations[a][b]));
  return numbers + dataTable('the rank correlation of every two', [{ head: '', text: (at) => titles[at], left: true }, ...places.map((other) => ({ head: titles[other], text: (at: number) => of(at, other) }))], places);
}
