import './figure/install';
import '../widgets/install';
import { installDisplay } from './display';

// models and images
export { type Backend, type BackendName, ready as backend, useBackend } from './backend';
export { type Fit, Image } from './image/image';
export type { ImageCollection, ImageEntry, ImagesSource, Unreadable } from './image/collection';
export { type ImageSource, loadImage, type LoadImageOptions } from './image/loadImage';
export type { PixelSource } from './image/pixels';
export type { Mask, Region } from './image/region';
export type { Box } from './image/resample';
export { type SceneName, sceneNames } from './image/sceneSamples';
export { sampleNames, type SampleName } from './image/samples';
export { Classifier, type ClassifierSettings, type ImageInput, type Prepared, type PredictOptions } from './model/classifier';
export type { Shape } from './model/graph';
export type { Labels } from './model/labels';
export type { SlidingFacts } from './model/layerFacts';
export { type LayerRow, LayerTable } from './model/layers';
export { loadModel, type LoadModelOptions, type ModelSource } from './model/loadModel';
export { type Prediction, Predictions } from './model/predictions';
export type { Preprocess, PreprocessName } from './model/preprocess';
export { presetNames, type PresetName } from './model/presets';
export type { Redraw } from './model/redraw';
export type { Contrast, Neuron, Score, Target } from './model/target';

// painted scenes, whose truth is known
export { type SceneClass, sceneClasses } from './scenes/glyphs';
export { type SceneOptions, scenes } from './scenes/scenes';

// attribution
export { Attribution, type AttributionRecord, type AttributionScore, type AttributionTarget } from './attribution/attribution';
export { Attributions } from './attribution/attributions';
export type { Channels } from './attribution/channels';
export type { Hotspot } from './attribution/hotspot';
export type { Method, OneMap, TargetOptions } from './attribution/method';

// attribution: gradients
export { deconvnet, type DeconvnetOptions } from './attribution/gradient/deconvnet';
export type { GradientOptions } from './attribution/gradient/gradientMethod';
export { guidedBackprop, type GuidedBackpropOptions } from './attribution/gradient/guidedBackprop';
export { guidedGradCam, type GuidedGradCamOptions } from './attribution/gradient/guidedGradCam';
export { inputXGradient, type InputXGradientOptions } from './attribution/gradient/inputXGradient';
export { integratedGradients, type IntegratedGradientsOptions } from './attribution/gradient/integratedGradients';
export type { SmoothForm } from './attribution/gradient/moments';
export type { Completeness } from './attribution/gradient/pathIntegral';
export type { Quadrature } from './attribution/gradient/quadrature';
export { saliency, type SaliencyOptions } from './attribution/gradient/saliency';
export { smoothGrad, type SmoothGradOptions } from './attribution/gradient/smoothGrad';

// attribution: class activation maps
export { ablationCam, type AblationCamOptions } from './attribution/cam/ablationCam';
export { cam, type ClassActivationMapOptions } from './attribution/cam/cam';
export type { CamMethod, CamOptions, CombinedMap } from './attribution/cam/camMethod';
export type { ChannelOptions } from './attribution/cam/channelCam';
export type { Combine } from './attribution/cam/combine';
export { eigenCam, type EigenCamOptions } from './attribution/cam/eigenCam';
export type { FinishOptions } from './attribution/cam/finish';
export { gradCam, type GradCamOptions, gradCamParts, type GradCamParts, type GradCamPartsOptions } from './attribution/cam/gradCam';
export { gradCamPlusPlus, type GradCamPlusPlusOptions } from './attribution/cam/gradCamPlusPlus';
export { hiResCam, type HiResCamOptions } from './attribution/cam/hiResCam';
export { layerCam, type LayerCamOptions } from './attribution/cam/layerCam';
export { scoreCam, type ScoreCamOptions } from './attribution/cam/scoreCam';
export { xGradCam, type XGradCamOptions } from './attribution/cam/xGradCam';

// attribution: perturbations
export type { Fill } from './attribution/perturbation/fill';
export { occlusion, type OcclusionOptions } from './attribution/perturbation/occlusion';
export type { OcclusionWindow, OcclusionWindows } from './attribution/perturbation/occlusionWindows';
export type { PerturbationOptions } from './attribution/perturbation/perturb';
export { rise, type RiseOptions } from './attribution/perturbation/rise';

// inside the layers
export { filters, type FiltersOptions } from './features/filters/filters';
export { type FilterOrder, Filters, type FiltersRecord } from './features/filters/result';
export type { AimOptions, NeuronOfLayer } from './features/visualization/aims';
export { FeatureVisualization, type FeatureVisualizationRecord, type VisualizationMoment, type VisualizedFeature } from './features/visualization/featureVisualization';
export { invertFeatures, type InvertFeaturesOptions } from './features/visualization/invertFeatures';
export { maximizeActivation, type MaximizeActivationOptions } from './features/visualization/maximizeActivation';
export type { Transforms } from './features/visualization/moves';
export type { Param } from './features/visualization/parametrization';
export type { Penalties } from './features/visualization/penalties';
export type { PictureOptions } from './features/visualization/settings';
export { GramMatrix, gramMatrix, type GramMatrixOptions, type GramMatrixRecord } from './features/gramMatrix';
export { LayerOutput, layerOutputs, LayerOutputs, type LayerOutputsOptions } from './features/layerOutputs';
export { layerStatistics, type LayerStatisticsOptions } from './features/statistics/layerStatistics';
export { LayerStatistics, type LayerStatisticsRecord, type LayerStats } from './features/statistics/result';
export { type ChannelPatches, type Patch, TopPatches, type TopPatchesRecord } from './features/topPatches/result';
export { topPatches, type TopPatchesOptions } from './features/topPatches/topPatches';

// the activation atlas
export { activationAtlas, type ActivationAtlasOptions } from './features/atlas/activationAtlas';
export { ActivationAtlas, type AtlasCell, type AtlasFigureOptions, type AtlasIcon, type AtlasLevel, type AtlasRecord } from './features/atlas/atlas';
export type { CellFacts, ClassAttribution } from './features/atlas/atlasCells';
export type { CacheChoice } from './features/atlas/cache';
export type { AtlasLayout, LayoutFacts } from './features/atlas/layout';
export { loadAtlas } from './features/atlas/loadAtlas';
export type { SampledImage } from './features/atlas/samples';
export type { Tiles } from './features/atlas/tiles';

// how far to trust a map
export { averageDrop, type AverageDropOptions } from './metrics/averageDrop';
export { averageIncrease } from './metrics/averageIncrease';
export { benchmarkMethods, type BenchmarkOptions } from './metrics/benchmark/benchmarkMethods';
export type { Estimate } from './metrics/benchmark/intervals';
export { type BenchmarkMeasure, type BenchmarkRecord, type BenchmarkRow, MethodBenchmark } from './metrics/benchmark/result';
export { centreBlob, type CentreBlobOptions } from './metrics/centreBlob';
export type { ConfidenceOptions, ConfidencePair } from './metrics/confidence/change';
export { ConfidenceChange } from './metrics/confidence/record';
export { deletion, type DeletionOptions } from './metrics/deletion';
export { edgeMap } from './metrics/edgeMap';
export { energyInside, EnergyInside } from './metrics/energyInside';
export type { Explainer, Explainers, NamedExplainer } from './metrics/explainers';
export { insertion, type InsertionOptions } from './metrics/insertion';
export { IntersectionOverUnion, intersectionOverUnion, type IntersectionOverUnionOptions } from './metrics/intersectionOverUnion';
export { PointingGame, pointingGame, type PointingGameOptions } from './metrics/pointingGame';
export { randomMap, type RandomMapOptions } from './metrics/randomMap';
export { agreement, rankCorrelation, type RankOptions } from './metrics/rankCorrelation';
export type { Regions } from './metrics/regionOf';
export { type RandomCurves, Removal, type RemovalCurve, type RemovalMeasure, type RemovalRecord } from './metrics/removal/removal';
export type { RemovalMaps, RemovalOptions } from './metrics/removal/run';
export type { RemovalFill } from './metrics/removal/swap';
export { road, type RoadOptions } from './metrics/road';
export type { ChanceLikeness, Likeness } from './metrics/sanity/likeness';
export { type HeldMap, type MethodSanity, SanityCheck, type SanityRecord } from './metrics/sanity/result';
export { sanityCheck, type SanityCheckOptions } from './metrics/sanity/sanityCheck';
export { type RandomLabelsNetwork, type RandomLabelsOptions, trainOnRandomLabels } from './metrics/sanity/trainOnRandomLabels';
export type { Stage as SanityStage } from './metrics/sanity/stages';
export type { Outcome as SanityOutcome, Verdict as SanityVerdict } from './metrics/sanity/verdict';
export { sensitivity, type MapMaker, type Noise, type SensitivityMeasure, type SensitivityOptions } from './metrics/sensitivity';
export { Sensitivity, type SensitivityRecord } from './metrics/sensitivityRecord';
export { complexity, sparseness } from './metrics/sparseness';
export { structuralSimilarity } from './metrics/structuralSimilarity';
export { topOverlap, type TopOverlapOptions } from './metrics/topOverlap';

// figures
export type { TileScale } from './figure/channelTiles';
export { type Colormap, colormaps } from './figure/colormap';
export { type FeatureMapOptions, featureMaps } from './figure/featureMaps';
export { Figure, type FigureParts } from './figure/figure';
export type { ColorOptions, FrameOptions, HeatmapOptions } from './figure/mapPanel';
export type { MaskOptions } from './figure/maskPanel';
export type { Range, Sign } from './figure/normalize';
export type { OverlayOptions } from './figure/overlayPanel';
export { row, type RowOptions } from './figure/row';

// widgets
export { classContrast, type ClassContrastOptions } from '../widgets/classContrast/classContrast';
export type { ContrastLook } from '../widgets/classContrast/data';
export { compare, type CompareOptions } from '../widgets/compare/compare';
export { convolutionStepper, type ConvolutionStepperOptions } from '../widgets/convolutionStepper/convolutionStepper';
export { faithfulness } from '../widgets/faithfulness/faithfulness';
export { featureVisualization } from '../widgets/featureVisualization/featureVisualization';
export { gradCamSteps, type GradCamStepsOptions } from '../widgets/gradCamSteps/gradCamSteps';
export type { BrowserScale, BrowserView } from '../widgets/layerBrowser/data';
export type { ChannelOrder } from '../widgets/layerBrowser/keep';
export { layerBrowser, type LayerBrowserOptions } from '../widgets/layerBrowser/layerBrowser';
export { modelView, type ModelViewOptions } from '../widgets/modelView/modelView';
export type { OpenGroups } from '../widgets/modelView/openFolds';
export { occlusionExplorer, type OcclusionExplorerOptions } from '../widgets/occlusionExplorer/occlusionExplorer';
export { heatmap } from '../widgets/overlay/heatmap';
export { mask } from '../widgets/overlay/mask';
export { overlay } from '../widgets/overlay/overlay';
export { predictions, type PredictionsOptions } from '../widgets/predictions/predictions';
export { receptiveField, type ReceptiveFieldOptions } from '../widgets/receptiveField/receptiveField';
export type { TinyMoment } from '../widgets/trainTiny/data';
export { TinyClassifier, type TinyEpoch, TinyTraining, trainTiny, type TrainTinyOptions } from '../widgets/trainTiny/trainTiny';
export type { Logs as TrainingLogs } from '../widgets/trainingView/data';
export { trainingView, TrainingView, type TrainingCallbacks, type TrainingViewOptions } from '../widgets/trainingView/trainingView';

// showing and long work
export { display } from './display';
export { doctor, DoctorReport, type Finding, type Health } from './doctor';
export type { LongWorkOptions, Progress } from './progress';
export { Showable } from './show';

installDisplay();
