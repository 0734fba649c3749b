import { logitText } from '../../src/figure/numbers';
import { dataTable } from '../shared/dataTable';
import type { PredictionsData } from './data';
import { changeOf, type Measure, type Row, valuesOf } from './rows';
import { changeText, exactly, labelText } from './texts';

/** Every class that is told, with its numbers. */
export function predictionsTable({ sets, rows }: PredictionsData): string {
  const measures: Measure[] = ['probability', 'logit'];
  const write = (value: number | null, measure: Measure): string => (value === null ? '' : measure === 'logit' ? logitText(value) : exactly(value));
  const change = (row: Row, measure: Measure): string => {
    const by = changeOf(row, measure);
    return by === null ? '' : changeText(by, measure);
  };
  const columns = measures.flatMap((measure) => [
    ...sets.map(({ name }, set) => ({ head: [measure, name].filter(Boolean).join(' '), text: (row: Row) => write(valuesOf(row, measure)[set], measure) })),
    ...(sets.length > 1 ? [{ head: measure === 'logit' ? 'change' : 'change, points', text: (row: Row) => change(row, measure) }] : []),
  ]);
  return dataTable(`${rows.length === 1 ? 'the class' : `all ${rows.length} classes`} as a table`, [{ head: 'class', text: labelText, left: true }, { head: 'number', text: ({ index }: Row) => String(index) }, ...columns], rows);
}
