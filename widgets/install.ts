import { draw } from '../src/draw';
import { layerTableFigure } from './layerTable';
import { predictionsFigure } from './predictions';

// Importing this file once lets predictions and layer tables draw themselves.
Object.assign(draw, { predictions: predictionsFigure, layerTable: layerTableFigure } satisfies Partial<typeof draw>);
