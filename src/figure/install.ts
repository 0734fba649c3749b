import { draw } from '../draw';
import { textWidth } from '../image/canvas';
import { featureMaps } from './featureMaps';
import { imageFigure } from './imageFigure';
import { localisationFigure } from './localisationFigure';
import { ruler } from './text';

// Importing this file once lets attributions, features and images draw themselves.
Object.assign(draw, { image: imageFigure, layerOutputs: featureMaps, localisation: localisationFigure } satisfies Partial<typeof draw>);

ruler.width = textWidth;
