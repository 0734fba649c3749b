import { Attribution } from '../../src/index';
import { notebookTests } from '../helpers/notebookTests';
import { mapOf } from '../helpers/maps';

const map = (method: string, ...values: number[]): Attribution => mapOf(values, 2, 2, { method });
// Saliency and Grad-CAM agree most; occlusion is the reverse of saliency.
const maps = [map('saliency', 1, 2, 3, 4), map('guided backpropagation', 3, 1, 2, 4), map('Grad-CAM', 1, 2, 4, 3), map('occlusion', 4, 3, 2, 1)];
const given = { maps };

type Curve = (shares: number[], scores: number[]) => number | undefined;
const rectangles: Curve = (shares, scores) => shares.slice(1).reduce((sum, share, i) => sum + (share - shares[i]) * scores[i], 0);
const mean: Curve = (_, scores) => scores.reduce((sum, score) => sum + score) / scores.length;
const twice: Curve = (shares, scores) => shares.slice(1).reduce((sum, share, i) => sum + (share - shares[i]) * (scores[i] + scores[i + 1]), 0);
const widthless: Curve = (shares, scores) => shares.slice(1).reduce((sum, _, i) => sum + (scores[i] + scores[i + 1]) / 2, 0);
const pastTheEnd: Curve = (shares, scores) => shares.reduce((sum, share, i) => sum + ((shares[i + 1] - share) * (scores[i] + scores[i + 1])) / 2, 0);

notebookTests('09-compare', {
  1: [
    [['saliency', 'saliency'], /diagonal/, given],
    [['saliency', 'occlusion'], /opposite orders/, { maps: [maps[0], map('guided backpropagation', 2, 1, 4, 3), maps[3]] }],
    [['guided backpropagation', 'Grad-CAM'], /another pair has more/, given],
    [['saliency', 'gradcam'], /none of the methods/, given],
    [['saliency'], /two names/, given],
    [0.51, /a list/, given],
  ],
  2: [
    [rectangles, /rectangles/],
    [mean, /mean of the scores/],
    [twice, /Twice/],
    [widthless, /widths are missing/],
    [pastTheEnd, /before the end/],
    [() => undefined, /return a number/],
    [0.205, /a function/],
  ],
  3: [
    [[0.85, 0], /other way round/],
    [[0, 17], /counts/],
    [[0, 0], /without the mark/],
    [[1, 1], /shortcut network/],
    [[0, 0.3], /count how often/],
    [0.85, /a row of numbers/],
  ],
}).run();
