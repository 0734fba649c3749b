/** A word as it can be typed in a shell. */
export const quoted = (word: string): string => (/^[\w./\\:@~+-]+$/.test(word) ? word : `"${word}"`);
