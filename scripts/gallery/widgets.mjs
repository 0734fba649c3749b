/** What the gallery shows: the code is run as it is printed, with `cl`, `tf`, `model` and `photo` as in a notebook. */
export const widgets = [
  {
    name: 'overlay',
    title: 'A map over its photograph',
    text: 'Move the opacity, keep only the strongest values, swipe, read a value under the cross-hair, pick another class.',
    code: "cl.overlay(await cl.gradCam(model, photo, { target: ['tabby', 'tiger cat', 'Egyptian cat'] }))",
  },
  {
    name: 'predictions',
    title: 'What the network believes, and why: linked',
    text: 'Pick a bar: the map beside it follows.',
    code: `const found = await model.predict(photo);
cl.row([cl.predictions(found), cl.overlay(await cl.gradCam(model, photo, { target: [...found].map(({ index }) => index) }))])`,
  },
  {
    name: 'occlusionExplorer',
    title: 'Hide a part and see what becomes of the answer',
    text: 'Move the patch with the pointer or the arrow keys, or play the scan. Every window was computed beforehand.',
    code: 'cl.occlusionExplorer(await cl.occlusion(model, photo, { patch: 48, stride: 16 }))',
  },
  {
    name: 'compare',
    title: 'Methods side by side',
    text: 'One cursor in all maps; how far they agree; and what a random map would look like.',
    code: `const target = ['tabby', 'Egyptian cat'];
cl.compare([
  ...(await cl.gradCam(model, photo, { target })),
  ...(await cl.occlusion(model, photo, { target, patch: 48, stride: 24 })),
  ...(await cl.saliency(model, photo, { target })),
], { random: true })`,
  },
  {
    name: 'layerBrowser',
    title: 'Every layer, every channel',
    text: 'From edges to parts; which layers keep the layout, and which keep the texture.',
    code: 'cl.layerBrowser(await cl.layerOutputs(model, photo))',
  },
  {
    name: 'modelView',
    title: 'The network itself',
    text: 'Open a block, follow the lines to its inputs, read shapes, parameters and multiply-adds.',
    code: 'cl.modelView(model, { outputs: await cl.layerOutputs(model, photo) })',
  },
  {
    name: 'trainingView',
    title: 'A network that learns',
    text: 'Redrawn after each epoch while it trains; afterwards a slider goes back to any of them.',
    code: `const side = 16;
const kinds = { rows: (x, y) => y, columns: (x) => x, diagonals: (x, y) => x + y };
const labels = Object.keys(kinds);
const paint = (label, phase) => Array.from({ length: side * side }, (_, at) => Math.floor((kinds[labels[label]](at % side, Math.floor(at / side)) + phase) / 2) % 2);
const x = tf.tensor4d(Array.from({ length: 240 }, (_, at) => paint(at % 3, at)).flat(), [240, side, side, 1]);
const y = tf.tensor1d(Array.from({ length: 240 }, (_, at) => at % 3));
const net = tf.sequential({ name: 'stripes', layers: [
  tf.layers.conv2d({ name: 'conv1', inputShape: [side, side, 1], filters: 6, kernelSize: 3, activation: 'relu', kernelInitializer: tf.initializers.heNormal({ seed: 1 }) }),
  tf.layers.maxPooling2d({ name: 'pool', poolSize: 2 }),
  tf.layers.conv2d({ name: 'conv2', filters: 8, kernelSize: 3, activation: 'relu', kernelInitializer: tf.initializers.heNormal({ seed: 2 }) }),
  tf.layers.globalAveragePooling2d({ name: 'mean' }),
  tf.layers.dense({ name: 'scores', units: 3, activation: 'softmax', kernelInitializer: tf.initializers.heNormal({ seed: 3 }) }),
] });
net.compile({ optimizer: tf.train.adam(0.01), loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] });
const pixels = Uint8ClampedArray.from(paint(2, 0).flatMap((value) => [value * 255, value * 255, value * 255, 255]));
const view = cl.trainingView(await cl.loadModel(net, { preprocess: '0-1', labels }), new cl.Image(side, side, pixels, 'diagonals'));
await net.fit(x, y, { epochs: 24, shuffle: false, validationSplit: 0.2, verbose: 0, callbacks: view.callbacks });
view`,
  },
  {
    name: 'receptiveField',
    title: 'What a cell looks at',
    text: 'In theory, and as the gradient tells.',
    code: 'await cl.receptiveField(model, photo)',
  },
  {
    name: 'convolutionStepper',
    title: 'One cell of a feature map, by hand',
    text: 'Patch times kernel, plus bias: the numbers of the loaded model.',
    code: "await cl.convolutionStepper(model, photo, { layer: 'stem_conv', channel: 3 })",
  },
  {
    name: 'gradCamSteps',
    title: 'Grad-CAM, step by step',
    text: 'Gradients, weights, the sum channel by channel, ReLU, overlay.',
    code: 'await cl.gradCamSteps(model, photo)',
  },
  {
    name: 'classContrast',
    title: 'Why this class and not that one',
    text: 'Both maps and their difference.',
    code: "await cl.classContrast(model, photo, ['tabby', 'tiger cat'])",
  },
  {
    name: 'filterGallery',
    title: 'What the first layer looks for',
    text: 'Kernels as colours on one scale; pick one for its numbers.',
    code: 'await cl.filters(model)',
  },
  {
    name: 'featureVisualization',
    title: 'What a channel wants to see',
    text: 'Pictures that excite four channels most; the slider goes back to how they came to be.',
    code: "await cl.maximizeActivation(model, { layer: 'block5b_add', channel: [0, 3, 4, 6] })",
  },
  {
    name: 'topPatches',
    title: 'What excites a channel in real pictures',
    text: 'The strongest crops of 200 painted scenes, for four channels of the small network that ships with the package.',
    code: "await cl.topPatches(await cl.loadModel('vgg-tiny'), cl.scenes({ count: 200 }), { layer: 'block4_conv3', channels: [0, 1, 2, 3] })",
  },
  {
    name: 'layerStatistics',
    title: 'How layers use their channels',
    text: 'Sparsity, dead channels, means: over many images.',
    code: "await cl.layerStatistics(await cl.loadModel('vgg-tiny'), cl.scenes({ count: 50 }))",
  },
  {
    name: 'activationAtlas',
    title: 'An activation atlas',
    text: 'A thousand scenes as the network orders them: pan, zoom, filter by class, look between two classes.',
    code: "await cl.activationAtlas(await cl.loadModel('vgg-tiny'), cl.scenes({ count: 1000 }), { layer: 'block5_conv3' })",
  },
  {
    name: 'faithfulness',
    title: 'Take away what a map says matters',
    text: 'Deletion and insertion: the picture and the answer, step by step, for three maps and random ones.',
    code: `const maps = [await cl.gradCam(model, photo), await cl.occlusion(model, photo, { patch: 48, stride: 16 }), await cl.saliency(model, photo)];
cl.faithfulness([await cl.deletion(model, photo, maps, { random: 3 }), await cl.insertion(model, photo, maps, { random: 3 })])`,
  },
  {
    name: 'sanityBoard',
    title: 'Does the map know the network?',
    text: 'Layers are re-drawn at random from the top: a map that stays as it was does not show what was learnt.',
    code: 'await cl.sanityCheck(model, photo, [cl.gradCam, cl.guidedBackprop, cl.saliency])',
  },
  {
    name: 'methodRanking',
    title: 'Which method finds the thing',
    text: 'Maps of all methods on scenes whose masks are known, beside three maps that know nothing.',
    code: "await cl.benchmarkMethods(await cl.loadModel('vgg-tiny'), cl.scenes({ count: 40, seed: 7 }))",
  },
  {
    name: 'trainTiny',
    title: 'A small network, from its first epoch to its last',
    text: 'Trained on painted scenes in the cell; the slider goes through the epochs: loss, filters, maps.',
    code: '(await cl.trainTiny()).training',
  },
];
