/** Architecture as JSON: what Keras 2, Keras 3 and TensorFlow.js write. */
export interface Json {
  [key: string]: unknown;
}

// Data augmentation: at prediction these pass the picture through, and TensorFlow.js does not know them.
const idle = ['RandomFlip', 'RandomRotation', 'RandomZoom', 'RandomContrast', 'RandomTranslation', 'RandomBrightness', 'GaussianNoise'];

// What TensorFlow.js has without `keepdims`; with it in kerasLayers.ts.
const keeping = ['GlobalAveragePooling2D', 'GlobalMaxPooling2D'];

const renamedActivations: Record<string, string> = { silu: 'swish', hard_silu: 'hard_swish' };

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The topology as TensorFlow.js 4 understands it: Keras 3's `batch_shape`, dtype policies, `keras_history` and bare input lists become Keras 2's.
 * Initialisers become zeros and regularisers go, because the weights come from the file: drawing them first would cost seconds.
 */
export function tfjsTopology(topology: Json): Json {
  const model = isObject(topology.model_config) ? topology.model_config : topology;
  return layer(model);
}

function layer(written: Json, fromZero: Set<unknown> = new Set()): Json {
  const json = readableRectifier(written);
  const kind = String(json.class_name);
  if (keeping.includes(kind) && (json.config as Json).keepdims === true) return layer({ ...json, class_name: `${kind}Keepdims` }, fromZero);
  const changed: Json = { ...json, config: Array.isArray(json.config) ? json.config.map((each) => layer(each as Json)) : settings(json.config as Json, kind) };
  // Keras 3, which alone writes its dtype as an object, has another hard sigmoid than TensorFlow.js.
  if (isObject(json.config) && isObject(json.config.dtype) && json.config.activation === 'hard_sigmoid') (changed.config as Json).activation = 'hard_sigmoid_keras3';
  if (Array.isArray(json.inbound_nodes)) changed.inbound_nodes = json.inbound_nodes.map((node) => inboundNode(node, fromZero));
  if (idle.includes(kind)) return { ...changed, class_name: 'Activation', config: { ...pick(json.config as Json, ['name', 'trainable', 'batch_input_shape']), activation: 'linear' } };
  return changed;
}

/** TensorFlow.js reads neither Keras 3's name for the slope of a LeakyReLU nor the slope and threshold of a ReLU, and says nothing. */
function readableRectifier(json: Json): Json {
  if (!isObject(json.config)) return json;
  const { negative_slope: slope, threshold, max_value: ceiling, ...config } = json.config;
  if (json.class_name === 'LeakyReLU' && typeof slope === 'number') return { ...json, config: { ...config, alpha: slope } };
  if (json.class_name !== 'ReLU' || !(slope || threshold)) return json;
  if ([slope, threshold, ceiling].filter(Boolean).length > 1) {
    throw new Error(`layer ${JSON.stringify(config.name)} (ReLU) has two of negative_slope, threshold and max_value, which TensorFlow.js cannot compute`);
  }
  return slope ? { ...json, class_name: 'LeakyReLU', config: { ...config, alpha: slope } } : { ...json, class_name: 'ThresholdedReLU', config: { ...config, theta: threshold } };
}

function settings(config: Json, kind: string): Json {
  const changed: Json = {};
  for (const [key, value] of Object.entries(config ?? {})) {
    if (key === 'batch_shape') changed.batch_input_shape = value;
    else if (key === 'dtype') changed.dtype = dtypeName(value);
    else if (key === 'layers' && Array.isArray(value)) changed.layers = value.map((each) => layer(each as Json, countedFromZero(config)));
    else if (key === 'layer' && isObject(value)) changed.layer = layer(value);
    else if (/_initializer$/.test(key)) changed[key] = value === null ? null : { class_name: 'Zeros', config: {} };
    else if (/_(regularizer|constraint)$/.test(key)) changed[key] = null;
    else if (/activation$/.test(key)) changed[key] = activationName(value);
    else if (key === 'axis' && kind.endsWith('Normalization') && Array.isArray(value) && value.length === 1) changed.axis = value[0];
    else if ((key === 'input_layers' || key === 'output_layers') && Array.isArray(value)) changed[key] = references(value).map((each) => renumbered(each, countedFromZero(config)));
    else changed[key] = value;
  }
  return kind === 'Sequential' ? withInputShape(changed) : changed;
}

/** Keras 3 writes a policy object, and a mixed policy keeps its weights in float32. */
function dtypeName(value: unknown): unknown {
  const name = isObject(value) ? (value.config as Json | undefined)?.name : value;
  return typeof name === 'string' && /float|mixed/.test(name) ? 'float32' : name;
}

/** A function that Keras wrote as an object comes back as its name. */
function activationName(value: unknown): unknown {
  const name = isObject(value) && value.class_name === 'function' ? value.config : value;
  return typeof name === 'string' ? (renamedActivations[name] ?? name) : name;
}

/** `["input", 0, 0]` alone becomes a list of one. */
const references = (value: unknown[]): unknown[][] => (typeof value[0] === 'string' ? [value] : (value as unknown[][]));

const containers = ['Sequential', 'Functional', 'Model'];

/** Keras 3 counts the uses of a nested model from 0; Keras 2 and TensorFlow.js from 1, the first being the model itself. */
function countedFromZero(config: Json): Set<unknown> {
  const layers = (config.layers ?? []) as Json[];
  const nested = new Set(layers.filter(({ class_name: kind }) => containers.includes(String(kind))).map((each) => (each.config as Json).name));
  if (!nested.size) return nested;
  const used = layers.flatMap(({ inbound_nodes: nodes }) => ((nodes ?? []) as unknown[]).flatMap((node) => inboundNode(node, new Set()) as unknown[][]));
  const all = [...used, ...references((config.output_layers ?? []) as unknown[])];
  return new Set(all.filter(([name, node]) => node === 0 && nested.has(name)).map(([name]) => name));
}

const renumbered = ([name, node, tensor, ...rest]: unknown[], fromZero: Set<unknown>): unknown[] => [name, fromZero.has(name) ? Number(node) + 1 : node, tensor, ...rest];

/** Keras 3's `{ args, kwargs }` becomes `[[layer, node, tensor, options], ...]`. */
function inboundNode(node: unknown, fromZero: Set<unknown>): unknown {
  if (!isObject(node)) return node;
  const inputs = histories(node.args);
  const sources = inputs.length ? inputs : histories(Object.values((node.kwargs as Json) ?? {}));
  return sources.map((source) => [...renumbered(source, fromZero), {}]);
}

function histories(value: unknown): unknown[][] {
  if (Array.isArray(value)) return value.flatMap(histories);
  if (!isObject(value) || value.class_name !== '__keras_tensor__') return [];
  return [(value.config as Json).keras_history as unknown[]];
}

/** A Sequential that was built late says its input's shape apart. */
function withInputShape(config: Json): Json {
  const layers = config.layers as Json[] | undefined;
  const first = layers?.[0];
  const shape = config.build_input_shape;
  if (!layers || !first || !Array.isArray(shape)) return config;
  const own = first.config as Json;
  if (first.class_name === 'InputLayer' || own.batch_input_shape || own.layers) return config;
  return { ...config, layers: [{ ...first, config: { ...own, batch_input_shape: shape } }, ...layers.slice(1)] };
}

const pick = (from: Json, keys: string[]): Json => Object.fromEntries(keys.filter((key) => key in from).map((key) => [key, from[key]]));
