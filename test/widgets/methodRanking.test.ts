import { test } from 'uvu';
import * as assert from 'uvu/assert';
import '../../src/figure/install';
import { drawOnSvg } from '../helpers/widgetDrawing';
import { fixRuler, matchesSnapshot, withoutStyles, wordsOf } from '../helpers/snapshot';
import { benchmarkFigure, madeBenchmark } from '../helpers/trustFigures';
import { rankingData } from '../../widgets/methodRanking/data';
import { draw } from '../../widgets/methodRanking/draw';
import { methodRanking } from '../../widgets/methodRanking/methodRanking';
import { ordered, type RankingState, start } from '../../widgets/methodRanking/state';
import { rowText } from '../../widgets/methodRanking/words';

test.before(fixRuler);

const data = rankingData(madeBenchmark());
const names = (by: RankingState['by']): string[] => ordered(data, { by }).methods.map(({ name }) => name);

test('the figure has every method’s numbers, the nulls apart, and how they were found', () => {
  const figure = benchmarkFigure();
  const words = wordsOf(figure);
  for (const text of ['pointing game ▾', '90.0 %', 'energy inside', '0.35', 'two classes', '400 ms', '4.0 ms', 'lines: maps that know nothing of the network', 'Methods on scenes · toy · 40 things in 35 scenes', 'not 1 that the network takes for something else', '95 % intervals']) assert.ok(words.includes(text), `${text} in ${words}`);
  assert.is(figure.alt, 'Methods on scenes · toy · 40 things in 35 scenes. By pointing game, the best first: Grad-CAM 90.0 %, occlusion 80.0 %, deconvnet 40.0 %. Without the network: edge detector 50.0 %, centre blob 30.0 %, random map 10.0 %.');
  matchesSnapshot(figure, 'method-ranking');
});

test('it is ranked by any quantity: less time is better, and with two classes what counts is the difference', () => {
  assert.equal(names('pointing'), ['Grad-CAM', 'occlusion', 'deconvnet']);
  assert.equal(names('energy'), ['occlusion', 'Grad-CAM', 'deconvnet']);
  assert.equal(names('seconds'), ['Grad-CAM', 'deconvnet', 'occlusion']);
  assert.equal(names('others'), ['Grad-CAM', 'occlusion', 'deconvnet']);
});

test('the nulls are a line in each column of theirs, at their own place', () => {
  const { svg } = drawOnSvg((stage) => draw(stage, data, start(data)), 900);
  assert.is((svg.match(/class="null"/g) ?? []).length, 9);
  assert.is((svg.match(/class="dot"/g) ?? []).length, 6 * 4 + 3);
});

test('where there is little room it shows the quantity that it is ranked by', () => {
  for (const width of [380, 480, 700, 1100]) {
    const { drawn, svg } = drawOnSvg((stage) => draw(stage, data, { by: 'seconds' }), width);
    assert.ok(drawn.width <= width);
    assert.match(svg, 'time of a map ▾');
    for (const spot of drawn.spots ?? []) assert.ok(spot.x + spot.width <= drawn.width && spot.y + spot.height <= drawn.height, spot.name);
  }
});

test('a row in words, and the table; hostile names are text', () => {
  assert.is(rowText(data, data.rows[2]).replace(/\u00a0/g, ' '), 'deconvnet: pointing game 40.0 % (26.3 % to 55.4 %); energy inside 20.0 % (8.7 % to 31.3 %); IoU 0.10 (−0.01 to 0.21); with two classes 40.0 % point at their own thing and 30.0 % at the other; 10 ms a map; 40 maps, 1 without positive evidence');
  const figure = methodRanking(madeBenchmark('<img src=x onerror=alert(1)>'));
  assert.match(withoutStyles(figure.parts.htmlAfter!), '<td>&lt;img src=x onerror=alert(1)&gt;</td>');
  assert.not.match(figure.html(), '<img src=x');
});

test('of some measures only there are only their columns', () => {
  const { rows, ...rest } = madeBenchmark();
  const bare = rankingData(Object.assign(madeBenchmark(), { ...rest, rows: rows.map((row) => ({ ...row, pointing: undefined, others: undefined, iou: undefined })), measures: ['energy'] }));
  assert.equal(bare.keys, ['energy', 'seconds']);
  drawOnSvg((stage) => draw(stage, bare, start(bare)), 900);
});

test.run();
