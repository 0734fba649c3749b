import { escapeXml } from '../../src/escapeXml';

/** A column of a table: its head, and its text for a row. */
export interface TableColumn<Row> {
  head: string;
  text(row: Row): string;
  /** Words stand at the left, numbers at the right. */
  left?: boolean;
}

/** The values behind a picture as a table that is closed at first, in the page's own colours: inline styles survive where scripts do not. */
export function dataTable<Row>(summary: string, columns: readonly TableColumn<Row>[], rows: readonly Row[]): string {
  const cell = (tag: 'td' | 'th', text: string, left: boolean | undefined): string => `<${tag}${tag === 'th' ? ' scope="col"' : ''} style="text-align:${left ? 'left' : 'right'};padding:1px 10px">${escapeXml(text)}</${tag}>`;
  const head = columns.map((column) => cell('th', column.head, column.left)).join('');
  const body = rows.map((row) => `<tr>${columns.map((column) => cell('td', column.text(row), column.left)).join('')}</tr>`).join('');
  return `<details style="font-size:13px"><summary>${escapeXml(summary)}</summary><div style="max-height:340px;overflow:auto"><table style="font-size:12px;border-collapse:collapse"><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div></details>`;
}
