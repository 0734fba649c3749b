import { Attribution, Predictions } from '../../src/index';
import { notebookTests } from '../helpers/notebookTests';
import { mapOf, plainImage } from '../helpers/maps';

const item = (index: number, label: string, score: number, logit: number) => ({ index, label, score, logit });
const answers = new Predictions([item(967, 'espresso', 0.944, 11.05), item(968, 'cup', 0.015, 6.91)], plainImage(2, 2), 'toy', 1000);
const map = (label: string, method = 'Grad-CAM'): Attribution => mapOf([0, 1, 2, 3], 2, 2, { method, target: { index: label === 'cup' ? 968 : 967, label } });

notebookTests('00-start-here', {
  1: [
    [0.944, /In percent/, { answers }],
    [11.05, /logit/, { answers }],
    [1.5, /second answer/, { answers }],
    ['94 %', /a number/, { answers }],
    [99, /Less/, { answers }],
  ],
  2: [
    ['saliency', /plain gradient/],
    ['Grad-CAM', /gradient/],
    ['guided backpropagation', /gradient/],
    ['ocluson', /did you mean "occlusion"/],
  ],
  3: [
    [map('espresso'), /target: \.\.\./, { rival: 'cup' }],
    [map('cup', 'saliency'), /Grad-CAM/, { rival: 'cup' }],
    [Promise.resolve(), /await/, { rival: 'cup' }],
    ['cup', /a map/, { rival: 'cup' }],
  ],
}).run();
