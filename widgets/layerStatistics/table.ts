import { percent } from '../../src/figure/numbers';
import { dataTable } from '../shared/dataTable';
import type { StatisticsData } from './data';
import { numberText, shapeText, sparseText } from './words';

/** The numbers of all layers. */
export const statisticsTable = ({ rows }: StatisticsData): string =>
  dataTable(
    `the numbers of ${rows.length === 1 ? 'the layer' : `all ${rows.length} layers`}`,
    [
      { head: 'layer', text: ({ layer }) => layer, left: true },
      { head: 'kind', text: ({ kind }) => kind, left: true },
      { head: 'output', text: shapeText },
      { head: 'mean', text: ({ mean }) => numberText(mean) },
      { head: 'deviation', text: ({ std }) => numberText(std) },
      { head: 'least', text: ({ min }) => numberText(min) },
      { head: 'greatest', text: ({ max }) => numberText(max) },
      { head: 'zeros', text: ({ zeros }) => percent(zeros) },
      { head: 'at the ceiling', text: ({ saturated }) => (saturated === undefined ? '' : percent(saturated)) },
      { head: 'dead', text: ({ deadCount, channelCount }) => `${deadCount} of ${channelCount}` },
      { head: 'lifetime', text: ({ lifetime }) => sparseText(lifetime) },
      { head: 'population', text: ({ population }) => sparseText(population) },
    ],
    rows,
  );
