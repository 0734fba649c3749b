import { test } from 'uvu';
import * as assert from 'uvu/assert';
import '../../src/figure/install';
import { drawOnSvg } from '../helpers/widgetDrawing';
import { fixRuler, matchesSnapshot, withoutStyles, wordsOf } from '../helpers/snapshot';
import { checkFigure, madeCheck } from '../helpers/trustFigures';
import { boardData, reduceBoard } from '../../widgets/sanityBoard/data';
import { draw } from '../../widgets/sanityBoard/draw';
import { sanityBoard } from '../../widgets/sanityBoard/sanityBoard';
import { type BoardState, enlarged, start } from '../../widgets/sanityBoard/state';
import { statusOf } from '../../widgets/sanityBoard/words';

test.before(fixRuler);

const data = boardData(madeCheck());
const state = (more: Partial<BoardState> = {}): BoardState => ({ ...start(data), ...more });

test('the figure tells each verdict, each step’s number, what chance gives, and how weights were re-drawn', () => {
  const figure = checkFigure();
  const words = wordsOf(figure);
  for (const text of ['0.99 alike', '0.80 alike', '0.20', 'fails: at 2 of 3 steps still like the original, 0.80 with all re-drawn down to block2', 'passes: 0.35 like the original once scores is re-drawn, −0.12 when all layers are', 'other class', 'dashed: the highest of 19 random maps', 'seed 4', 'for lynx', 'random labels', 'as for a new network (He-normal)', 'share of its map’s']) assert.ok(words.includes(text), `${text} in ${words}`);
  assert.match(figure.alt, /^Sanity check · toy · tabby \(281\) · plain\. input x gradient passes: .* guided <b>backpropagation<\/b> fails: /);
  matchesSnapshot(figure, 'sanity-board');
});

test('it begins where the first failing method still looks like the original', () => {
  assert.equal(start(data), { row: 1, at: 2, measure: 'absRank' });
  assert.equal(start(boardData(madeCheck({ steps: 1 }))), { row: 0, at: 1, measure: 'absRank' });
});

test('the table behind the picture has every map and what chance gives; hostile names are text', () => {
  const html = withoutStyles(checkFigure().parts.htmlAfter!);
  assert.match(html, '<tr><td>guided &lt;b&gt;backpropagation&lt;/b&gt;</td><td>all re-drawn down to block2</td><td>0.80</td><td>0.40</td><td>0.80</td></tr>');
  assert.match(html, '<td>for lynx</td><td>0.98</td>');
  assert.match(html, '<td>random maps, highest of 19</td><td>0.30</td>');
  assert.not.match(checkFigure().html(), '<b>backpropagation');
});

test('other measures change the numbers, and signs are shown where the measure knows them', () => {
  const shown = (measure: BoardState['measure']): string => drawOnSvg((stage) => draw(stage, data, state({ row: 0, at: 1, measure })), 900).svg;
  assert.match(shown('absRank'), />0\.35, scores</);
  assert.match(shown('rank'), />0\.17, scores</);
  assert.match(shown('rank'), 'scale-RdBu');
  assert.not.match(shown('ssim'), 'scale-RdBu');
});

test('what was stopped shows the steps it has', () => {
  const figure = sanityBoard(madeCheck({ steps: 1 }));
  assert.match(wordsOf(figure), 'not finished');
  assert.match(wordsOf(figure), 'stopped after 6 of 10 maps');
  const stopped = boardData(madeCheck({ steps: 1 }));
  assert.is(enlarged(stopped, { row: 0, at: 9, measure: 'absRank' }).map.title, 'random labels');
  sanityBoard(madeCheck({ steps: 0 }));
});

test('it fits any width, and says what is enlarged', () => {
  for (const width of [380, 560, 800, 1100]) {
    const { drawn } = drawOnSvg((stage) => draw(stage, data, state()), width);
    assert.ok(drawn.width <= width, `${drawn.width} in ${width}`);
    for (const spot of drawn.spots ?? []) assert.ok(spot.x >= 0 && spot.x + spot.width <= drawn.width && spot.y + spot.height <= drawn.height, spot.name);
  }
  assert.match(statusOf(data, state()), /^guided <b>backpropagation<\/b>, all re-drawn down to block2: rank correlation of \|values\| 0\.80, .*; alike$/);
  assert.match(statusOf(data, state({ at: 4 })), ', for lynx: ');
  assert.match(statusOf(data, state({ at: 5 })), ', trained on random labels: ');
});

test('a page is sent maps no finer than its budget', () => {
  const big = { ...data, rows: data.rows.map((row) => ({ ...row, maps: Array.from({ length: 30 }, () => ({ ...row.maps[0], values: new Float32Array(200 * 200).fill(1), shape: [200, 200] as const })) })) };
  const total = (each: typeof big): number => each.rows.flatMap(({ maps, beside }) => [...maps, ...beside]).reduce((sum, { values }) => sum + values.length, 0);
  assert.ok(total(reduceBoard(big, 1) as typeof big) < 140_000);
  assert.ok(total(reduceBoard(big, 0.25) as typeof big) < 40_000);
  assert.equal(reduceBoard(data, 1).rows[0].maps[0].shape, [12, 12]);
});

test.run();
