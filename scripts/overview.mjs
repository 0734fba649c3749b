// node scripts/overview.mjs: draws the README's picture, notebooks/images/overview.png, with the built package.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const cl = createRequire(import.meta.url)(root);
const model = await cl.loadModel();
const photo = await cl.loadImage('coffee');
const methods = [cl.gradCam, cl.guidedBackprop, cl.saliency, cl.occlusion];
const maps = [];
for (const method of methods) maps.push(await method(model, photo));

const file = path.join(root, 'notebooks', 'images', 'overview.png');
fs.mkdirSync(path.dirname(file), { recursive: true });
fs.writeFileSync(file, cl.row(maps).preview());
console.log(file);
