import { draw } from '../draw';
import { featureMaps } from './featureMaps';
import { heatmap } from './heatmap';
import { mapSet } from './mapSet';
import { imageFigure } from './imageFigure';
import { mask } from './mask';
import { overlay } from './overlay';

// Importing this file once lets attributions, features and images draw themselves.
Object.assign(draw, { heatmap, overlay, mask, attributions: mapSet, image: imageFigure, layerOutputs: featureMaps } satisfies Partial<typeof draw>);
