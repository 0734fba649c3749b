import { nameOf } from '../../src/figure/caption';
import { drawPanel } from '../../src/figure/sheet';
import type { Drawn, Place, Stage } from '../../src/figure/stage';
import { softInk, type Drawing } from '../../src/figure/svg';
import { shorten } from '../../src/figure/text';
import { captionLines, drawLines, heightOf, type Line, styles, textLines } from '../../src/figure/textBlock';
import { barColours, chartHeight, chartWidth, drawBars, narrowestChart } from './bars';
import { onePicture, type PredictionsData } from './data';
import { marginOf, matching, type Measure, type Order, ordered, type Row } from './rows';
import type { Scale } from './scale';
import { marginText, percentage } from './texts';

export interface PredictionsState {
  measure: Measure;
  scale: Scale;
  order: Order;
  /** Only classes whose label or number holds this. */
  query: string;
  /** The first row that is shown, of those that match. */
  from: number;
  /** The class that is picked: what a linked view explains. */
  picked: number;
  /** The class that is pointed at. */
  at?: number;
  /** A class that another view asked for, and that is not told here. */
  missing?: number;
}

export const start = ({ measure, scale, rows }: PredictionsData): PredictionsState => ({ measure, scale, order: 'before', query: '', from: 0, picked: rows[0].index });

/** Rows that one picture shows. */
export const rowsShown = ({ sets }: PredictionsData): number => (sets.length > 1 ? 14 : 20);

/** The classes that are looked for, in the order that was asked for. */
export const listed = ({ rows }: PredictionsData, { query, order, measure }: PredictionsState): Row[] => matching(ordered(rows, order, measure), query);

const margin = 16;
const gap = 18;
const widest = 780;
const photoSide = 150;
const smallPhoto = 96;
const narrowestText = 190;

/** The picture that the network saw (or both), and its classes as bars. */
export function drawPredictions(stage: Stage, data: PredictionsData, state: PredictionsState): Drawn {
  const list = listed(data, state);
  const from = state.from < list.length ? state.from : 0;
  const shown = list.slice(from, from + rowsShown(data));
  const photos = photosOf(data);
  const room = Math.min(stage.width, widest) - 2 * margin;
  const beside = room >= photoSide + gap + narrowestChart;
  const side = beside ? (photos.length > 1 ? 128 : photoSide) : smallPhoto;
  const sized = photos.map((photo) => scaled(photo, side));
  const across = Math.max(...sized.map(({ width }) => width));
  const chartLeft = beside ? margin + across + gap : margin;
  const chartRoom = stage.width < Infinity ? margin + room - chartLeft : Infinity;
  const inner = chartWidth(data, state, shown, chartRoom);
  const width = Math.ceil(chartLeft + inner + margin);

  const aside = width - 2 * margin - photosWidth(sized) - gap;
  // Above bars the caption has room beside the photograph, where it does not become a column of single words.
  const isAside = !beside && aside >= narrowestText;
  const caption = captionOf(data, isAside ? aside : width - 2 * margin);
  const legend = legendLines(data, inner);
  let chartTop = margin;
  let bottom = drawPhotos(stage, sized, beside);
  if (!beside) chartTop = bottom + 12;
  if (isAside) chartTop = Math.max(bottom, drawLines(stage.svg, caption, margin + photosWidth(sized) + gap, margin - 4)) + 12;
  drawLegend(stage.svg, legend, chartLeft, chartTop);
  const barsTop = chartTop + heightOf(legend) + (legend.length ? 6 : 0);
  const spots = drawBars(stage.svg, data, state, shown, { x: chartLeft, y: barsTop, width: inner, height: chartHeight(data, shown) });
  bottom = Math.max(bottom, barsTop + chartHeight(data, shown));
  const more = textLines(moreText(list.length, from, shown.length, state.query), width - 2 * margin, styles.subtitle);
  bottom = drawLines(stage.svg, more, margin, bottom + (more.length ? 6 : 0));
  if (!isAside) bottom = drawLines(stage.svg, caption, margin, bottom + 10);
  return { width, height: Math.ceil(bottom + margin), alt: altOf(data, shown), spots };
}

interface Photo {
  title: string;
  pixels: PredictionsData['sets'][number]['image'];
}

/** Both pictures where they differ. */
const photosOf = (data: PredictionsData): Photo[] => (onePicture(data) ? [{ title: '', pixels: data.sets[0].image }] : data.sets.map(({ name, image }) => ({ title: name, pixels: image })));

function scaled(photo: Photo, side: number): Photo & { width: number; height: number } {
  const scale = side / Math.max(photo.pixels.width, photo.pixels.height);
  return { ...photo, width: Math.max(1, Math.round(photo.pixels.width * scale)), height: Math.max(1, Math.round(photo.pixels.height * scale)) };
}

const photosWidth = (photos: readonly { width: number }[]): number => photos.reduce((sum, { width }) => sum + width + 8, -8);

/** One below the other at the left, or side by side above; gives the y below them. */
function drawPhotos(stage: Stage, photos: readonly (Photo & { width: number; height: number })[], beside: boolean): number {
  let [x, y, lowest] = [margin, margin, margin];
  for (const { title, pixels, width, height } of photos) {
    const lines = textLines(title && shorten(title, width, 11), width, styles.subtitle);
    const top = drawLines(stage.svg, lines, x, y - (lines.length ? 4 : 0)) + (lines.length ? 2 : 0);
    const place: Place = { x, y: top, width, height };
    drawPanel(stage, { pixels, look: 'smooth' }, place);
    lowest = Math.max(lowest, top + height);
    if (beside) y = top + height + 14;
    else x += width + 8;
  }
  return lowest;
}

/** What the two kinds of bars are. */
function legendLines({ sets }: PredictionsData, width: number): Line[] {
  if (sets.length < 2) return [];
  return sets.map((set) => ({ ...styles.subtitle, text: shorten(setText(set, sets), width - 18, 11) }));
}

/** `before: cat`: with what tells this set from the other. */
function setText({ name, image, model }: PredictionsData['sets'][number], sets: PredictionsData['sets']): string {
  const told = [sets[0].image.name !== sets[1].image.name && image.name, sets[0].model !== sets[1].model && model].filter(Boolean).join(', ');
  return told && told !== name ? `${name}: ${told}` : name;
}

function drawLegend(svg: Drawing, lines: readonly Line[], x: number, y: number): void {
  lines.forEach(({ line }, at) => svg.append('rect').attr('x', x).attr('y', y + at * line + 3).attr('width', 11).attr('height', 11).attr('rx', 2).attr('fill', barColours(at, lines.length).picked));
  drawLines(svg, lines.map((line) => ({ ...line, fill: softInk })), x + 17, y);
}

function captionOf(data: PredictionsData, width: number): Line[] {
  const { sets, rows, classes } = data;
  const tops = sets.map((_, set) => marginOf(rows, set)?.first ?? ordered(rows, set ? 'after' : 'before', 'logit')[0]);
  const told = sets.map((_, set) => scoreText(tops[set], set));
  const same = tops[0] === tops[tops.length - 1];
  const heading = same ? `${nameOf(tops[0])}: ${told.join(' → ')}` : tops.map((top, set) => `${nameOf(top)}: ${told[set]}`).join(' → ');
  const margins = sets.map(({ name }, set) => [name, marginText(rows, set)].filter(Boolean).join(': ')).filter((_, set) => marginText(rows, set));
  const count = Math.max(...sets.map((set) => set.told));
  const extent = classes === 1 ? 'the probability of the one class' : count >= classes ? `all ${classes} classes` : `the ${count} likeliest of ${classes} classes${sets.length > 1 ? ' of either' : ''}`;
  // Where they differ, the legend tells them.
  const common = (of: (set: PredictionsData['sets'][number]) => string): string[] => (sets.every((set) => of(set) === of(sets[0])) ? [of(sets[0])] : []);
  const bounded = sets.some(({ broken }, set) => !broken && rows.some(({ score }) => score[set] === null));
  const notes = [
    ...(bounded ? ['≤ marks a class that is not among those told: it has no more than the least of them'] : []),
    ...(sets.some(({ broken }) => broken) ? ['some numbers are not finite: the network overflows on this input'] : []),
  ];
  return captionLines(width, heading, [...margins, extent, ...common(({ model }) => model), ...common(({ image }) => image.name)].join(' · '), notes);
}

/** Which of the classes these are, where there are more. */
function moreText(found: number, from: number, shown: number, query: string): string | undefined {
  if (!found) return `no class that is told here matches “${shorten(query, 200, 11)}”`;
  return found > shown ? `${from + 1} to ${from + shown} of ${found} classes` : undefined;
}

const scoreText = ({ score }: Row, set: number): string => (score[set] === null ? 'not told' : percentage(score[set] as number));

function altOf({ sets, rows }: PredictionsData, shown: readonly Row[]): string {
  const told = shown.slice(0, 10).map((row) => `${row.label} ${sets.map(({ name }, set) => [scoreText(row, set), name].filter(Boolean).join(' ')).join(', ')}`);
  const [{ image }] = sets;
  if (sets.length < 2) return `Bar chart of the likeliest classes for ${image.name}: ${told.join(', ')}${rows.length > 10 ? ', …' : ''}.`;
  return `Bar chart of the likeliest classes, ${sets.map((set) => setText(set, sets)).join(' and ')}: ${told.join('; ')}.`;
}
