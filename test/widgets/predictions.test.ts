import { test } from 'uvu';
import * as assert from 'uvu/assert';
import '../../src/figure/install';
import type { Seen } from '../../src/figure/shown';
import { altFor, type Place } from '../../src/figure/stage';
import { svgStage } from '../../src/figure/svgStage';
import { Predictions } from '../../src/model/predictions';
import '../../widgets/install';
import { dataOf, type PredictionsData } from '../../widgets/predictions/data';
import { drawPredictions, type PredictionsState, start } from '../../widgets/predictions/draw';
import { predictions } from '../../widgets/predictions/predictions';
import { barScale } from '../../widgets/predictions/scale';
import { setsOf } from '../../widgets/predictions/setsOf';
import { changeText, exactly, percentage, rowText } from '../../widgets/predictions/texts';
import { plainImage } from '../helpers/maps';
import { fixRuler, matchesSnapshot, wordsOf } from '../helpers/snapshot';

test.before(fixRuler);

type Item = [index: number, label: string, score: number, logit: number];
const setOf = (items: Item[], { classes = 1000, image = plainImage(8, 8), model = 'toy' } = {}): Predictions => new Predictions(items.map(([index, label, score, logit]) => ({ index, label, score, logit })), image, model, classes);
const one = setOf([[285, 'Egyptian cat', 0.5, 9.171], [7, 'a label that is far too long to stand beside a bar of such a chart', 0.25, -1.5], [8, '8', 0.00001, -20]]);
const before = setOf([[1, 'tabby', 0.5, 3], [2, 'lynx', 0.25, 2.25], [3, 'crane', 0.125, 1.5]]);
const after = setOf([[3, 'crane', 0.75, 4], [1, 'tabby', 0.125, 2], [7, 'bag', 0.0625, 1]], { image: plainImage(8, 8, [9, 9, 9], 'covered') });

const widthsOf = (svg: string, height: number): number[] => [...svg.matchAll(new RegExp(`<rect x="[\\d.]+" y="[\\d.]+" width="([\\d.]+)" height="${height}"`, 'g'))].map(([, width]) => Number(width));

/** The drawing in some state, at some width. */
function drawn(data: PredictionsData, state: Partial<PredictionsState>, width = 800): { svg: string; words: string; spots: readonly Place[]; width: number; height: number; alt: string } {
  const { stage, finish } = svgStage(width);
  const result = drawPredictions(stage, data, { ...start(data), ...state });
  const svg = finish(result);
  const words = [...svg.matchAll(/>([^<>]+)</g)].map(([, text]) => text).join(' ').replace(/\u00a0/g, ' ');
  return { ...result, alt: altFor(result), svg, words, spots: result.spots ?? [] };
}

const dataFor = (sets: Predictions[]): PredictionsData => dataOf(sets, ['before', 'after'], 'probability', 'linear');

test('one set: bars with label, index, percentage and logit, beside what the network saw', () => {
  const figure = one.toFigure();
  const words = wordsOf(figure);
  for (const text of ['Egyptian cat 285', '50.0 % 9.17', '25.0 % −1.50', '…', 'class 8', '&lt;0.01 % −20.00', '25.0 points (logit 10.67) ahead of a label', 'the 3 likeliest of 1000 classes · toy · plain']) assert.match(words, text);
  assert.match(figure.alt, 'Bar chart of the likeliest classes for plain: Egyptian cat 50.0 %, a label');
  assert.equal(widthsOf(figure.svg(), 16), [115, 57.5, 1]);
  assert.match(figure.fragment({ live: false }), /<details><summary>all 3 classes as a table<\/summary>.*>0\.001\u00a0%</);
  matchesSnapshot(figure, 'predictions');
});

test('two sets: a bar of each, the change, and both pictures where they differ', () => {
  const figure = predictions([before, after]);
  const words = wordsOf(figure);
  for (const text of ['before: plain after: covered', 'tabby 1 50.0 % 12.5 % ▼ −37.5', 'crane 3 12.5 % 75.0 % ▲ +62.5', 'lynx 2 25.0 % ≤ 6.3 %', 'bag 7 ≤ 12.5 % 6.3 %', 'tabby (1): 50.0 % → crane (3): 75.0 %']) assert.match(words, text);
  assert.match(words, '≤ marks a class that is not among those told');
  assert.is(figure.svg().match(/<image /g)?.length, 2);
  assert.is(predictions([before, before]).svg().match(/<image /g)?.length, 1);
  assert.match(figure.alt, 'tabby 50.0 % before, 12.5 % after; lynx 25.0 % before, not told after');
  matchesSnapshot(figure, 'predictions-two');
});

test('by logit, bars run from 0 to both sides, and the probability stands at the end', () => {
  const figure = predictions(one, { measure: 'logit' });
  assert.match(wordsOf(figure), 'Egyptian cat 285 9.17 50.0 %');
  // From -20 to 10, which is 230 pixels; the first runs 9.171 to the right of 0, the last 20 to the left.
  assert.equal(widthsOf(figure.svg(), 16).map(Math.round), [70, 12, 153]);
});

test('on a logarithmic scale a value is a dot on a stem', () => {
  const scale = barScale(dataFor([one]).rows, 'probability', 'log', 250);
  assert.equal([1, 0.1, 0.00001, 0].map((value) => Math.round(scale.x(value))), [250, 200, 0, 0]);
  assert.equal(scale.ticks.map(({ text }) => text), ['100 %', '1 %', '0.01 %']);
  const figure = predictions(one, { scale: 'log' });
  assert.is(figure.svg().match(/<circle /g)?.length, 3);
  assert.match(wordsOf(figure), 'class 8 0.001 %');
});

test('a picked class is strong, one that is pointed at is framed', () => {
  const data = dataFor([one]);
  const { svg, spots } = drawn(data, { picked: 7, at: 8 });
  assert.is(svg.match(/fill="#2f6fb0"/g)?.length, 1);
  assert.match(svg, /font-weight="600">a label/);
  assert.is(svg.match(/stroke="#0969da"/g)?.length, 1);
  assert.is(spots.length, 3);
  assert.ok(spots.every(({ height }, at) => height === 30 && (!at || spots[at].y === spots[at - 1].y + 30)));
});

test('of many classes a part is shown, and any can be found', () => {
  const many = dataFor([setOf(Array.from({ length: 50 }, (_, at): Item => [at, `kind ${at}`, (50 - at) / 1275, 50 - at]))]);
  const first = drawn(many, {});
  assert.is(first.spots.length, 20);
  assert.match(first.words, '1 to 20 of 50 classes');
  assert.match(drawn(many, { from: 40 }).words, '41 to 50 of 50 classes');
  assert.match(drawn(many, { query: 'kind 4' }).words, 'kind 4 4 ');
  assert.is(drawn(many, { query: 'kind 4', from: 20 }).spots.length, 11);
  assert.match(drawn(many, { query: 'zebra' }).words, 'no class that is told here matches “zebra”');
});

test('it fits into what there is', () => {
  for (const data of [dataFor([one]), dataFor([before, after])]) {
    for (const width of [380, 480, 620, 900, 1200]) {
      const { svg, width: took, height } = drawn(data, {}, width);
      assert.ok(took <= width, `${took} of ${width}`);
      assert.ok(height > 100 && !svg.includes('NaN'));
      for (const [, x, size] of svg.matchAll(/<(?:rect|image) x="([-\d.]+)"[^>]*? width="([\d.]+)"/g)) assert.ok(Number(x) + Number(size) <= took + 1);
      for (const [, size] of svg.matchAll(/font-size="([\d.]+)"/g)) assert.ok(Number(size) >= 10);
    }
  }
});

test('numbers are written with the digits that matter', () => {
  assert.equal([0.5, 0.0012, 0.00001, 0, 1].map((score) => percentage(score).replace('\u00a0', ' ')), ['50.0 %', '0.12 %', '<0.01 %', '0.0 %', '100.0 %']);
  assert.equal([0.40547, 0.0017681, 3.1e-7].map((score) => exactly(score).replace(/\u00a0/g, ' ')), ['40.55 %', '0.1768 %', '3.1 × 10⁻⁵ %']);
  assert.equal([changeText(0.123, 'probability'), changeText(-0.0042, 'probability'), changeText(-1.5, 'logit'), changeText(0.00001, 'probability')], ['+12.3', '−0.42', '−1.50', '±0.00']);
  const { rows } = dataFor([one]);
  assert.is(rowText(rows[1], rows).replace(/\u00a0/g, ' '), 'a label that is far too long to stand beside a bar of such a chart (7): probability 25 %, logit −1.5000; 25.0 points (logit 10.67) behind Egyptian cat (285)');
  const two = dataFor([before, after]).rows;
  assert.is(rowText(two[2], two).replace(/\u00a0/g, ' '), 'crane (3): probability 12.5 % before, 75 % after (+62.5 points); logit 1.50 before, 4.00 after (+2.50)');
});

test('a network of one class is drawn too', () => {
  const single = predictions(setOf([[0, 'melanoma', 0.25, -1.1]], { classes: 1 }));
  assert.match(wordsOf(single), 'the probability of the one class');
  assert.match(single.fragment({ live: false }), 'the class as a table');
});

test('what is not finite is told, and not drawn', () => {
  const { svg, words } = drawn(dataFor([setOf([[0, 'tabby', NaN, NaN], [1, 'lynx', NaN, Infinity]])]), {});
  assert.match(words, 'tabby 0 not finite');
  assert.match(words, 'Note: some numbers are not finite: the network overflows on this input');
  assert.not.match(svg.replace(/not finite/g, ''), /NaN|Infinity/);
});

test('hostile text is text', () => {
  const label = '</script><img src=x onerror="alert(1)">\'&';
  const image = plainImage(8, 8, [1, 2, 3], label);
  const figure = predictions([setOf([[0, label, 0.5, 1], [1, 'שלום '.repeat(60), 0.25, 0.5]], { image }), setOf([[0, label, 0.5, 1]], { image: plainImage(8, 8) })], { names: [label, '🐈'.repeat(100)] });
  assert.not.match(figure.fragment(), /<img src=x/);
  assert.match(figure.svg(), '&lt;/script&gt;');
});

test('what is wrong is told', () => {
  assert.throws(() => predictions(one, { mesure: 'logit' } as never), /^predictions has no option "mesure"; did you mean "measure"\?$/);
  assert.throws(() => predictions(one, { measure: 'score' as never }), /^measure must be probability or logit, got "score"$/);
  assert.throws(() => predictions(one, { scale: 'square' as never }), /^scale must be linear or log, got "square"$/);
  assert.throws(() => predictions([before, after], { names: ['a'] as never }), /^names must be two texts, as \['before', 'after'\], got \["a"\]$/);
  assert.throws(() => predictions(undefined as never), /^predictions takes what model\.predict gives, or two of them, \[before, after\], got undefined$/);
  assert.is(setsOf(one).length, 1);
});

test('the values are saved with it', () => {
  assert.equal(JSON.parse(JSON.stringify(predictions(one))).data[0], { index: 285, label: 'Egyptian cat', score: 0.5, logit: 9.171 });
  const image: Seen = dataFor([one]).sets[0].image;
  assert.is(image.name, 'plain');
});

test.run();
