// node probe.mjs canvas | tfjs-node: loads a native package and prints what it is as one line of JSON.
// In a process of its own, because a broken native library may end the process that loads it.
import { createRequire } from 'node:module';
import util from 'node:util';
import { packageRoot } from './places.mjs';

const require = createRequire(`${packageRoot}/package.json`);

const probes = {
  canvas() {
    const canvas = require('canvas');
    // Figures are SVG: a canvas that was built where librsvg was missing cannot draw them.
    if (!canvas.rsvgVersion) throw new Error('canvas was built without librsvg, which draws the figures');
    const drawn = canvas.createCanvas(2, 2).toBuffer('image/png').length > 0;
    return { drawn, version: canvas.version, cairo: canvas.cairoVersion, pango: canvas.pangoVersion, rsvg: canvas.rsvgVersion, jpeg: canvas.jpegVersion, gif: canvas.gifVersion };
  },
  'tfjs-node'() {
    // Node 23 removed a function that tfjs-node 4.22 calls.
    util.isNullOrUndefined ??= (value) => value === null || value === undefined;
    const tf = require('@tensorflow/tfjs-node');
    return { sum: tf.tensor([1, 2, 3]).sum().dataSync()[0], version: tf.version['tfjs-node'], tensorflow: tf.backend().binding.TF_Version };
  },
};

const probe = probes[process.argv[2]];
if (!probe) throw new Error(`probe.mjs takes ${Object.keys(probes).join(' or ')}, got ${process.argv[2]}`);
console.log(JSON.stringify(probe()));
