import { ready } from '../../src/backend';
import { knownOptions, shown, whole } from '../../src/check';
import { type Arithmetic, layerArithmetic, type LayerArithmetic } from '../../src/features/arithmetic/layerArithmetic';
import type { Figure } from '../../src/figure/figure';
import { widgetFigure } from '../../src/figure/widgetFigure';
import { checkModel, type Classifier, type ImageInput } from '../../src/model/classifier';
import { mustBeFinite } from '../../src/model/finiteWeights';
import { fitting, reduceStepper, type StepperData } from './data';
import { captionOf, draw, start } from './draw';
import { received, toSend } from './sent';
import { gridOf } from './steps';
import { workTable } from './table';

/** Options of `convolutionStepper`. */
export interface ConvolutionStepperOptions {
  /** The layer, by name or by its place in `model.layers()`. Default: the first convolution. */
  layer?: string | number;
  /** The channel of its output, or the unit of a dense layer. Default: the one with the greatest mean; of classes, the likeliest. */
  channel?: number;
  /** The cell that is shown first, `[row, column]` of the output map. Default: the one with the greatest output. */
  at?: readonly [number, number];
}

/**
 * A Figure of the arithmetic of one layer for an image, with the loaded model's own numbers: patch times kernel, products, sum, bias, batch normalisation, activation, and one
 * cell comes out, as the network has it. In JupyterLab and in saved pages: play it, step to and fro, jump by pointer or arrow keys on the input or the output map.
 *
 * Takes Conv2D, DepthwiseConv2D and SeparableConv2D, max, average and global pooling, Dense, softmax, BatchNormalization, the activations, and Add, Multiply, Average, Maximum
 * and Minimum. The normalisation and the activation that follow a layer are worked out with it. Of many input channels those are shown that contribute most over the whole map; the
 * others are one number. Padding is marked.
 *
 * Options: `layer` (name or number; default the first convolution), `channel`, `at` (`[row, column]`). Throws for a layer that it cannot step through (naming those that it can),
 * an unknown one (naming the nearest), a channel or a cell that the layer does not have.
 *
 * @example
 * await cl.convolutionStepper(model, photo, { layer: 'block1_conv1', channel: 7 })
 * await cl.convolutionStepper(model, photo, { layer: 'predictions' })      // weights × inputs, and softmax
 */
export async function convolutionStepper(model: Classifier, photo: ImageInput, options: ConvolutionStepperOptions = {}): Promise<Figure> {
  checkModel('convolutionStepper', model);
  knownOptions('convolutionStepper', options, ['layer', 'channel', 'at']);
  await ready();
  model.mustLive();
  mustBeFinite(model.model, model.name);
  const { x, image } = model.prepare(photo);
  try {
    const layer = layerArithmetic(model, x, options.layer ?? firstConvolution(model), options.channel);
    const data: StepperData = fitting({ model: model.name, image: image.name, layer, names: namesOf(model, layer), first: firstOf(layer, options.at) });
    return widgetFigure({ widget: 'convolutionStepper', data: toSend(data), start, draw, width: 900, caption: captionOf(data), htmlAfter: workTable(data), values: data, reduce: (sent, detail) => toSend(reduceStepper(received(sent), detail)) });
  } finally {
    x.dispose();
  }
}

function firstConvolution({ graph, name }: Classifier): string {
  const found = graph.steps.find(({ kind }) => /^(Separable|Depthwise)?Conv2D$/.test(kind));
  if (found) return found.layer;
  throw new RangeError(`${name} has no 2-D convolution; name another layer: { layer: ${JSON.stringify(graph.steps[0].layer)} }`);
}

/** The colours of the image, in the network's own order. */
const namesOf = ({ inputShape, preprocess }: Classifier, { inputs }: LayerArithmetic): string[] | undefined =>
  inputs[0] === 'input' && inputShape[2] === 3 ? (preprocess === 'caffe' ? ['blue', 'green', 'red'] : ['red', 'green', 'blue']) : undefined;

/** The cell that is shown first, or the place of the channel in the list of units. */
function firstOf({ layer, channel, arithmetic: work }: LayerArithmetic, at: unknown): number {
  const grid = gridOf(work);
  if (!grid) {
    if (at !== undefined) throw new RangeError(`at needs a layer with a grid of its own; ${shown(layer)} has units: give channel`);
    return unitsOf(work).indexOf(channel);
  }
  if (at === undefined) return greatest('result' in work ? work.result : new Float32Array(1));
  if (!Array.isArray(at) || at.length !== 2) throw new TypeError(`at must be [row, column] of layer ${JSON.stringify(layer)}, got ${shown(at)}`);
  return whole(`row of ${JSON.stringify(layer)}`, at[0], 0, grid[0] - 1) * grid[1] + whole(`column of ${JSON.stringify(layer)}`, at[1], 0, grid[1] - 1);
}

const unitsOf = (work: Arithmetic): number[] => {
  if (work.kind === 'globalPool') return work.channels.map(({ channel }) => channel);
  return work.kind === 'dense' ? work.units.map(({ unit }) => unit) : work.kind === 'softmax' ? work.rows.map(({ unit }) => unit) : [];
};

const greatest = (values: Float32Array): number => values.reduce((best, value, at) => (value > values[best] ? at : best), 0);
