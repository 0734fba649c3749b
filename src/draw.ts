import type { Attribution } from './attribution/attribution';
import type { Attributions } from './attribution/attributions';
import type { ActivationAtlas, AtlasFigureOptions } from './features/atlas/atlas';
import type { LayerOutputs } from './features/layerOutputs';
import type { FeatureVisualization } from './features/visualization/featureVisualization';
import type { Figure } from './figure/figure';
import type { FeatureMapOptions } from './figure/featureMaps';
import type { HeatmapOptions } from './figure/mapPanel';
import type { MaskOptions } from './figure/maskPanel';
import type { OverlayOptions } from './figure/overlayPanel';
import type { Image } from './image/image';
import type { LayerTable } from './model/layers';
import type { Predictions } from './model/predictions';

/** The pictures that values to the left of the figure layer ask for; src/figure/install.ts puts them here. */
export interface Drawings {
  heatmap(map: Attribution, options?: HeatmapOptions): Figure;
  overlay(map: Attribution, options?: OverlayOptions): Figure;
  mask(map: Attribution, options?: MaskOptions): Figure;
  attributions(maps: Attributions): Figure;
  featureVisualization(made: FeatureVisualization): Figure;
  image(image: Image): Figure;
  layerOutputs(outputs: LayerOutputs, options?: FeatureMapOptions): Figure;
  activationAtlas(atlas: ActivationAtlas, options?: AtlasFigureOptions): Figure;
  layerTable(table: LayerTable): Figure;
  predictions(predictions: Predictions): Figure;
}

// A registry and not imports, so that run-time imports keep pointing left.
export const draw = {} as Drawings;
