import * as tf from '@tensorflow/tfjs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ready } from '../../../src/backend';
import { efficientnetLite0 } from '../../../src/model/efficientnetLite0';
import { freeModel } from '../../../src/model/freeModel';
import { type Graph, graphOf } from '../../../src/model/graph';
import { boxOf, cellsSeeing, type ReceptiveField } from '../../../src/model/receptive/field';
import { receptiveFields } from '../../../src/model/receptive/receptiveField';
import { gradient } from '../../../src/model/run';
import { vgg16 } from '../../../src/model/vgg16';
import { dilated, nested, residual } from '../../helpers/models';

const { layers } = tf;
type Node = tf.SymbolicTensor;

test.before(async () => void (await ready()));

/** The fields by layer; the model is freed. */
function fieldsOf(model: tf.LayersModel, inputShape = model.inputs[0].shape.slice(1) as number[]): Map<string, ReceptiveField> {
  const fields = receptiveFields(graphOf(model), inputShape);
  freeModel(model);
  return new Map(fields.map((field) => [field.layer, field]));
}

const chain = (size: number[], ...list: tf.layers.Layer[]): tf.LayersModel => {
  const input = tf.input({ shape: size });
  return tf.model({ inputs: input, outputs: list.reduce((x, layer) => layer.apply(x) as Node, input) });
};

const told = ({ rows: { size, jump, offset } }: ReceptiveField): (number | null)[] => [size, jump, offset];

test('VGG16: 196 pixels at block5_conv3, 212 and a jump of 32 at block5_pool', () => {
  const fields = fieldsOf(vgg16());
  assert.is(fields.size, 18);
  assert.equal(told(fields.get('block1_conv1')!), [3, 1, -1]);
  assert.equal(told(fields.get('block3_conv3')!), [40, 4, -18]);
  assert.equal(told(fields.get('block5_conv3')!), [196, 16, -90]);
  assert.equal(told(fields.get('block5_pool')!), [212, 32, -90]);
  assert.equal(boxOf(fields.get('block5_pool')!, 0, 3), { top: 0, left: 6, bottom: 122, right: 218 });
});

test('EfficientNet-Lite0: 851 pixels at the last convolution, more than the image has', () => {
  const fields = fieldsOf(efficientnetLite0());
  assert.equal(told(fields.get('stem_conv')!), [3, 2, 0]);
  assert.equal(told(fields.get('head_activation')!), [851, 32, -394]);
  assert.equal(boxOf(fields.get('head_activation')!, 6, 6), { top: 0, left: 0, bottom: 224, right: 224 });
});

test('size, jump and offset by arithmetic: stride, dilation, both paddings, padding and cropping layers', () => {
  const fields = fieldsOf(
    chain(
      [32, 40, 1],
      layers.zeroPadding2d({ name: 'pad', padding: [[1, 2], [3, 0]] }),
      layers.conv2d({ name: 'strided', filters: 1, kernelSize: [5, 3], strides: [2, 1], padding: 'valid' }),
      layers.conv2d({ name: 'dilated', filters: 1, kernelSize: 3, dilationRate: 2, padding: 'same' }),
      layers.averagePooling2d({ name: 'pool', poolSize: 2, strides: 2 }),
      layers.cropping2D({ name: 'crop', cropping: [[1, 0], [2, 1]] }),
    ),
  );
  assert.equal(told(fields.get('pad')!), [1, 1, -1]);
  assert.equal(told(fields.get('strided')!), [5, 2, -1]);
  assert.equal(told(fields.get('dilated')!), [5 + 4 * 2, 2, -1 - 2 * 2]);
  assert.equal(told(fields.get('pool')!), [13 + 2, 4, -5]);
  assert.equal(told(fields.get('crop')!), [15, 4, -5 + 4]);
  const { columns } = fields.get('crop')!;
  assert.equal([columns.size, columns.jump, columns.offset], [3 + 4 + 1, 2, -3 - 2 + 2 * 2]);
});

test('upsampling and transposed convolutions make the jump smaller', () => {
  const fields = fieldsOf(
    chain(
      [12, 12, 1],
      layers.conv2d({ name: 'down', filters: 1, kernelSize: 2, strides: 2 }),
      layers.upSampling2d({ name: 'nearest', size: [2, 3] }),
      layers.conv2d({ name: 'smooth', filters: 1, kernelSize: 3, padding: 'same' }),
      layers.conv2dTranspose({ name: 'up', filters: 1, kernelSize: 4, strides: 2, padding: 'same' }),
      layers.upSampling2d({ name: 'bilinear', size: [2, 2], interpolation: 'bilinear' }),
    ),
  );
  assert.equal(told(fields.get('down')!), [2, 2, 0]);
  assert.equal(told(fields.get('nearest')!), [2, 1, 0]);
  assert.equal(fields.get('nearest')!.columns.jump, 2 / 3);
  assert.equal(told(fields.get('smooth')!), [4, 1, -2]);
  assert.equal(fields.get('smooth')!.rows.spans.slice(0, 3), [{ start: 0, end: 2 }, { start: 0, end: 4 }, { start: 0, end: 4 }]);
  assert.is(fields.get('up')!.rows.jump, 0.5);
  assert.is(fields.get('bilinear')!.rows.jump, 0.25);
});

test('a global pooling sees the whole image, and so does everything behind it', () => {
  const input = tf.input({ shape: [8, 8, 2] });
  const x = layers.conv2d({ name: 'conv', filters: 4, kernelSize: 3, padding: 'same' }).apply(input) as Node;
  let gate = layers.globalAveragePooling2d({}).apply(x) as Node;
  gate = layers.reshape({ targetShape: [1, 1, 4] }).apply(gate) as Node;
  gate = layers.conv2d({ filters: 4, kernelSize: 1, activation: 'sigmoid' }).apply(gate) as Node;
  const gated = layers.multiply({ name: 'gated' }).apply([x, gate]) as Node;
  const fields = fieldsOf(tf.model({ inputs: input, outputs: gated }));
  assert.equal(boxOf(fields.get('conv')!, 0, 0), { top: 0, left: 0, bottom: 2, right: 2 });
  assert.equal(boxOf(fields.get('gated')!, 0, 0), { top: 0, left: 0, bottom: 8, right: 8 });
  assert.equal(told(fields.get('gated')!), [10, 1, -1]);
});

test('a network for any size of image has the fields of the size it is used at', () => {
  const model = (): tf.LayersModel => chain([null, null, 1] as unknown as number[], layers.conv2d({ name: 'a', filters: 2, kernelSize: 3, strides: 2, padding: 'same', activation: 'relu' }), layers.maxPooling2d({ name: 'b', poolSize: 2 }));
  assert.equal(fieldsOf(model(), [16, 24, 1]).get('b')!.map, [4, 6, 2]);
  assert.equal(fieldsOf(model(), [9, 9, 1]).get('b')!.rows.spans, [{ start: 0, end: 4 }, { start: 3, end: 8 }]);
});

/** Branches that meet, every kind of resampling, holes, and edges that only padding reaches. */
function everyGeometry(): tf.LayersModel {
  const input = tf.input({ shape: [14, 11, 2] });
  const conv = (name: string, x: Node, more: object): Node => layers.conv2d({ name, filters: 2, kernelSize: 3, padding: 'same', ...more }).apply(x) as Node;
  const a = conv('a', input, { kernelSize: [3, 2], strides: 2 });
  const wide = conv('wide', a, { dilationRate: 2 });
  const narrow = layers.separableConv2d({ name: 'narrow', filters: 2, kernelSize: 2, padding: 'same' }).apply(a) as Node;
  const both = layers.concatenate({ name: 'both' }).apply([wide, narrow]) as Node;
  const pooled = layers.averagePooling2d({ name: 'pooled', poolSize: 3, strides: 2, padding: 'same' }).apply(both) as Node;
  const up = layers.conv2dTranspose({ name: 'up', filters: 4, kernelSize: 2, strides: 2, padding: 'same' }).apply(pooled) as Node;
  const padded = layers.zeroPadding2d({ name: 'padded', padding: [[0, 1], [0, 0]] }).apply(both) as Node;
  const sum = layers.add({ name: 'sum' }).apply([up, padded]) as Node;
  const sparse = layers.conv2dTranspose({ name: 'sparse', filters: 2, kernelSize: 1, strides: 2 }).apply(sum) as Node;
  const cropped = layers.cropping2D({ name: 'cropped', cropping: [[2, 0], [1, 2]] }).apply(sparse) as Node;
  const again = layers.zeroPadding2d({ name: 'again', padding: 1 }).apply(cropped) as Node;
  const large = layers.upSampling2d({ name: 'large', size: [2, 1], interpolation: 'bilinear' }).apply(conv('last', again, {})) as Node;
  return tf.model({ inputs: input, outputs: layers.dense({ name: 'per_cell', units: 2 }).apply(large) as Node });
}

/** The same network with positive weights and nothing that cuts a path off: a gradient is above 0 exactly where a path leads. */
function allPositive(model: tf.LayersModel): tf.LayersModel {
  for (const weight of model.weights) tf.tidy(() => void weight.write(tf.randomUniform(weight.shape as number[], 0.5, 1.5, 'float32', 3)));
  return model;
}

/** Bounding box of what is not 0 in each row's gradient, `[rows, height, width, channels]`. */
async function reached(grads: tf.Tensor): Promise<string[]> {
  const [, height, width, channels] = grads.shape as [number, number, number, number];
  return Array.from(await Promise.all(tf.tidy(() => tf.unstack(grads)).map(async (grad) => {
    const values = await grad.data();
    grad.dispose();
    let [top, left, bottom, right] = [height, width, 0, 0];
    for (let at = 0; at < values.length; at++) {
      if (!values[at]) continue;
      const row = Math.floor(at / channels / width);
      const column = Math.floor(at / channels) % width;
      [top, left, bottom, right] = [Math.min(top, row), Math.min(left, column), Math.max(bottom, row + 1), Math.max(right, column + 1)];
    }
    return bottom ? `${top}-${bottom} x ${left}-${right}` : 'nothing';
  })));
}

/** One row for each cell of a map, 1 in all channels of that cell. */
const seeds = (rows: number, columns: number, channels: number): tf.Tensor =>
  tf.tidy(() => tf.tile(tf.reshape(tf.eye(rows * columns), [rows * columns, rows, columns, 1]), [1, 1, 1, channels]));

async function boxesByGradient(graph: Graph, x: tf.Tensor4D, { value, map }: ReceptiveField): Promise<string[]> {
  const { grads } = gradient(graph, x, { of: value, wrt: [graph.input], seed: () => seeds(...map) });
  try {
    return await reached(grads[0]);
  } finally {
    tf.dispose(grads);
  }
}

for (const [name, make] of Object.entries({ everyGeometry, residual, nested, dilated })) {
  test(`${name}: the box of every cell of every layer is where its gradient is not 0`, async () => {
    const model = allPositive(make());
    const graph = graphOf(model);
    const shape = model.inputs[0].shape.slice(1) as [number, number, number];
    const x = tf.ones([1, ...shape]) as tf.Tensor4D;
    const fields = receptiveFields(graph, shape);
    assert.ok(fields.length >= 2);
    for (const field of fields) {
      // A largest value comes from one cell alone, and a ReLU6 may be full: there the geometry is a bound.
      if (name === 'residual' && !/^(zero|stem$|stem_bn)/.test(field.layer)) continue;
      const [rows, columns] = field.map;
      const boxes = Array.from({ length: rows * columns }, (_, at) => {
        const { top, left, bottom, right } = boxOf(field, Math.floor(at / columns), at % columns);
        return top < bottom && left < right ? `${top}-${bottom} x ${left}-${right}` : 'nothing';
      });
      assert.equal(await boxesByGradient(graph, x, field), boxes, field.layer);
    }
    x.dispose();
    freeModel(model);
  });
}

test('a pixel is seen by exactly the cells whose box holds it', () => {
  for (const field of fieldsOf(everyGeometry()).values()) {
    for (const axis of [field.rows, field.columns]) {
      for (let pixel = 0; pixel < 14; pixel++) {
        const { start, end } = cellsSeeing(axis, pixel);
        const inside = axis.spans.flatMap((span, cell) => (span.start <= pixel && pixel < span.end ? [cell] : []));
        assert.equal(inside.filter((cell) => cell < start || cell >= end), [], field.layer);
        if (inside.length) assert.equal([inside[0], inside[inside.length - 1] + 1], [start, end]);
        else assert.is(start, end);
      }
    }
  }
});

test.run();
