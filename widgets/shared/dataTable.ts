import { escapeXml } from '../../src/escapeXml';

/** A column of a table: its head, and its text for a row. */
export interface TableColumn<Row> {
  head: string;
  text(row: Row, at: number): string;
  /** Words stand at the left, numbers at the right. */
  left?: boolean;
}

/** The values behind a picture as a table that is closed at first: inline styles survive where scripts do not, and text takes the page's colour, to read in a dark notebook too. */
export const dataTable = <Row>(summary: string, columns: readonly TableColumn<Row>[], rows: readonly Row[], { open = false } = {}): string => folded(summary, tableOf(columns, rows), { open });

/** What is folded away under a line. */
export const folded = (summary: string, html: string, { open = false } = {}): string => `<details${open ? ' open' : ''}><summary>${escapeXml(summary)}</summary>${html}</details>`;

// A longer text is broken into lines; a number, a size or a name is not.
const long = 40;

/** One table, which scrolls where it is long. */
export function tableOf<Row>(columns: readonly TableColumn<Row>[], rows: readonly Row[], caption?: string): string {
  const cell = (tag: 'td' | 'th', text: string, left: boolean | undefined): string =>
    `<${tag}${tag === 'th' ? ' scope="col"' : ''} style="text-align:${left ? 'left' : 'right'};padding:1px 7px${text.length > long ? ';white-space:normal;min-width:20em;overflow-wrap:anywhere' : ''}">${escapeXml(text)}</${tag}>`;
  const line = (tag: 'td' | 'th', text: (column: TableColumn<Row>) => string): string => `<tr>${columns.map((column) => cell(tag, text(column), column.left)).join('')}</tr>`;
  const title = caption === undefined ? '' : `<caption style="text-align:left;white-space:normal">${escapeXml(caption)}</caption>`;
  const head = columns.some(({ head: text }) => text) ? `<thead>${line('th', ({ head: text }) => text)}</thead>` : '';
  return `<div style="max-height:340px;overflow:auto"><table style="font-size:12px;border-collapse:collapse;margin:6px 0;white-space:nowrap">${title}${head}<tbody>${rows.map((row, at) => line('td', ({ text }) => text(row, at))).join('')}</tbody></table></div>`;
}
