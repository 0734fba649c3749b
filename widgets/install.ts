import { draw } from '../src/draw';
import { mapSet } from './compare/mapSet';
import { layerTableFigure } from './layerTable';
import { methodRanking } from './methodRanking/methodRanking';
import { heatmap } from './overlay/heatmap';
import { mask } from './overlay/mask';
import { overlay } from './overlay/overlay';
import { predictions } from './predictions/predictions';
import { sanityBoard } from './sanityBoard/sanityBoard';

// Importing this file once lets maps, predictions and layer tables draw themselves.
Object.assign(draw, { attributions: mapSet, heatmap, overlay, mask, predictions, layerTable: layerTableFigure, sanityCheck: sanityBoard, benchmark: methodRanking } satisfies Partial<typeof draw>);
