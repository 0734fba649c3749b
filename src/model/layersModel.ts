import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { longWork } from '../longWork';
import type { LongWorkOptions } from '../progress';
import { buildModel } from './buildModel';
import { freeModel } from './freeModel';
import type { Json } from './kerasTopology';
import { readShards, type WeightGroup } from './shards';

/** Where a model's files come from: gives the local path of one, named as in `model.json`. */
export type FileFinder = (name: string, options: LongWorkOptions) => Promise<string>;

interface ModelJson extends Json {
  format?: string;
  modelTopology?: Json;
  weightsManifest?: WeightGroup[];
}

export interface LayersModelOptions extends LongWorkOptions {
  /** What errors call it. */
  source: string;
  /** `false` leaves all weights at zero, for other weights to be put in. */
  withWeights: boolean;
}

/** Reads a tfjs layers model from its `model.json`; the shards are found by `find`. A Keras `to_json()` file gives the architecture alone. */
export async function readLayersModel(file: string, find: FileFinder, options: LayersModelOptions): Promise<tf.LayersModel> {
  const { source, withWeights, ...work } = options;
  const json = parsed(await readFile(file, 'utf8'), source);
  refuseGraphModel(json, source);
  const topology = json.modelTopology ?? ('class_name' in json ? json : undefined);
  if (!topology) throw new Error(`${source} is no layers model: it holds no modelTopology`);
  if (withWeights && !json.weightsManifest?.length) {
    throw new Error(`${source} holds no weights; give them with { weights: 'file.h5' }, or { weights: null } for random ones`);
  }
  const model = await buildModel(topology, source);
  if (!withWeights) return model;
  try {
    const groups = json.weightsManifest ?? [];
    const count = groups.reduce((sum, { paths }) => sum + paths.length, 0);
    await longWork(`reading ${path.basename(source)}`, { ...work, total: count, unit: 'files' }, async (job) => {
      let done = 0;
      const shards: ArrayBuffer[] = [];
      for (const group of groups) {
        shards.push(...(await readShards(group, source, async (name) => {
          const shard = await find(name, { signal: job.signal, onProgress: null });
          await job.advance(++done);
          return shard;
        })));
      }
      put(model, shards, groups.flatMap(({ weights }) => weights), source);
    });
    return model;
  } catch (error) {
    freeModel(model);
    throw error;
  }
}

function parsed(text: string, source: string): ModelJson {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Error(`${source} is not JSON (${(error as Error).message})`);
  }
  if (typeof json !== 'object' || json === null) throw new Error(`${source} is no layers model: it holds no modelTopology`);
  return json as ModelJson;
}

function refuseGraphModel({ format, modelTopology }: ModelJson, source: string): void {
  if (format !== 'graph-model' && !(modelTopology && 'node' in modelTopology)) return;
  throw new Error(
    `${source} is a graph model, whose layers are gone; export the Keras model instead: model.save('model.h5'), or tensorflowjs_converter --input_format=keras --output_format=tfjs_layers_model model.h5 folder`,
  );
}

/** Decodes the weights (dequantised where needed) and puts them in. */
function put(model: tf.LayersModel, shards: ArrayBuffer[], specs: tf.io.WeightsManifestEntry[], source: string): void {
  const decoded = tf.io.decodeWeights(shards, specs);
  try {
    model.loadWeights(decoded);
  } catch (error) {
    throw new Error(`${source}: the weights do not fit the architecture: ${(error as Error).message.split('\n')[0]}`, { cause: error });
  } finally {
    tf.dispose(decoded);
  }
}
