import { capital, joinParts } from '../../src/figure/caption';
import { readable } from '../../src/figure/numbers';
import type { BrowserData } from './data';
import { type BrowserState, isVector, layerAt, tilesOf } from './state';
import { isLength, measuresIn, measureText } from './strip';
import { layerFacts, nameOf, ofFirst, orderTexts } from './words';

/** The first line of the caption. */
export const headingOf = (data: BrowserData): string => `Layers of ${data.model} · ${data.photos.map((_, at) => nameOf(data, at)).join(' and ')}`;

const scales = { unit: 'each map has its own colour scale', layer: 'one colour scale for the layer', global: 'one colour scale for all layers' };

/** What is shown, and what was left out. */
export function detailsOf(data: BrowserData, state: BrowserState): string {
  const layer = layerAt(data, state);
  const tiles = tilesOf(layer, state).length;
  const channels = isVector(layer) ? '' : tiles < layer.given ? `${tiles} of ${layer.given} channels, ${state.order === 'index' ? 'the first ones' : `by ${orderTexts[state.order]}${ofFirst(data, state)}`}` : `all ${tiles} channels`;
  const means = layer.factor > 1 ? `cells shown are means of ${layer.factor} × ${layer.factor}` : '';
  const layers = data.layers.length < data.outOf ? `${data.layers.length} of ${data.outOf} layers` : `${data.layers.length} layer${data.layers.length > 1 ? 's' : ''}`;
  return joinParts([layers, channels, scales[state.scale], means]);
}

const question = 'Which layers keep texture, which keep layout?';

const gram =
  'Texture is what a layer’s Gram matrix holds: which channels are active together, summed over all positions, whatever their order. Layout is what it does not hold: where. Neural style compares Gram matrices for style, of layers from the first to the last, and outputs position by position for content, at a deep layer, which leaves the details free (Gatys, Ecker & Bethge 2016). Here each channel’s mean is taken off first.';

const unshown = 'Not shown: what could be rebuilt from a layer; for that, Mahendran & Vedaldi (2015) invert it.';

const one = [
  gram,
  'Upper curve: how alike the picture’s four quarters are by their Gram matrices, in relation to quarters dealt out by chance. At 1 the layer finds one texture all over, and its Gram matrix says nearly all; lower, it tells parts of the picture apart.',
  'Lower curve: how far the picture could be moved before the output, compared with itself position by position, has lost half of its match. Layout is kept to about that many pixels.',
  `${unshown} Both curves are told from this one picture: large smooth parts lengthen the lower one’s reach, and grids below 14 × 14 give rough numbers.`,
];

const two = [
  gram,
  'Upper curve: the cosine of the two images’ Gram matrices. At 1 they are the same texture to this layer, wherever things are.',
  'Lower curve: the correlation of the two outputs position by position. 0 is what shuffled positions give.',
  `Compare an image with itself cut up and rearranged: where texture stays near 1, a layer sees no further than the pieces. ${unshown} First layers see edges and colours that any two photographs share, so that texture begins high.`,
];

/** What the curves are, what they mean, and what they do not show, in paragraphs below a title; none where no curve is known. */
export const explanationOf = (data: BrowserData): readonly string[] => (measuresIn(data).length ? [question, ...(data.photos.length > 1 ? two : one)] : []);

/** What the reader must know before believing the picture. */
export function notesOf(data: BrowserData): string[] {
  const broken = data.layers.filter(({ images }) => images.some((image) => image.broken));
  if (!broken.length) return [];
  const count = broken.reduce((sum, { images }) => sum + images.reduce((each, image) => each + image.broken, 0), 0);
  return [`${readable(count)} value${count > 1 ? 's are' : ' is'} NaN or infinite, shown in grey, first in ${broken[0].name}`];
}

/** The picture in plain words. */
export function altOf(data: BrowserData, state: BrowserState): string {
  const layer = layerAt(data, state);
  const measures = measuresIn(data).map((name) => {
    const known = data.layers.flatMap((each) => (each[name] === null ? [] : [{ value: each[name], layer: each.name }]));
    const told = ({ value, layer: at }: { value: number; layer: string }): string => `${measureText(data, name, value)} at ${at}`;
    const what = name === 'layout' && isLength(data, name) ? 'layout is kept to within' : `${name} likeness is`;
    return `${what} ${told(known[0])}${known.length > 1 ? ` and ${told(known[known.length - 1])}` : ''}`;
  });
  const shown = isVector(layer) ? 'its values as a grid of colours' : `${tilesOf(layer, state).length} channels as small maps${state.order === 'index' ? '' : `, sorted by ${orderTexts[state.order]}`}, one of them large`;
  return `${headingOf(data)}: layer ${state.layer + 1} of ${data.layers.length}, ${layer.name} (${layerFacts(data, layer).replace(/ · /g, ', ')}): ${shown}. Above them the network as a strip of ${data.strip.length} blocks${measures.length ? ` and two curves: ${measures.join('; ')}` : ''}.`;
}

/** The same in one line, whatever the state. */
export const captionOf = (data: BrowserData, state: BrowserState): string => joinParts([headingOf(data), detailsOf(data, state), capital(layerAt(data, state).name)]);
