import { draw } from '../src/draw';
import { atlasFigure } from './activationAtlas/activationAtlas';
import { mapSet } from './compare/mapSet';
import { faithfulness } from './faithfulness/faithfulness';
import { featureVisualization } from './featureVisualization/featureVisualization';
import { filterGallery } from './filterGallery/filterGallery';
import { gramFigure } from './gramMatrix';
import { statisticsFigure } from './layerStatistics/layerStatistics';
import { layerTableFigure } from './layerTable';
import { methodRanking } from './methodRanking/methodRanking';
import { heatmap } from './overlay/heatmap';
import { mask } from './overlay/mask';
import { overlay } from './overlay/overlay';
import { predictions } from './predictions/predictions';
import { sanityBoard } from './sanityBoard/sanityBoard';
import { topPatchesFigure } from './topPatches/topPatches';

// Importing this file once lets what is computed draw itself.
Object.assign(draw, {
  activationAtlas: atlasFigure,
  attributions: mapSet,
  benchmark: methodRanking,
  featureVisualization,
  filters: filterGallery,
  gramMatrix: gramFigure,
  heatmap,
  layerStatistics: statisticsFigure,
  layerTable: layerTableFigure,
  mask,
  overlay,
  predictions,
  removal: faithfulness,
  sanityCheck: sanityBoard,
  topPatches: topPatchesFigure,
} satisfies Partial<typeof draw>);
