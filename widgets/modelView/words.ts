import { isAutomatic } from '../../src/model/layerNames';
import { kindOf } from '../layerKinds';
import type { LayerData } from './data';

const shortKinds: Record<string, string> = {
  Conv2D: 'conv',
  Conv1D: 'conv',
  Conv3D: 'conv',
  Conv2DTranspose: 'transposed conv',
  DepthwiseConv2D: 'depthwise',
  SeparableConv2D: 'separable',
  MaxPooling2D: 'max pool',
  AveragePooling2D: 'mean pool',
  GlobalAveragePooling2D: 'global mean',
  GlobalMaxPooling2D: 'global max',
  BatchNormalization: 'batch norm',
  LayerNormalization: 'layer norm',
  ZeroPadding2D: 'zero padding',
  UpSampling2D: 'upsampling',
  Concatenate: 'concat',
  Dense: 'dense',
  Add: 'add',
  Multiply: 'multiply',
  Flatten: 'flatten',
  Reshape: 'reshape',
  Dropout: 'dropout',
};

/** Lengths as a product: 3 × 3, with thin spaces. */
export const times = (lengths: readonly (number | null)[]): string => lengths.map((length) => length ?? '?').join('\u200a×\u200a');

/** What a layer does, in a few words: "conv 3 × 3 /2, relu". */
export function whatOf({ kind, activation, kernel, strides }: LayerData): string {
  if (kind === 'Activation' && activation) return activation;
  const moved = strides?.some((stride) => stride > 1) ? ` /${strides.every((stride) => stride === strides[0]) ? strides[0] : times(strides)}` : '';
  return `${shortKinds[kind] ?? kind}${kernel ? ` ${times(kernel)}` : ''}${moved}${activation ? `, ${activation}` : ''}`;
}

/** A layer's name as its label has it: without that of the group it stands in ("block2a_dwconv" in "block2a" is "dwconv"), and a made-up one in short ("batch norm 7"). */
export function labelOf({ name, kind }: LayerData, group: string | undefined): string {
  const inner = name.slice(name.lastIndexOf('/') + 1);
  const short = shortKinds[kind] ?? kind;
  // The number of a normalisation tells nobody anything.
  if (isAutomatic(inner, kind)) return kindOf({ kind }).minor ? short : `${short} ${/\d*$/.exec(inner)?.[0] ?? ''}`.trim();
  return nameWithin(name, group);
}

/** A name without that of the group around it. */
export function nameWithin(name: string, group: string | undefined): string {
  if (!group || !name.startsWith(group)) return name;
  const rest = name.slice(group.length).replace(/^[a-z]?[/_\-. ]+/i, '');
  return rest.length > 1 ? rest : name;
}
