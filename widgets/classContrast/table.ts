import { hotspotOf } from '../../src/attribution/hotspot';
import { nameOf } from '../../src/figure/caption';
import { logitText, percent, probability, readable } from '../../src/figure/numbers';
import { dataTable } from '../shared/dataTable';
import type { ClassContrastData } from './data';
import { classField } from './fields';

/** The classes with their scores, and where the map of each is hottest. */
export function contrastTable(data: ClassContrastData): string {
  const [first] = data.classes;
  const rows = data.classes.map((each, at) => {
    const { values, shape } = classField(data, at);
    return { ...each, spot: hotspotOf({ values, shape }), largest: values.reduce((most, value) => Math.max(most, value), -Infinity) };
  });
  type Row = (typeof rows)[number];
  return dataTable(
    `the ${rows.length} classes as a table`,
    [
      { head: 'class', text: (row: Row) => nameOf(row), left: true },
      { head: 'logit', text: ({ logit }) => logitText(logit) },
      { head: 'probability', text: (row) => probability(row.probability) },
      { head: `log-odds${data.exclusive ? '' : ' ratio'} against ${nameOf(first)}`, text: ({ logit }) => logitText(logit - first.logit) },
      { head: 'largest value of its map', text: ({ largest }) => readable(largest) },
      { head: 'hottest at', text: ({ spot }) => (spot.share ? `${spot.place}, ${percent(spot.share)} of the evidence in a tenth` : spot.place), left: true },
    ],
    rows,
  );
}
