import fs from 'node:fs';
import path from 'node:path';
import { packageRoot, readJson } from '../setup/places.mjs';

/** The licences of the packages that a bundle holds, from the list of its input files. */
export function thirdParty(inputs) {
  const names = new Set(inputs.map(packageOf).filter(Boolean));
  const notices = [...names].sort().map(notice);
  return `Code of these packages is part of the files beside this one.\n\n${notices.join('\n')}`;
}

// For a package that names its licence without bringing the text.
const commonTexts = { 'Apache-2.0': 'node_modules/typescript/LICENSE.txt' };

/** `node_modules/a/node_modules/@b/c/x.js` -> `node_modules/a/node_modules/@b/c` */
const packageOf = (file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file.replace(/\\/g, '/'))?.[1];

function notice(folder) {
  const place = path.join(packageRoot, folder);
  const { name, version, license } = readJson(path.join(place, 'package.json'));
  const file = fs.readdirSync(place).find((entry) => /^licen[cs]e/i.test(entry));
  const text = fs.readFileSync(file ? path.join(place, file) : path.join(packageRoot, commonTexts[license]), 'utf8').trim();
  return `${'='.repeat(100)}\n${name} ${version} (${license})\n\n${text}\n`;
}
