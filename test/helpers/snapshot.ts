import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as assert from 'uvu/assert';
import type { Figure } from '../../src/figure/figure';
import { ruler } from '../../src/figure/text';

const folder = path.join(__dirname, '..', 'output');

/** Text as wide on every machine: for drawings that are compared. */
export function fixRuler(): void {
  ruler.width = (text, size, bold) => text.length * size * (bold ? 0.62 : 0.56);
}

/**
 * Compares a figure's SVG with the one kept in test/output, without the bytes of its rasters (image libraries differ).
 * A new one is written; a differing one is written beside it as `-changed.svg`: look at it, and replace the old one if it is right.
 */
export function matchesSnapshot(figure: Figure, name: string): void {
  const svg = `${figure.svg().replace(/data:image\/(png|jpeg);base64,[^"]+/g, 'data:image/$1').replace(/></g, '>\n<')}\n`;
  const file = path.join(folder, `${name}.svg`);
  const changed = path.join(folder, `${name}-changed.svg`);
  mkdirSync(folder, { recursive: true });
  if (!existsSync(file)) writeFileSync(file, svg);
  const same = readFileSync(file, 'utf8') === svg;
  if (same) rmSync(changed, { force: true });
  else writeFileSync(changed, svg);
  assert.ok(same, `${name} is drawn differently now: compare test/output/${name}.svg with ${name}-changed.svg`);
}

/** All text of a picture in one line, as a reader meets it. */
export const wordsOf = (figure: Figure): string => [...figure.svg().matchAll(/>([^<>]+)</g)].map(([, text]) => text).join(' ').replace(/\u00a0/g, ' ');

/** HTML without its styles: what it says, and not how it looks. */
export const withoutStyles = (html: string): string => html.replace(/ style="[^"]*"/g, '');
