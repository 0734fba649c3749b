import { dataTable } from '../shared/dataTable';
import type { FilterFact, GalleryData } from './data';
import { numberText, ownInput } from './words';

/** The norms of the filters that are drawn. */
export function filterTable(data: GalleryData): string {
  const { filters, multiplier } = data;
  return dataTable<FilterFact>(
    `the norms of ${filters.length < data.chosen ? `these ${filters.length}` : filters.length} filters`,
    [
      { head: 'filter', text: ({ number }) => String(number) },
      { head: 'L2', text: ({ l2 }) => numberText(l2) },
      { head: 'L1', text: ({ l1 }) => numberText(l1) },
      ...(filters[0]?.bias === undefined ? [] : [{ head: 'bias', text: ({ bias = 0 }: FilterFact) => numberText(bias) }]),
      ...(multiplier === undefined ? [] : [{ head: 'reads channel', text: (_: FilterFact, at: number) => String(ownInput(data, at)) }]),
    ],
    filters,
  );
}
