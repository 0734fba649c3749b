import type { Attribution } from './attribution/attribution';
import type { Attributions } from './attribution/attributions';
import type { ActivationAtlas, AtlasFigureOptions } from './features/atlas/atlas';
import type { Filters } from './features/filters/result';
import type { GramMatrix } from './features/gramMatrix';
import type { LayerOutputs } from './features/layerOutputs';
import type { LayerStatistics } from './features/statistics/result';
import type { TopPatches } from './features/topPatches/result';
import type { FeatureVisualization } from './features/visualization/featureVisualization';
import type { FeatureMapOptions } from './figure/featureMaps';
import type { Figure } from './figure/figure';
import type { HeatmapOptions } from './figure/mapPanel';
import type { MaskOptions } from './figure/maskPanel';
import type { OverlayOptions } from './figure/overlayPanel';
import type { Image } from './image/image';
import type { MethodBenchmark } from './metrics/benchmark/result';
import type { EnergyInside } from './metrics/energyInside';
import type { IntersectionOverUnion } from './metrics/intersectionOverUnion';
import type { PointingGame } from './metrics/pointingGame';
import type { Removal } from './metrics/removal/removal';
import type { SanityCheck } from './metrics/sanity/result';
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
  filters(filters: Filters): Figure;
  gramMatrix(matrix: GramMatrix): Figure;
  layerOutputs(outputs: LayerOutputs, options?: FeatureMapOptions): Figure;
  layerStatistics(statistics: LayerStatistics): Figure;
  activationAtlas(atlas: ActivationAtlas, options?: AtlasFigureOptions): Figure;
  layerTable(table: LayerTable): Figure;
  predictions(predictions: Predictions): Figure;
  removal(removal: Removal): Figure;
  localisation(result: PointingGame | EnergyInside | IntersectionOverUnion): Figure;
  topPatches(patches: TopPatches): Figure;
  benchmark(benchmark: MethodBenchmark): Figure;
  sanityCheck(check: SanityCheck): Figure;
}

// A registry and not imports, so that run-time imports keep pointing left.
export const draw = {} as Drawings;
