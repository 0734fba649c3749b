import { drawPanel, margin } from '../../src/figure/sheet';
import type { Drawn, Place, Spot, Stage } from '../../src/figure/stage';
import { captionLines, drawLines, heightOf, styles } from '../../src/figure/textBlock';
import { joinParts } from '../../src/figure/caption';
import { shorten } from '../../src/figure/text';
import { drawChart } from './chart';
import type { FaithfulnessData } from './data';
import { pictureAt } from './picture';
import { drawRanking } from './ranking';
import { pointOf, pointText, scoresAt, scoreText, shareText, testText } from './words';

export interface FaithfulnessState {
  /** Which of the measures the picture is of. */
  test: number;
  /** Which of the maps. */
  curve: number;
  /** How much is gone: a place in the data's shares. */
  at: number;
  /** Of ROAD: whether the weakest pixels go first. */
  weakest: boolean;
}

export const start = ({ first }: FaithfulnessData): FaithfulnessState => ({ test: 0, curve: 0, at: first, weakest: false });

const widest = 1000;
const gap = 26;
const picture = { least: 176, most: 236 };
const chart = { least: 230, most: 430, height: 262 };

/** The photograph at one point of a map's curve, the curves of all maps, and their numbers; one below the other where it is narrow. */
export function drawFaithfulness(stage: Stage, data: FaithfulnessData, state: FaithfulnessState): Drawn {
  const { svg } = stage;
  const { tests, image } = data;
  const inner = Math.min(stage.width, widest) - 2 * margin;
  const { frame, charts, below, width } = layoutOf(inner, tests.length, image);
  const test = tests[state.test];
  const point = pointOf(data, state, state.test);
  const { name } = test.curves[state.curve];
  const scores = scoresAt(test, state.curve, state.weakest);

  const order = state.weakest && test.curves[state.curve].weakest ? 'weakest' : 'strongest';
  drawLines(svg, [
    { ...styles.title, text: shorten(shareText(test.shares[point], test), frame.width, 12, true) },
    { ...styles.subtitle, text: shorten(`the ${order} of ${name}`, frame.width, 11) },
  ], frame.x, frame.y - 37);
  drawPanel(stage, { pixels: pictureAt(data, test, state.curve, point, state.weakest), look: 'smooth' }, frame);
  drawLines(svg, [
    { ...styles.title, text: shorten(`${test.score} ${scoreText(scores[point], test)}`, frame.width, 12, true) },
    { ...styles.subtitle, text: shorten(`${scoreText(scores[0], test)} ${test.measure === 'insertion' ? 'with nothing put back' : 'with nothing removed'}`, frame.width, 11) },
  ], frame.x, frame.y + frame.height + 4);

  const spots = charts.map((place, at): Spot => ({ name: `chart ${at}`, ...drawChart(svg, tests[at], { curve: state.curve, point: pointOf(data, state, at), weakest: state.weakest }, at === state.test, place) }));
  const table = drawRanking(svg, data, state, margin, below, width);
  const top = below + table.height + 12;
  const lines = captionLines(width, `${joinParts(tests.map(({ measure }) => measure))} · ${image.name}`, captionDetails(data), tests.flatMap(({ notes }) => notes));
  drawLines(svg, lines, margin, top);
  return {
    width: Math.ceil(width + 2 * margin),
    height: Math.ceil(top + heightOf(lines) + margin),
    alt: () => `${image.name}: ${tests.map(testText).join('. ')}. Shown: ${pointText(data, state)}.`,
    spots: [...spots, ...table.spots],
  };
}

/** The model, and how each measure was made. */
export function captionDetails({ model, tests }: FaithfulnessData): string {
  const about = tests.map(({ measure, about: how }) => (tests.length > 1 && how ? `${measure}: ${how}` : how));
  const random = tests.some(({ curves }) => curves.some((curve) => curve.random)) ? 'grey: random maps as coarse or fine as the chosen one' : '';
  const road = tests.some(({ measure }) => measure === 'ROAD') ? 'ROAD: solid, the strongest pixels go first; dashed, the weakest' : '';
  return joinParts([model, ...about, random, road]);
}

/** The picture and the charts side by side as far as there is room, and how wide all of it is. */
function layoutOf(inner: number, count: number, { width: w, height: h }: { width: number; height: number }): { frame: Place; charts: Place[]; below: number; width: number } {
  const titles = 37;
  const beside = inner >= picture.least + gap + chart.least;
  const side = beside ? Math.max(picture.least, Math.min(picture.most, inner * 0.26)) : Math.min(inner, 280);
  const scale = Math.min(side / w, picture.most / h);
  const frame = { x: margin, y: margin + titles, width: Math.round(w * scale), height: Math.round(h * scale) };
  const left = beside ? margin + frame.width + gap : margin;
  const room = margin + inner - left;
  const columns = Math.max(1, Math.min(count, Math.floor((room + gap) / (chart.least + gap))));
  const wide = Math.min(chart.most, (room - gap * (columns - 1)) / columns);
  const top = beside ? margin : frame.y + frame.height + 52;
  const charts = Array.from({ length: count }, (_, at) => ({ x: left + (at % columns) * (wide + gap), y: top + Math.floor(at / columns) * (chart.height + 12), width: wide, height: chart.height }));
  const last = charts[charts.length - 1];
  const below = Math.max(beside ? frame.y + frame.height + 46 : 0, last.y + last.height + 14);
  return { frame, charts, below, width: Math.max(280, Math.min(inner, Math.max(...charts.map((each) => each.x + each.width)) - margin)) };
}
