/** What the gallery shows: the code is run as it is printed, with `cl`, `model` and `photo` as in a notebook. */
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
];
