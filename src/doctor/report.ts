/** `'ok'`; `'note'`: works, but slower or with less; `'missing'`: a notebook needs it. */
export type Health = 'ok' | 'note' | 'missing';

/** One line of a doctor's report. */
export interface Finding {
  /** What was looked at: "backend", "canvas". */
  about: string;
  /** Whether it is well. */
  health: Health;
  /** What was found, and what to do about it. */
  text: string;
}

const marks: Record<Health, string> = { ok: '✓', note: '!', missing: '✗' };

/** What `doctor` found; prints as one line for each finding. */
export class DoctorReport {
  constructor(readonly findings: readonly Finding[]) {}

  /** Whether everything that a notebook needs is there. */
  get ok(): boolean {
    return this.findings.every(({ health }) => health !== 'missing');
  }

  /** The report as text, a line for each finding. */
  toString(): string {
    const width = Math.max(...this.findings.map(({ about }) => about.length));
    return this.findings.map(({ about, health, text }) => `${marks[health]} ${about.padEnd(width)}  ${text}`).join('\n');
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }
}

export const ok = (about: string, text: string): Finding => ({ about, health: 'ok', text });
export const note = (about: string, text: string): Finding => ({ about, health: 'note', text });
export const missing = (about: string, text: string): Finding => ({ about, health: 'missing', text });
