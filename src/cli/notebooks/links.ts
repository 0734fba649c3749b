import path from 'node:path';

// Code and formulas first, so that what looks like a link in them is left alone.
const pattern = /```[\s\S]*?```|~~~[\s\S]*?~~~|`[^`\n]*`|\$\$[\s\S]*?\$\$|\$[^$\n]*\$|(!?)\[((?:[^[\]]|\[[^\]]*\])*)\]\((<[^>]*>|[^()\s]+)((?:\s+"[^"]*")?)\)/g;

const isLocal = (target: string): boolean => !/^([a-z][a-z\d+.-]*:|\/|#)/i.test(target);

/**
 * The Markdown of a file at the place `here` with its links to other files (not those into the web) as `place` says: it gets a file's place
 * and gives the new one, or undefined for a file that is not to be had, whose link becomes plain text.
 */
export function relinked(markdown: string, here: string, place: (file: string) => string | undefined): string {
  return markdown.replace(pattern, (whole, image: string | undefined, text: string, bracketed: string, title: string) => {
    if (image === undefined) return whole;
    const target = bracketed.replace(/^<|>$/g, '');
    if (!isLocal(target)) return whole;
    const [file, ...anchor] = target.split('#');
    const there = place(path.posix.join(path.posix.dirname(here), plain(file)));
    if (there === undefined) return text;
    const moved = [encodeURI(there), ...anchor].join('#');
    return moved === target ? whole : `${image}[${text}](${moved}${title})`;
  });
}

/** The local files that Markdown links to, as they are written there, without what follows `#`. */
export function localLinks(markdown: string): string[] {
  return [...markdown.matchAll(pattern)]
    .filter(([, image]) => image !== undefined)
    .map(([, , , target]) => target.replace(/^<|>$/g, ''))
    .filter(isLocal)
    .map((target) => plain(target.split('#')[0]));
}

function plain(target: string): string {
  try {
    return decodeURI(target);
  } catch {
    return target; // "100%.png"
  }
}
