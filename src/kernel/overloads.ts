import type { Diagnostic } from './failure';

const headline = 'No overload matches this call.';
const overload = /^Overload \d+ of \d+,/;

/** What TypeScript says of a call that fits none of a method's forms is a page; of each such page, what it says of the last and widest form. */
export function withoutOverloads(found: readonly Diagnostic[]): Diagnostic[] {
  const kept: Diagnostic[] = [];
  for (let at = 0; at < found.length; ) {
    const { line, column, message } = found[at];
    const rest = found.slice(at + 1);
    const end = rest.findIndex((each) => each.message === headline || each.line !== line || each.column !== column);
    const chain = rest.slice(0, end < 0 ? rest.length : end);
    if (message !== headline || !chain.length) {
      kept.push(found[at++]);
      continue;
    }
    const last = chain.slice(chain.findLastIndex((each) => overload.test(each.message) || /^The last overload gave/.test(each.message)) + 1);
    kept.push(last.find((each) => /may only specify known properties|[Dd]id you mean/.test(each.message)) ?? last[0] ?? found[at]);
    at += 1 + chain.length;
  }
  return kept;
}
