import { test } from 'uvu';
import * as assert from 'uvu/assert';
import '../../src/figure/install';
import { energyInside } from '../../src/metrics/energyInside';
import { intersectionOverUnion } from '../../src/metrics/intersectionOverUnion';
import { pointingGame } from '../../src/metrics/pointingGame';
import { Sensitivity } from '../../src/metrics/sensitivityRecord';
import '../../widgets/install';
import { mapOf, plainImage } from '../helpers/maps';
import { fixRuler, matchesSnapshot, wordsOf } from '../helpers/snapshot';

test.before(fixRuler);

const side = 32;
const hill = Array.from({ length: side * side }, (_, at) => Math.exp(-(((at % side) - 20.2) ** 2 + (Math.floor(at / side) - 12.1) ** 2) / 50));
const map = mapOf(hill, side, side, { image: plainImage(side, side) });
const box = { x: 4, y: 6, width: 10, height: 8 };

test('the region is outlined along its pixels, the strongest place has a ring as wide as the tolerance', () => {
  const figure = pointingGame(map, box, { tolerance: 4 }).toFigure();
  // 336 CSS pixels for 32: a box of 105 x 84 at 16 + 42 and 16 + 63.
  assert.match(figure.svg(), 'M58.0,79.0L163.0,79.0M58.0,163.0L163.0,163.0M58.0,79.0L58.0,163.0M163.0,79.0L163.0,163.0');
  assert.match(figure.svg(), `<circle cx="${16 + 20.5 * 10.5}" cy="${16 + 12.5 * 10.5}" r="42"`);
  assert.match(wordsOf(figure), 'Pointing game: miss; the map is strongest at (20, 12), 7.0 pixels outside the region (tolerance 4)');
  assert.match(figure.alt, 'pointing game, Grad-CAM for tabby: miss');
  matchesSnapshot(figure, 'pointing-game');
});

test('a region that reaches the edge is closed there; one with a hole has two edges', () => {
  const data = new Uint8Array(side * side).fill(1);
  data[5 * side + 5] = 0;
  const svg = energyInside(map, { width: side, height: side, data }).toFigure().svg();
  assert.match(svg, 'M16.0,16.0L352.0,16.0');
  assert.match(svg, 'M16.0,16.0L16.0,352.0');
  assert.match(svg, 'M68.5,68.5L79.0,68.5');
  assert.not.match(svg, '<circle');
});

test('the strong part has a line of its own', () => {
  const figure = intersectionOverUnion(map, box).toFigure();
  assert.match(figure.svg(), 'stroke="#ffd23f"');
  assert.match(wordsOf(figure), 'Intersection over union: 0.');
  assert.match(wordsOf(figure), 'white line: the region; yellow: the strong part of the map');
});

test('a map of nothing still has a picture, and says so', () => {
  const nothing = mapOf(hill.map(() => 0), side, side, { image: plainImage(side, side) });
  assert.match(wordsOf(pointingGame(nothing, box).toFigure()), 'the map has no strongest place');
  assert.match(wordsOf(energyInside(nothing, box).toFigure()), 'Energy inside: no positive evidence');
});

test('sensitivity shows the map beside the one that moved farthest', () => {
  const moved = mapOf(hill.map((value) => value * 0.9), side, side, { image: plainImage(side, side, [90, 140, 190], 'tensor') });
  const figure = new Sensitivity({ each: [0.05, 0.1], map, farthest: moved, radius: 0.02, samples: 2, seed: 0 }).toFigure();
  assert.match(wordsOf(figure), 'plain with noise');
  assert.match(wordsOf(figure), 'the map changes by at most 0.100 of itself, 0.075 in the mean, in 2 images with noise up to 0.02 deviations');
});

test.run();
