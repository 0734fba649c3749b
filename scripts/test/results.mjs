/**
 * What one test file did, from the totals that uvu prints: { passed, failed, skipped, why }.
 * A file that ends badly, or runs no test (uvu ends well when `test.run()` is forgotten), counts as a failure.
 */
export function results({ ok, why, text }) {
  const total = figure(text, 'Total');
  const passed = figure(text, 'Passed');
  const skipped = figure(text, 'Skipped');
  if (total === undefined) return { passed: 0, failed: 1, skipped: 0, why: ok ? 'no test ran: is test.run() missing?' : why || 'it ended before its tests did' };
  const failed = total - passed - skipped;
  if (!ok && failed === 0) return { passed, failed: 1, skipped, why: why || 'it ended badly after its tests' };
  if (total === 0) return { passed: 0, failed: 1, skipped: 0, why: 'no test ran: it has none' };
  return { passed, failed, skipped, why: failed ? `${failed} failed` : '' };
}

/** The last figure of that name: a file's own output may hold another. */
function figure(text, name) {
  const found = [...text.matchAll(new RegExp(`^\\s*${name}:\\s+(\\d+)`, 'gm'))].at(-1);
  return found && Number(found[1]);
}

/** `12 passed, 0 failed`, with `, 1 skipped` when any was. */
export const summary = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`;
