import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type LayerGroup, groupsOf } from '../../src/model/layerGroups';
import { nameParts } from '../../src/model/layerNames';
import type { LayerRow } from '../../src/model/layers';
import { loadModel } from '../../src/model/loadModel';
import { classifier, nested, residual, stacked } from '../helpers/models';

/** Rows that each read the one before, unless told. */
class Rows {
  readonly rows: LayerRow[] = [];
  private readonly counts: Record<string, number> = {};
  add(name: string, kind = 'Conv2D', inputs = [this.last], grid = 8): string {
    this.rows.push({ name, kind, inputs, outputShape: grid ? [null, grid, grid, 4] : [null, 4], params: 0, gradCam: grid > 0 });
    return name;
  }
  /** With the name that Keras makes up. */
  auto(kind: string, inputs?: string[], grid?: number): string {
    const word = { Conv2D: 'conv2d', BatchNormalization: 'batch_normalization', Activation: 'activation', MaxPooling2D: 'max_pooling2d' }[kind] ?? kind.toLowerCase();
    this.counts[word] = (this.counts[word] ?? 0) + 1;
    return this.add(`${word}_${this.counts[word]}`, kind, inputs, grid);
  }
  unit(from = this.last, grid?: number): string {
    this.auto('Conv2D', [from], grid);
    this.auto('BatchNormalization', undefined, grid);
    return this.auto('Activation', undefined, grid);
  }
  get last(): string {
    return this.rows.at(-1)?.name ?? 'input';
  }
}

const told = (groups: readonly LayerGroup[]): string[] =>
  groups.flatMap(({ name, first, last, parts }) => [`${name} ${first}-${last}`, ...told(parts).map((line) => `  ${line}`)]);

test('a name is told apart by its words, numbers and the letter behind a number', () => {
  const parts = (name: string, kind = 'Conv2D'): string => nameParts({ name, kind } as LayerRow).map(({ text, counts }) => (counts ? text : `(${text})`)).join(' ');
  assert.is(parts('block2a_expand_conv'), 'block2 a (expand) (conv)');
  assert.is(parts('base/conv2_block1_0_bn', 'BatchNormalization'), 'conv2 block1 0 (bn)');
  assert.is(parts('my_conv2d'), '(my) conv2d');
  assert.is(parts('conv2d_7'), '');
  assert.is(parts('batch_normalization_BatchNormalization7', 'BatchNormalization'), '');
});

test('VGG16 folds into its five blocks', async () => {
  const model = await loadModel('vgg16', { weights: null });
  assert.equal(told(groupsOf(model.layers().rows)), ['block1 0-2', 'block2 3-5', 'block3 6-9', 'block4 10-13', 'block5 14-17']);
  model.dispose();
});

test('EfficientNet-Lite0 folds into stem, stages and head, its stages into MBConv blocks', async () => {
  const model = await loadModel();
  const groups = groupsOf(model.layers().rows);
  assert.equal(groups.map(({ name }) => name), ['stem', 'block1', 'block2', 'block3', 'block4', 'block5', 'block6', 'block7', 'head']);
  assert.equal(told([groups[4]]), ['block4 42-67', '  block4a 42-49', '  block4b 50-58', '  block4c 59-67']);
  model.dispose();
});

test('the units of a Keras ResNet are told by their numbers', () => {
  const net = new Rows();
  let x = net.add('conv1_conv');
  for (const block of [1, 2]) {
    for (const unit of [1, 2]) for (const part of ['conv', 'bn', 'relu']) net.add(`conv2_block${block}_${unit}_${part}`);
    x = net.add(`conv2_block${block}_add`, 'Add', [net.last, x]);
  }
  net.add('predictions', 'Dense', undefined, 0);
  assert.equal(told(groupsOf(net.rows)), [
    'conv2 1-14',
    '  conv2_block1 1-7', '    conv2_block1_1 1-3', '    conv2_block1_2 4-6',
    '  conv2_block2 8-14', '    conv2_block2_1 8-10', '    conv2_block2_2 11-13',
  ]);
});

test('a number that stands apart belongs to the word before it', () => {
  const net = new Rows();
  for (const part of ['depthwise', 'project']) net.add(`expanded_conv_${part}`);
  for (const block of [1, 2]) for (const part of ['expand', 'project']) net.add(`block_${block}_${part}`);
  assert.equal(told(groupsOf(net.rows)), ['expanded_conv 0-1', 'block_1 2-3', 'block_2 4-5']);
});

test('nested models fold, unless they hold a single layer', () => {
  assert.equal(told(groupsOf(classifier(nested()).layers().rows)), ['base 0-2']);
  assert.equal(told(groupsOf(classifier(stacked()).layers().rows)), ['head 1-2']);
});

test('branches fold from where they part to the activation after they meet', () => {
  assert.equal(told(groupsOf(classifier(residual()).layers().rows)), ['stem 1-3', 'residual 1 4-7', 'both 8-10']);
});

test('a residual block with a projection is one block, also at the entry of a network', () => {
  const net = new Rows();
  const shortcut = net.unit('input');
  net.unit('input');
  net.auto('Add', [net.last, shortcut]);
  net.auto('Activation');
  net.auto('Dense', undefined, 0);
  assert.equal(told(groupsOf(net.rows)), ['residual 1 0-7']);
});

test('many blocks of a grid make a stage, its pooling included; the head stands apart', () => {
  const net = new Rows();
  for (const grid of [32, 16]) {
    for (let at = 0; at < 4; at++) {
      const x = net.last;
      const branches = [net.unit(x, grid), net.unit(x, grid)];
      if (grid === 32) net.add(`mixed${at}`, 'Concatenate', branches, grid);
      else net.auto('Add', branches, grid);
    }
    net.auto('MaxPooling2D', undefined, grid / 2);
  }
  for (let at = 0; at < 7; at++) net.auto('Dense', undefined, 0);
  const groups = groupsOf(net.rows);
  assert.equal(groups.map(({ name, first, last }) => `${name} ${first}-${last}`), ['stage 1 0-28', 'stage 2 29-57']);
  assert.equal(groups.map(({ parts }) => parts.map(({ name }) => name)), [['mixed0', 'mixed1', 'mixed2', 'mixed3'], ['residual 1', 'residual 2', 'residual 3', 'residual 4']]);
});

test('what skips across nearly all of a network is no block', () => {
  const net = new Rows();
  const skips = [32, 16].map((grid) => {
    for (let at = 0; at < 4; at++) net.unit(net.last, grid);
    return net.last;
  });
  for (let at = 0; at < 8; at++) net.unit(net.last, 8);
  skips.reverse().forEach((skip, at) => net.auto('Concatenate', [net.last, skip], [16, 32][at]));
  assert.equal(told(groupsOf(net.rows)), ['stage 1 0-11', 'stage 2 12-23', 'stage 3 24-47']);
});

test('groups lie within one another and never overlap', () => {
  const check = (groups: readonly LayerGroup[], from: number, to: number): void => {
    let next = from;
    for (const { first, last, parts } of groups) {
      assert.ok(first >= next && last > first && last <= to);
      check(parts, first, last);
      next = last + 1;
    }
  };
  for (const model of [residual(), nested()]) {
    const { rows } = classifier(model).layers();
    check(groupsOf(rows), 0, rows.length - 1);
  }
});

test.run();
