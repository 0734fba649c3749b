import { drawPanel, margin } from '../../src/figure/sheet';
import type { Drawn, Place, Spot, Stage } from '../../src/figure/stage';
import { captionLines, drawLines, heightOf, styles } from '../../src/figure/textBlock';
import { capital, joinParts } from '../../src/figure/caption';
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
const chart = { least: 230, usual: 300, most: 430, height: 262 };
// What stands above the picture, and below it.
const titles = 37;
const words = 38;

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
  const lines = captionLines(width, `${capital(tests.map(({ measure }) => measure).join(', '))} · ${image.name}`, captionDetails(data), tests.flatMap(({ notes }) => notes));
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
  const road = tests.some(({ measure }) => measure === 'ROAD') ? 'ROAD: half the mean gap between the weakest pixels first (dashed) and the strongest first (solid)' : '';
  return joinParts([model, ...about, random, road]);
}

/** The picture and the charts side by side as far as there is room, and how wide all of it is. */
function layoutOf(inner: number, count: number, image: { width: number; height: number }): { frame: Place; charts: Place[]; below: number; width: number } {
  const longer = Math.max(image.width, image.height);
  const places = inner >= picture.least + gap + chart.least ? besidePicture(inner, count) : belowPicture(inner, count);
  const { side, charts } = places;
  const scale = side / longer;
  const frame = { x: margin, y: margin + titles, width: Math.round(image.width * scale), height: Math.round(image.height * scale) };
  const below = Math.max(frame.y + frame.height + words, ...charts.map(({ y, height }) => y + height)) + 14;
  return { frame, charts, below, width: Math.max(...charts.map((each) => each.x + each.width)) - margin };
}

/** Charts at the right of the picture in one row; where that is too narrow the picture is the first of two columns. */
function besidePicture(inner: number, count: number): { side: number; charts: Place[] } {
  const side = Math.max(picture.least, Math.min(picture.most, inner - count * (chart.usual + gap)));
  const room = inner - side - gap;
  const wide = Math.min(chart.most, (room - gap * (count - 1)) / count);
  if (wide >= chart.least) return { side, charts: inRows(count, count, wide, margin + side + gap, margin, 0) };
  return { side: picture.most, charts: inRows(count, 2, (inner - gap) / 2, margin, margin, 1) };
}

function belowPicture(inner: number, count: number): { side: number; charts: Place[] } {
  const side = Math.min(inner, picture.most);
  const columns = Math.max(1, Math.min(count, Math.floor((inner + gap) / (chart.least + gap))));
  return { side, charts: inRows(count, columns, Math.min(chart.most, (inner - gap * (columns - 1)) / columns), margin, margin + titles + side + words + 14, 0) };
}

/** Places in rows of so many, the first `skip` of them left free. */
const inRows = (count: number, columns: number, width: number, x: number, y: number, skip: number): Place[] =>
  Array.from({ length: count }, (_, at) => {
    const row = Math.floor((at + skip) / columns);
    // A row that begins with the picture is higher.
    const above = row * (chart.height + 16) + (skip && row ? titles + picture.most + words - chart.height : 0);
    return { x: x + ((at + skip) % columns) * (width + gap), y: y + above, width, height: chart.height };
  });
