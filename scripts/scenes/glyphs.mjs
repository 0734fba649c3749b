// Draws the glyphs that scenes are made of into one picture, assets/scenes/glyphs.png, with an index beside it: `node scripts/scenes/glyphs.mjs`.
import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';
import { createCanvas, Image } from 'canvas';
import { packageRoot } from '../setup/places.mjs';

const { icons, info } = createRequire(import.meta.url)('@iconify-json/noto');

/** Several drawings of each class, so that a network cannot learn one by heart. */
const classes = {
  airplane: ['airplane', 'small-airplane'],
  bird: ['bird', 'black-bird', 'parrot', 'duck', 'rooster'],
  boat: ['sailboat', 'ship', 'motor-boat', 'speedboat'],
  butterfly: ['butterfly', 'monarch-butterfly'],
  car: ['automobile', 'oncoming-automobile', 'taxi', 'sport-utility-vehicle', 'police-car'],
  cat: ['cat', 'cat-face', 'black-cat', 'grinning-cat'],
  dog: ['dog', 'dog-face', 'poodle', 'service-dog'],
  fish: ['fish', 'tropical-fish', 'blowfish'],
  flower: ['tulip', 'rose', 'sunflower', 'hibiscus', 'blossom'],
  horse: ['horse', 'horse-face'],
};

/** Things of no class, to distract. */
const others = [
  'red-apple', 'banana', 'umbrella', 'soccer-ball', 'guitar', 'alarm-clock', 'mushroom', 'house', 'key', 'books', 'wrapped-gift', 'pizza', 'top-hat',
  'pencil', 'bell', 'teapot', 'scissors', 'camera', 'crown', 'drum', 'light-bulb', 'hamburger', 'game-die', 'wrench', 't-shirt', 'balloon',
];

const side = 128;
const gap = 4;
const columns = 10;

const wanted = [...Object.entries(classes).flatMap(([label, names]) => names.map((name) => ({ name, label }))), ...others.map((name) => ({ name }))];
const cell = side + gap;
const sheet = createCanvas(columns * cell, Math.ceil(wanted.length / columns) * cell);
const context = sheet.getContext('2d');

const glyphs = wanted.map((glyph, at) => {
  const left = (at % columns) * cell + gap / 2;
  const top = Math.floor(at / columns) * cell + gap / 2;
  const picture = new Image();
  picture.src = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}" viewBox="0 0 128 128">${icons.icons[glyph.name].body}</svg>`);
  context.drawImage(picture, left, top, side, side);
  return { ...glyph, ...drawnPart(left, top) };
});

/** The smallest box around what was drawn. */
function drawnPart(left, top) {
  const { data } = context.getImageData(left, top, side, side);
  const inked = [...Array(side * side).keys()].filter((at) => data[at * 4 + 3] > 8);
  const xs = inked.map((at) => at % side);
  const ys = inked.map((at) => Math.floor(at / side));
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x: left + x, y: top + y, width: Math.max(...xs) - x + 1, height: Math.max(...ys) - y + 1 };
}

const folder = path.join(packageRoot, 'assets', 'scenes');
fs.mkdirSync(folder, { recursive: true });
fs.writeFileSync(path.join(folder, 'glyphs.png'), sheet.toBuffer('image/png', { compressionLevel: 9 }));
fs.writeFileSync(path.join(folder, 'glyphs.json'), `{ "glyphs": [\n${glyphs.map((glyph) => `  ${JSON.stringify(glyph)}`).join(',\n')}\n] }\n`);
console.log(`${glyphs.length} glyphs, ${Math.round(fs.statSync(path.join(folder, 'glyphs.png')).size / 1024)} kB, from ${info.name} ${info.version ?? ''} (${info.license.spdx})`);
