/** Text without the no-break spaces that only serve drawn lines. */
export const plain = (text: string): string => text.replace(/\u00a0/g, ' ');
