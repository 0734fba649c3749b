// Paints the scenes that ship as samples into assets/scenes/samples: `npx tsx scripts/scenes/samples.ts`. Files, so that they are the same on every machine.
import fs from 'node:fs';
import path from 'node:path';
import { encode, encodeIndexed } from '../../src/image/canvas';
import { sceneFiles, type SceneName, sceneNames } from '../../src/image/sceneSamples';
import { sceneClasses } from '../../src/scenes/glyphs';
import { paintScene } from '../../src/scenes/paintScene';

/** Which of the scenes of the seed each is: chosen by hand. */
const chosen: Record<SceneName, number> = {
  'scene:airplane': 105,
  'scene:bird': 84,
  'scene:boat': 81,
  'scene:butterfly': 131,
  'scene:car': 33,
  'scene:cat': 53,
  'scene:dog': 320,
  'scene:fish': 100,
  'scene:flower': 26,
  'scene:horse': 82,
  'scene:cat+dog': 951,
  'scene:bird+airplane': 63,
  'scene:butterfly+flower': 1165,
  'scene:car+horse': 409,
  'scene:dog+car': 900,
  'scene:fish+boat': 2885,
  'scene:cat+mark': 53,
  'scene:horse+mark': 82,
};
const seed = 21;
const size = 224;

for (const name of sceneNames) {
  const labels = name.slice('scene:'.length).split('+');
  const mark = labels.includes('mark');
  const scene = paintScene({ seed, index: chosen[name], size, classes: sceneClasses, two: mark || labels.length === 1 ? 0 : 1, things: [0.5, 0.72], mark });
  if (scene.masks.map(({ label }) => label).join('+') !== labels.join('+')) throw new Error(`${name} shows ${scene.masks.map(({ label }) => label).join('+')}`);
  const { picture, masks } = sceneFiles(name);
  fs.mkdirSync(path.dirname(picture), { recursive: true });
  fs.writeFileSync(picture, encode(scene, 'png'));
  // A pixel of the first thing has 1, of the second 2, of the third 4; shown as grey.
  const bits = Uint8ClampedArray.from({ length: size * size }, (_, at) => scene.masks.reduce((sum, { data }, bit) => sum + (data[at] << bit), 0));
  fs.writeFileSync(masks, encodeIndexed(size, size, bits, Uint8ClampedArray.from({ length: 8 * 4 }, (_, at) => (at % 4 === 3 ? 255 : Math.floor(at / 4) * 32))));
}
