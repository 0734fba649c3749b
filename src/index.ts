import './figure/install';
import '../widgets/install';
import { installDisplay } from './display';

// models and images
export { type Backend, type BackendName, ready as backend, useBackend } from './backend';
export { type Fit, Image } from './image/image';
export { type ImageSource, loadImage, type LoadImageOptions } from './image/loadImage';
export type { PixelSource } from './image/pixels';
export { sampleNames, type SampleName } from './image/samples';
export { Classifier, type ClassifierSettings, type ImageInput, type Prepared, type PredictOptions } from './model/classifier';
export type { Shape } from './model/graph';
export type { Labels } from './model/labels';
export { type LayerRow, LayerTable } from './model/layers';
export { loadModel, type LoadModelOptions, type ModelSource } from './model/loadModel';
export { type Prediction, Predictions } from './model/predictions';
export type { Preprocess, PreprocessName } from './model/preprocess';
export { presetNames, type PresetName } from './model/presets';
export type { Score, Target } from './model/target';

// attribution
export { Attribution, type AttributionRecord, type AttributionScore, type AttributionTarget } from './attribution/attribution';
export type { Channels } from './attribution/channels';
export type { TargetOptions } from './attribution/explain';
export type { Fill } from './attribution/perturbation/fill';
export type { Hotspot } from './attribution/hotspot';
export { gradCam, type GradCamOptions, gradCamParts, type GradCamParts } from './attribution/cam/gradCam';
export { guidedBackprop, type GuidedBackpropOptions } from './attribution/gradient/guidedBackprop';
export type { GradientOptions } from './attribution/gradient/inputGradient';
export { occlusion, type OcclusionOptions } from './attribution/perturbation/occlusion';
export { saliency, type SaliencyOptions } from './attribution/gradient/saliency';

// features
export { LayerOutput, layerOutputs, LayerOutputs, type LayerOutputsOptions } from './features/layerOutputs';

// figures
export type { TileScale } from './figure/channelTiles';
export { type Colormap, colormaps } from './figure/colormap';
export { compare, type CompareOptions } from './figure/compare';
export { type FeatureMapOptions, featureMaps } from './figure/featureMaps';
export { Figure, type FigureParts } from './figure/figure';
export { type ColorOptions, type FrameOptions, heatmap, type HeatmapOptions } from './figure/heatmap';
export { mask, type MaskOptions } from './figure/mask';
export type { Range, Sign } from './figure/normalize';
export { overlay, type OverlayOptions } from './figure/overlay';
export { row, type RowOptions } from './figure/row';

// showing and long work
export { display } from './display';
export { doctor, DoctorReport, type Finding, type Health } from './doctor';
export type { LongWorkOptions, Progress } from './progress';
export { Showable } from './show';

installDisplay();
