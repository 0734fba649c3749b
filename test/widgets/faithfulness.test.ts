import { test } from 'uvu';
import * as assert from 'uvu/assert';
import '../../src/figure/install';
import { Removal } from '../../src/metrics/removal/removal';
import '../../widgets/install';
import { faithfulnessData, reduceFaithfulness } from '../../widgets/faithfulness/data';
import { drawFaithfulness, start } from '../../widgets/faithfulness/draw';
import { faithfulness } from '../../widgets/faithfulness/faithfulness';
import { labelPlaces } from '../../widgets/faithfulness/labels';
import { nearestPoint, worthALook } from '../../widgets/faithfulness/moments';
import { pictureAt } from '../../widgets/faithfulness/picture';
import { removalOf, rising, stripes } from '../helpers/removals';
import { fixRuler, matchesSnapshot, wordsOf } from '../helpers/snapshot';
import { drawOnSvg } from '../helpers/widgetDrawing';

test.before(fixRuler);

test('a result shows itself: the picture, the curves, and the numbers of each map', () => {
  const figure = removalOf().toFigure();
  const words = wordsOf(figure);
  assert.match(words, 'Deletion: lower is better probability of tabby');
  // Half of the first map's score is gone; the other's is 0.8 (1 - 0.5 ** 0.25).
  assert.match(words, '50 % removed the strongest of Grad-CAM probability 0.4 0.8 with nothing removed');
  assert.match(words, 'Grad-CAM 0.4 0.400 0.300 to 0.400 Occlusion 0.127 0.160 0.300 to 0.400');
  assert.match(words, 'toy · hidden pixels: 0 after preprocessing · 2 random maps beside each · seed 4 · grey: random maps as coarse or fine as the chosen one');
  assert.match(figure.alt, 'Occlusion 0.160 (random maps like it 0.300 to 0.400), Grad-CAM 0.400');
  assert.match(figure.parts.htmlAfter!, 'deletion in numbers');
  assert.equal((figure.parts.htmlAfter!.match(/<tr>/g) ?? []).length, 2 + 2 + 1 + 11 - 1, figure.parts.htmlAfter!);
  matchesSnapshot(figure, 'faithfulness');
});

test('several measures together', () => {
  const figure = faithfulness([removalOf(), removalOf('insertion'), removalOf('ROAD')]);
  const words = wordsOf(figure);
  for (const part of ['Deletion: lower is better', 'Insertion: higher is better', 'ROAD: higher is better', 'Deletion, insertion, ROAD · stripes', 'gap / 2']) assert.match(words, part);
  assert.is(figure.width, 900);
});

test('at every width nothing lies outside', () => {
  for (const results of [[removalOf()], [removalOf(), removalOf('insertion')], [removalOf(), removalOf('insertion'), removalOf('ROAD')]]) {
    const data = faithfulnessData(results);
    for (const width of [380, 480, 700, 900, 1100]) {
      const { drawn, svg } = drawOnSvg((stage) => drawFaithfulness(stage, data, start(data)), width);
      assert.ok(drawn.width <= width, `${drawn.width} at ${width}`);
      for (const [, x, w] of svg.matchAll(/<image x="([\d.]+)"[^>]* width="([\d.]+)"/g)) assert.ok(Number(x) + Number(w) <= drawn.width);
      for (const [, x] of svg.matchAll(/<text x="([\d.]+)" y="[\d.]+" text-anchor="end"/g)) assert.ok(Number(x) <= drawn.width, `${x} at ${width}`);
      const spots = drawn.spots!.filter(({ name }) => name.startsWith('chart'));
      spots.forEach((a, at) => spots.slice(at + 1).forEach((b) => assert.ok(a.x + a.width <= b.x || a.y + a.height <= b.y, 'charts do not overlap')));
    }
  }
});

test('the picture loses the strongest pixels, and gets them back', () => {
  const data = faithfulnessData([removalOf(), removalOf('insertion')]);
  const photo = stripes().data;
  const white = (pixels: { data: Uint8ClampedArray }, column: number): boolean => pixels.data[column * 4] === 255;
  // Grad-CAM rises to the right: half gone is the right half.
  const half = pictureAt(data, data.tests[0], 0, 5, false);
  assert.equal([white(half, 3), white(half, 20)], [false, true]);
  assert.is(half.data[3 * 4], photo[3 * 4]);
  const back = pictureAt(data, data.tests[1], 0, 5, false);
  assert.equal([white(back, 3), white(back, 20)], [true, false]);
  assert.equal(pictureAt(data, data.tests[0], 1, 0, false).data, photo);
  assert.ok(pictureAt(data, data.tests[0], 1, 10, false).data.every((byte) => byte === 255));
});

test('ROAD fills in what is gone from what is left, from either end', () => {
  const data = faithfulnessData([removalOf('ROAD')]);
  const [strongest, weakest] = [false, true].map((order) => pictureAt(data, data.tests[0], 0, 2, order));
  const photo = stripes().data;
  assert.is(strongest.data[0], photo[0]);
  assert.not.equal(strongest.data[20 * 4], photo[20 * 4]);
  assert.not.equal(weakest.data[0], photo[0]);
  assert.is(weakest.data[20 * 4], photo[20 * 4]);
});

test('where to look first', () => {
  assert.is(worthALook('deletion', [{ scores: [1, 0.9, 0.4, 0] }]), 2);
  assert.is(worthALook('insertion', [{ scores: [0, 0.1, 0.6, 1] }]), 2);
  assert.is(worthALook('deletion', [{ scores: [1, 0.9, 0.8, 0.7, 0.1, 0] }, { scores: [1, 0.2, 0.3, 0.6, 0.1, 0] }]), 1, 'half is gone too late');
  assert.is(worthALook('deletion', [{ scores: [1, 0.9, 0.4, 0.1, 0.1, 0] }, { scores: [1, 0.2, 0.3, 0.6, 0.1, 0] }]), 2);
  assert.is(worthALook('ROAD', [{ scores: [1, 0.9, 0.4], weakest: [1, 1, 0.9] }]), 2);
  assert.is(worthALook('deletion', [{ scores: [NaN, NaN] }]), 0);
  assert.is(nearestPoint([0, 0.25, 0.5, 1], [1, NaN, 1, 1], 0.3), 2);
});

test('labels stand clear of curves and of each other, or not at all', () => {
  const inner = { x: 0, y: 0, width: 200, height: 100 };
  const lines = [{ curve: 0, points: [[0, 50], [200, 50]] as const }, { curve: 1, points: [[0, 60], [200, 60]] as const }];
  const labels = [{ curve: 0, text: 'a', width: 40 }, { curve: 1, text: 'b', width: 40 }];
  const [a, b] = labelPlaces(labels, lines, inner);
  assert.ok(a.y - 4 < 50 && b.y - 4 > 60);
  const full = Array.from({ length: 12 }, (_, at) => ({ curve: at, points: [[0, at * 9], [200, at * 9]] as const }));
  assert.equal(labelPlaces([{ curve: 5, text: 'a', width: 40 }], full, inner), []);
});

test('maps of one method are told apart by target and layer', () => {
  const names = (...maps: ReturnType<typeof rising>[]): string[] => {
    const { curves, ...rest } = removalOf();
    return faithfulnessData([new Removal({ ...rest, curves: maps.map((map) => ({ ...curves[0], map })) })]).tests[0].curves.map(({ name }) => name);
  };
  assert.equal(names(rising('Grad-CAM'), rising('occlusion')), ['Grad-CAM', 'Occlusion']);
  assert.equal(names(rising('Grad-CAM'), rising('Grad-CAM', false, { target: { index: 7, label: 'lynx' } })), ['Grad-CAM · tabby (281)', 'Grad-CAM · lynx (7)']);
  assert.equal(names(rising('Grad-CAM'), rising('Grad-CAM'), rising('RISE')), ['Grad-CAM 1', 'Grad-CAM 2', 'RISE']);
  assert.equal(names(rising('Grad-CAM'), rising('Grad-CAM', false, { layer: 'early' })), ['Grad-CAM · conv', 'Grad-CAM · early']);
});

test('very many points are thinned, a curve that was stopped has gaps, hostile names are text', () => {
  const { curves, ...rest } = removalOf();
  const shares = Array.from({ length: 2001 }, (_, at) => at / 2000);
  const steps = { strongest: Uint16Array.from(curves[0].steps.strongest, (step) => step * 200) };
  const many = faithfulnessData([new Removal({ ...rest, shares, curves: [{ ...curves[0], random: undefined, scores: shares.map((share) => 1 - share), steps }] })]);
  assert.ok(many.tests[0].shares.length <= 201 && many.tests[0].shares.at(-1) === 1);
  assert.equal([...new Set(many.tests[0].curves[0].steps)].sort((a, b) => a - b), Array.from({ length: 10 }, (_, at) => (at + 1) * 20));
  const scores = curves[0].scores.map((score, at) => (at % 2 ? NaN : score));
  const name = '<img src=x onerror=alert(1)>';
  const hostile = new Removal({ ...rest, image: stripes(name), curves: [{ ...curves[0], map: rising(name, false, { target: { index: 1, label: '"><script>' } }), target: { index: 1, label: '"><script>' }, scores }] });
  const html = hostile.toFigure().html();
  assert.not.match(html, /<img src=x|"><script>(?!\()/);
  assert.match(hostile.toFigure().svg(), /probability of [^<]*&lt;script&gt;/);
});

test('fewer data for a notebook that would be too large', () => {
  const data = faithfulnessData([removalOf(), removalOf('ROAD')]);
  const small = reduceFaithfulness(data, 0.25);
  assert.equal([small.size, small.image.width, small.tests[0].curves[0].steps.length, small.tests[1].curves[0].weakestSteps!.length], [[12, 12], 12, 144, 144]);
  const half = pictureAt(small, small.tests[0], 0, 5, false);
  assert.equal([half.data[2 * 4] === 255, half.data[9 * 4]], [false, 255]);
  assert.equal(small.tests[0].curves[0].scores, data.tests[0].curves[0].scores);
});

test('what does not fit together is told', () => {
  assert.throws(() => faithfulness([]), /faithfulness takes what deletion, insertion and road give, one or a list, got \[\]/);
  assert.throws(() => faithfulness(rising('Grad-CAM') as never), /got an Attribution/);
  assert.throws(() => faithfulness([removalOf(), removalOf('insertion', { image: stripes('other') })]), /results of one image, got "stripes" and "other"/);
  const { curves, ...rest } = removalOf();
  assert.throws(() => faithfulness([removalOf(), new Removal({ ...rest, curves: curves.slice(1) })]), /results of the same maps, got 2 maps and 1/);
});

test.run();
