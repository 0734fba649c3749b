import * as tf from '@tensorflow/tfjs';
import './kerasActivations';
import './kerasLayers';
import { type Json, tfjsTopology } from './kerasTopology';

/** The model that a topology describes, with all weights at zero. Nothing stays in memory when it cannot be built. */
export async function buildModel(topology: Json, source: string): Promise<tf.LayersModel> {
  const before = new Set(Object.keys(tf.engine().registeredVariables));
  try {
    // The parameter's type is not exported by its name.
    const model = await tf.models.modelFromJSON({ modelTopology: tfjsTopology(topology) } as unknown as Parameters<typeof tf.models.modelFromJSON>[0]);
    if (!model.inputs?.length) throw new Error('its input shape is not told; add an Input layer, or call the model once before saving it');
    return model;
  } catch (error) {
    // No await lies between the snapshot and the failure, so that these are this model's only.
    for (const [name, variable] of Object.entries(tf.engine().registeredVariables)) if (!before.has(name)) variable.dispose();
    throw new Error(`${source}: the model cannot be built: ${plainReason(error)}`, { cause: error });
  }
}

function plainReason(error: unknown): string {
  const message = (error instanceof Error ? error.message : String(error)).split('\n')[0];
  const unknown = /^Unknown (layer|activation)[^:]*: ?([\w>]+)/i.exec(message);
  if (!unknown) return message;
  return unknown[1] === 'layer'
    ? `TensorFlow.js has no layer of the kind ${unknown[2]}; register it with tf.serialization.registerClass, or pass the model object itself`
    : `TensorFlow.js has no ${unknown[1]} ${unknown[2]}`;
}
