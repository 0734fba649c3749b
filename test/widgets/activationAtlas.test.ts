import { test } from 'uvu';
import * as assert from 'uvu/assert';
import '../../src/figure/install';
import type { Figure } from '../../src/figure/figure';
import { type AtlasData, reduceAtlas, type ShownCell } from '../../widgets/activationAtlas/data';
import '../../widgets/install';
import { type AtlasState, cellAt, choose, chosen, levelOf, start, strongest, targetOf, toward, viewed, zoomed } from '../../widgets/activationAtlas/looking';
import { faintest, pairOf, placed } from '../../widgets/activationAtlas/placing';
import { ground, mapPicture } from '../../widgets/activationAtlas/compose';
import { altOf, cellText } from '../../widgets/activationAtlas/words';
import { handmadeAtlas } from '../helpers/atlas';
import { fixRuler, matchesSnapshot, withoutStyles, wordsOf } from '../helpers/snapshot';

test.before(fixRuler);

const dataOf = (figure: Figure): AtlasData => figure.parts.live!.data(1) as AtlasData;
const data = dataOf(handmadeAtlas().figure());
const at = (more: Partial<AtlasState> = {}): AtlasState => ({ ...start(data), ...more });

test('the figure tells what the map is made of, and the cell that speaks most clearly for a class', () => {
  const figure = handmadeAtlas().figure();
  const words = wordsOf(figure);
  for (const text of ['Activation atlas · net / conv5', '50 images (pets), 2 random positions of each: 100 activations', 'UMAP of 30 dimensions (cosine, 20 neighbours, minDist 0.3, 500 epochs)', 'seed 3', 'cells with 2 or more', 'cell at row 1, column 1', '40 activations of 20 images', 'icon size: activations', '6 cells of 4 × 4; 7 activations (7 %) in cells with too few', '3 of its 40 members, nearest to the mean first', 'pet 8.png', 'the axes mean nothing']) {
    assert.ok(words.includes(text), `${text} in ${words}`);
  }
  assert.is(figure.alt, 'Activation atlas of conv5 of net: 6 cells of 4 by 4 with pictures, alike ones near each other. Those with the most activations lie at the middle cat (40 activations), at the bottom left dog (20 activations), at the top left cat (12 activations).');
  matchesSnapshot(figure, 'activation-atlas');
});

test('it can begin with a class, two classes, a raster and a cell', () => {
  const atlas = handmadeAtlas();
  assert.match(wordsOf(atlas.figure({ target: 'dog' })), /brightness: attribution to dog ≤ 0 0\.7/);
  const pair = atlas.figure({ contrast: ['cat', 'dog'] });
  matchesSnapshot(pair, 'activation-atlas-pair');
  assert.match(wordsOf(pair), /← dog, by .* 0: as much for both cat, by/);
  assert.match(wordsOf(atlas.figure({ level: 1, cell: [6, 0] })), /cell at row 6, column 0 10 activations/);
  const says = (options: object, pattern: RegExp): void => assert.throws(() => atlas.figure(options), (error: Error) => pattern.test(error.message));
  says({ target: 'cow' }, /^unknown label "cow"/);
  says({ target: 7 }, /^target must be a class from 0 to 2, got 7$/);
  says({ contrast: ['cat'] }, /^contrast takes two classes/);
  says({ contrast: ['cat', 0] }, /^contrast of "cat" with itself/);
  says({ level: 2 }, /^level must be a whole number from 0 to 1, got 2$/);
  says({ cell: [0, 1] }, /^no cell \[0, 1\] is shown in this raster; atlas\.levels\[0\]\.cells lists them$/);
  says({ zoom: 2 }, /^figure has no option "zoom"/);
});

test('notes and images that were left out are told', () => {
  const words = wordsOf(handmadeAtlas({ notes: ['the layout was stopped after 3 of 500 epochs'], unreadable: ['a', 'b', 'c', 'd'].map((name) => ({ name, reason: 'is empty' })) }).figure());
  assert.match(words, 'Note: the layout was stopped after 3 of 500 epochs');
  assert.match(words, '4 images could not be read');
  assert.match(words, 'left out: a (is empty); b (is empty); c (is empty); and 1 more');
});

test('the table has every cell, in hostile words too', () => {
  const html = withoutStyles(handmadeAtlas({ last: '<img src=x onerror=alert(1)>' }).figure().fragment({ live: false }));
  assert.match(html, '<summary>the 6 cells in numbers</summary>');
  assert.match(html, /<td>1<\/td><td>1<\/td><td>40<\/td><td>20<\/td><td>cat 0\.9, dog −0\.0429, &lt;img src=x onerror=alert\(1\)(>|&gt;) −0\.186<\/td>/);
  assert.not.match(html, '<img src=x');
});

test('icons are as large as their cells have members, and as strong as their attribution', () => {
  const icons = placed(data, at());
  assert.is(icons.length, 6);
  const of = (row: number, column: number) => icons.find(({ cell }) => cell.row === row && cell.column === column)!;
  assert.equal([of(1, 1).x, of(1, 1).y], [0.375, 0.375]);
  assert.ok(Math.abs(of(1, 1).half - 0.48 / 4) < 1e-9, 'the fullest cell is filled but for a seam');
  assert.ok(of(0, 3).half < of(0, 0).half && of(0, 0).half < of(1, 1).half);
  assert.ok(icons.every(({ strength }) => strength === 1));
  const cat = placed(data, at({ target: data.classes.findIndex(({ label }) => label === 'cat') }));
  assert.is(Math.max(...cat.map(({ strength }) => strength)), 1);
  assert.ok(cat.find(({ cell }) => cell.row === 3 && cell.column === 0)!.strength < 0.25);
  const dog = placed(data, at({ target: data.classes.findIndex(({ label }) => label === 'dog') }));
  assert.is(dog.find(({ cell }) => cell.row === 1 && cell.column === 1)!.strength, faintest, 'what is against it is faint');
});

test('the picture has an icon where a cell is, and the ground elsewhere', () => {
  const side = 80;
  const { data: pixels } = mapPicture(data, at(), side);
  const colour = (x: number, y: number): number[] => [...pixels.slice((y * side + x) * 4, (y * side + x) * 4 + 3)];
  assert.equal(colour(30, 5), [...ground]);
  assert.not.equal(colour(30, 30), [...ground]);
  const { data: near } = mapPicture(data, at(zoomed(data, at(), 2)), side);
  assert.not.equal([...near], [...pixels]);
});

test('zooming keeps what lies under the pointer, and never leaves the map', () => {
  const before = at({ ...viewed(data, at(), 0.4, 0.6, 2) });
  const after = zoomed(data, before, 1.2, 0.3, 0.8);
  const under = ({ x, y, zoom }: Pick<AtlasState, 'x' | 'y' | 'zoom'>): number[] => [x + (0.3 - 0.5) / zoom, y + (0.8 - 0.5) / zoom];
  under(after).forEach((value, axis) => assert.ok(Math.abs(value - under(before)[axis]) < 1e-9));
  assert.equal(viewed(data, at(), -3, 9, 2), { x: 0.25, y: 0.75, zoom: 2, level: 1 });
  assert.is(zoomed(data, at(), 1000).zoom, 8 / 3, 'three cells remain in view');
  assert.equal(zoomed(data, at(), 0.01), { x: 0.5, y: 0.5, zoom: 1, level: 0 });
});

test('near, the finer raster is shown; the chosen cell stays where it is', () => {
  const far = at(choose(data, at(), 4));
  assert.equal([levelOf(data, far).grid, cellAt(data, far)], [4, 4]);
  const near = { ...far, ...zoomed(data, far, 2) };
  assert.is(levelOf(data, near).grid, 8);
  const { row, column } = levelOf(data, near).cells[chosen(data, near)];
  assert.equal([row >> 1, column >> 1], [3, 0]);
  assert.is(zoomed(data, near, 0.5).level, 0);
  // A raster that was picked stays while nothing passes the border.
  assert.is(zoomed(data, { ...far, level: 1 }, 1.2).level, 1);
  const moved = toward(data, { ...near, x: 0.8, y: 0.2 }, levelOf(data, near).cells[chosen(data, near)]);
  assert.ok(Math.abs(moved.y - 0.625) < 1e-6 && moved.x <= 0.3);
});

test('between two classes, cells lie by the difference; those of neither are left out', () => {
  const [cat, dog] = ['cat', 'dog'].map((label) => data.classes.findIndex((each) => each.label === label));
  const pair = pairOf(data, at({ view: 'pair', a: cat, b: dog }));
  const ofCat = pair.placed.filter(({ cell }) => data.classes[cell.values[0][0]].label === 'cat');
  const ofDog = pair.placed.filter(({ cell }) => data.classes[cell.values[0][0]].label === 'dog');
  assert.ok(ofCat.length && ofDog.length);
  assert.ok(ofCat.every(({ x }) => x > 0.6) && ofDog.every(({ x }) => x < 0.4));
  assert.is(pair.placed.length + pair.silent + pair.hidden, 12);
  const most = Math.max(...ofCat.map(({ cell }) => value(cell, cat) - value(cell, dog)), ...ofDog.map(({ cell }) => value(cell, dog) - value(cell, cat)));
  assert.is(pair.most, most);
});

const value = ({ values }: ShownCell, which: number): number => values.find(([each]) => each === which)![1];

test('a class is found by its name or its beginning', () => {
  assert.is(targetOf(data, at({ find: 'DOG' })), data.classes.findIndex(({ label }) => label === 'dog'));
  assert.is(targetOf(data, at({ find: 'bo' })), data.classes.findIndex(({ label }) => label === 'boat'));
  assert.is(targetOf(data, at({ find: 'xyz', target: 1 })), -1);
  assert.is(targetOf(data, at({ target: 1 })), 1);
  assert.match(cellText(data, at({ find: 'xyz' })), 'no class that was looked at begins with “xyz”');
});

test('words: the cell, its classes, how it stands', () => {
  const cat = data.classes.findIndex(({ label }) => label === 'cat');
  assert.is(cellText(data, at()), 'cell at row 1, column 1: 40 activations of 20 images; cat 0.9, dog −0.0429, boat −0.186');
  assert.match(cellText(data, at({ target: cat, over: 0 })), 'cat 0.62, number 2 of 6 cells; most at row 1, column 1: 0.9');
  assert.match(altOf(data, at({ target: cat })), 'Those that speak for cat most lie at the middle cat (0.9)');
  assert.is(strongest(levelOf(data, at()).cells, cat), 0.9);
});

test('with less detail the tiles are smaller and stay in their places', () => {
  const big = { ...data, tiles: { sheet: { width: 160, height: 80, data: new Uint8ClampedArray(160 * 80 * 4) }, tile: 40 } };
  const { tiles } = reduceAtlas(big, 0.4);
  assert.equal([tiles.tile, tiles.sheet.width, tiles.sheet.height], [24, 96, 48]);
  assert.is(reduceAtlas(big, 1), big);
});

test('it draws itself in a cell, and is small enough', () => {
  const html = handmadeAtlas().toFigure().html();
  assert.ok(html.length < 500_000, `${html.length}`);
});

test.run();
