/** What there is to say, in one line; undefined for nothing. */
export const joined = (...notes: (string | undefined)[]): string | undefined => notes.filter(Boolean).join('; ') || undefined;
