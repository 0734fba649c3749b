// node scripts/overview.mjs: draws the README's picture, notebooks/images/overview.png, with the built package.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const cl = createRequire(import.meta.url)(root);
const model = await cl.loadModel();
const photo = await cl.loadImage('coffee');
const size = 250;
const panels = [
  (await cl.gradCam(model, photo)).overlay({ size }),
  (await cl.guidedBackprop(model, photo)).heatmap({ size }),
  (await cl.saliency(model, photo)).heatmap({ size }),
  (await cl.occlusion(model, photo)).overlay({ size }),
];

const file = path.join(root, 'notebooks', 'images', 'overview.png');
fs.mkdirSync(path.dirname(file), { recursive: true });
fs.writeFileSync(file, await cl.row(panels, { columns: 4 }).png(1));
console.log(file);
