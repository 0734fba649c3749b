import { draw } from '../src/draw';
import { mapSet } from './compare/mapSet';
import { faithfulness } from './faithfulness/faithfulness';
import { filterGallery } from './filterGallery/filterGallery';
import { gramFigure } from './gramMatrix';
import { statisticsFigure } from './layerStatistics/layerStatistics';
import { layerTableFigure } from './layerTable';
import { heatmap } from './overlay/heatmap';
import { mask } from './overlay/mask';
import { overlay } from './overlay/overlay';
import { predictions } from './predictions/predictions';
import { topPatchesFigure } from './topPatches/topPatches';

// Importing this file once lets maps, predictions and layer tables draw themselves.
Object.assign(draw, {
  attributions: mapSet,
  filters: filterGallery,
  gramMatrix: gramFigure,
  heatmap,
  layerStatistics: statisticsFigure,
  layerTable: layerTableFigure,
  mask,
  overlay,
  predictions,
  removal: faithfulness,
  topPatches: topPatchesFigure,
} satisfies Partial<typeof draw>);
