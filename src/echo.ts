import { echoMark } from './show';

/**
 * Keeps the words of a value that has just shown itself as a picture off the cell's text output, when `console.log(value)` asked for it
 * (tslab prints a cell's last value that way). Lasts for the current tick; what is printed besides stays.
 */
export function swallowEcho(): void {
  for (const stream of [process.stdout, process.stderr]) {
    const { write } = stream;
    const filter = ((chunk: string | Uint8Array, ...rest: []) => {
      const said = typeof chunk === 'string' ? wordsBeside(chunk) : chunk;
      return said === '' ? true : write.call(stream, said, ...rest);
    }) as typeof write;
    stream.write = filter;
    queueMicrotask(() => {
      if (stream.write === filter) stream.write = write;
    });
  }
}

const echo = new RegExp(`${echoMark}[^${echoMark}]*${echoMark}`, 'g');

/** The text without its echoes if only brackets and commas are left of it (an array of pictures), else all of its words. */
function wordsBeside(text: string): string {
  if (!text.includes(echoMark)) return text;
  return /^[\s[\],]*$/.test(text.replace(echo, '')) ? '' : text.replaceAll(echoMark, '');
}
