export type Column = 'native' | 'wasm' | 'captum' | 'pytorch-grad-cam' | 'tf-keras-vis';

/** One thing that is measured. */
export interface Row {
  /** As the contestants call it. */
  name: string;
  /** About how many forward passes it takes, to tell beforehand how long the whole will take. */
  forwards: number;
  /** The ratio to Captum (or else pytorch-grad-cam) to reach. */
  goal?: number;
  /** Drawn at random: the maps differ by right. */
  random?: boolean;
}

const sixth = 1 / 6;

/** Beside the peers, on the native backend. */
export const sideBySide: Row[] = [
  { name: 'forward', forwards: 1 },
  { name: 'forward 32', forwards: 32 },
  { name: 'saliency', forwards: 2.5, goal: 1 },
  { name: 'guidedBackprop', forwards: 2.5, goal: 1 },
  { name: 'deconvnet', forwards: 2.5, goal: 1 },
  { name: 'inputXGradient', forwards: 2.5, goal: 1 },
  { name: 'saliency, 8 images', forwards: 20, goal: 1 },
  { name: 'gradCam', forwards: 1.5, goal: 0.8 },
  { name: 'gradCamPlusPlus', forwards: 2, goal: 0.8 },
  { name: 'hiResCam', forwards: 2, goal: 0.8 },
  { name: 'layerCam', forwards: 2, goal: 0.8 },
  { name: 'xGradCam', forwards: 2, goal: 0.8 },
  { name: 'eigenCam', forwards: 1.5 },
  { name: 'gradCam, 8 images', forwards: 10, goal: 0.8 },
  { name: 'guidedGradCam', forwards: 3.5, goal: 1 },
  { name: 'smoothGrad 25', forwards: 60, goal: 1, random: true },
  { name: 'integratedGradients 50', forwards: 120, goal: 1 },
  { name: 'occlusion 32/16', forwards: 170, goal: sixth },
  { name: 'ablationCam', forwards: 400 },
  { name: 'scoreCam', forwards: 512 },
  { name: 'occlusion 16/8', forwards: 730, goal: sixth },
  { name: 'rise 500', forwards: 500, random: true },
];

/** A list of ten targets in one call, against ten calls. */
export const tenTargets: Row[] = [
  { name: 'saliency, 10 targets', forwards: 12 },
  { name: 'gradCam, 10 targets', forwards: 2 },
  { name: 'occlusion, 10 targets', forwards: 300 },
];
export const tenCalls = ({ name }: Row): string => name.replace('targets', 'calls');
export const tenGoal = 0.4;

/** On wasm: the input gradient beside the forward pass. */
export const onWasm: Row[] = ['forward', 'saliency', 'guidedBackprop', 'gradCam'].map((name) => ({ name, forwards: 3 }));
export const wasmGoal = 3;
