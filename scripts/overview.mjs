// node scripts/overview.mjs: draws the README's pictures, notebooks/images/*.png (or those named), with the built package.
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

const folder = path.join(root, 'notebooks', 'images');
fs.mkdirSync(folder, { recursive: true });
const tiny = await cl.loadModel('vgg-tiny');
const pictures = {
  'overview.png': cl.row(panels, { columns: 4 }),
  'grad-cam-steps.png': await cl.gradCamSteps(model, photo),
  'channels.png': (await cl.maximizeActivation(model, { layer: 'block5b_add', channel: [0, 3, 4, 6] })).toFigure(),
  'atlas.png': (await cl.activationAtlas(tiny, cl.scenes({ count: 1000 }), { layer: 'block5_conv3' })).toFigure(),
};
const wanted = process.argv.slice(2);
for (const [name, figure] of Object.entries(pictures).filter(([name]) => !wanted.length || wanted.includes(name))) {
  fs.writeFileSync(path.join(folder, name), await figure.png(1));
  console.log(path.join(folder, name));
}
