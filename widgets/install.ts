import { draw } from '../src/draw';
import { atlasFigure } from './activationAtlas/activationAtlas';
import { mapSet } from './compare/mapSet';
import { layerTableFigure } from './layerTable';
import { heatmap } from './overlay/heatmap';
import { mask } from './overlay/mask';
import { overlay } from './overlay/overlay';
import { predictions } from './predictions/predictions';

// Importing this file once lets maps, atlases, predictions and layer tables draw themselves.
Object.assign(draw, { activationAtlas: atlasFigure, attributions: mapSet, heatmap, overlay, mask, predictions, layerTable: layerTableFigure } satisfies Partial<typeof draw>);
