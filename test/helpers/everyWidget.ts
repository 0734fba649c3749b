import { saliency } from '../../src/attribution/gradient/saliency';
import { layerOutputs } from '../../src/features/layerOutputs';
import type { Figure } from '../../src/figure/figure';
import '../../src/figure/install';
import { Image } from '../../src/image/image';
import { classContrast } from '../../widgets/classContrast/classContrast';
import { convolutionStepper } from '../../widgets/convolutionStepper/convolutionStepper';
import { faithfulness } from '../../widgets/faithfulness/faithfulness';
import { stepsData } from '../../widgets/gradCamSteps/data';
import { stepsFigure } from '../../widgets/gradCamSteps/gradCamSteps';
import '../../widgets/install';
import { layerBrowser } from '../../widgets/layerBrowser/layerBrowser';
import { modelView } from '../../widgets/modelView/modelView';
import { occlusionExplorer } from '../../widgets/occlusionExplorer/occlusionExplorer';
import { overlay } from '../../widgets/overlay/overlay';
import { predictions } from '../../widgets/predictions/predictions';
import { receptiveField } from '../../widgets/receptiveField/receptiveField';
import { trainTiny } from '../../widgets/trainTiny/trainTiny';
import { trained } from '../fixtures/training';
import { visualized, visualizedFeature } from '../fixtures/visualized';
import { handmadeAtlas } from './atlas';
import { camParts } from './camParts';
import { comparedMaps } from './compared';
import { insideWidgets } from './insideWidgets';
import { mapOf, plainImage } from './maps';
import { classifier, inception, nested } from './models';
import { occludedMap } from './occluded';
import { outputFrom, outputsOf } from './outputs';
import { removalOf } from './removals';
import { benchmarkFigure, checkFigure } from './trustFigures';

/** A picture with something to see at every place. */
export const texture = (side: number, name = 'texture'): Image =>
  new Image(side, side, Uint8ClampedArray.from({ length: side * side * 4 }, (_, at) => (at % 4 === 3 ? 255 : 90 + 60 * Math.sin(at / 97) + 60 * Math.cos((at % (side * 4)) / 31))), name);

/** One figure of each widget, small and quickly made, under its name. */
export async function everyWidget(): Promise<Record<string, Figure>> {
  const model = classifier(nested(), ['cat', 'dog', 'horse']);
  const branching = classifier(inception());
  const [image, other, larger] = [texture(8), plainImage(8, 8), texture(32)];
  const found = await model.predict(image, { top: 3 });
  return {
    overlay: overlayFigure(),
    predictions: predictions(found),
    'predictions, before and after': predictions([found, await model.predict(other, { top: 3 })]),
    occlusionExplorer: occlusionExplorer(await occludedMap()),
    compare: comparedMaps(texture(96)),
    layerBrowser: layerBrowser(outputsOf([outputFrom([8, 8, 6], (row, column, channel) => Math.sin(row * (channel + 1)) + column), outputFrom([4, 4, 3], (row, column, channel) => row - column + channel, { layer: 'deep' })])),
    modelView: modelView(branching, { outputs: await layerOutputs(branching, larger) }),
    trainingView: (await trained(4)).toFigure(),
    receptiveField: await receptiveField(branching, larger, { onProgress: null }),
    convolutionStepper: await convolutionStepper(model, image, { layer: 'base/deep', channel: 1 }),
    gradCamSteps: stepsFigure(stepsData(camParts(), 8)),
    classContrast: await classContrast(model, image, ['cat', 'dog']),
    faithfulness: removalOf().toFigure(),
    'faithfulness, three measures': faithfulness([removalOf(), removalOf('insertion'), removalOf('ROAD')]),
    sanityBoard: checkFigure(),
    methodRanking: benchmarkFigure(),
    featureVisualization: visualized([visualizedFeature(), visualizedFeature({ channel: 1 })]).toFigure(),
    activationAtlas: handmadeAtlas().toFigure(),
    ...(await insideWidgets()),
    trainTiny: await tinyTraining(),
    'classContrast, of saliency': await classContrast(model, image, ['cat', 'dog'], { method: saliency }),
  };
}

async function tinyTraining(): Promise<Figure> {
  const net = await trainTiny({ epochs: 2, scenes: 32, batchSize: 16, classes: ['cat', 'car', 'fish'], onProgress: null });
  const figure = net.training.toFigure();
  net.dispose();
  return figure;
}

/** Two maps of 224 x 224 over a photograph. */
export function overlayFigure(): Figure {
  const side = 224;
  const image = texture(side);
  const values = Array.from({ length: side * side }, (_, at) => 5 * Math.exp(-(((at % side) - 90) ** 2 + (Math.floor(at / side) - 120) ** 2) / 2500));
  return overlay([mapOf(values, side, side, { image }), mapOf(values.map((value, at) => value * Math.sin(at / 900)), side, side, { image, target: { index: 7, label: 'lynx' } })]);
}
