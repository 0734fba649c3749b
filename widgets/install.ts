import { draw } from '../src/draw';
import { mapSet } from './compare/mapSet';
import { featureVisualization } from './featureVisualization/featureVisualization';
import { layerTableFigure } from './layerTable';
import { heatmap } from './overlay/heatmap';
import { mask } from './overlay/mask';
import { overlay } from './overlay/overlay';
import { predictions } from './predictions/predictions';

// Importing this file once lets maps, predictions and layer tables draw themselves.
Object.assign(draw, { attributions: mapSet, featureVisualization, heatmap, overlay, mask, predictions, layerTable: layerTableFigure } satisfies Partial<typeof draw>);
