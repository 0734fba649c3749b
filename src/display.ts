import { randomBytes } from 'node:crypto';
import { shown } from './check';
import { swallowEcho } from './echo';
import type { Figure } from './figure/figure';
import { inKernel } from './inKernel';
import { mendStockKernel } from './kernel/stock';
import { loadedJupyters } from './kernel/tslab';
import type { Progress } from './progress';
import { type Reporter, setReporter } from './progressReporter';
import { closingHtml, closingLine, type Outcome, progressHtml, progressLine } from './progressText';
import { type Place, setPlaceMaker, setPresenter, Showable } from './show';

interface Bundle {
  data: Record<string, string>;
  metadata: Record<string, object>;
  transient: { display_id?: string };
}
type Writer = (bundle: Bundle, update: boolean) => void;
interface PublicTslab {
  newDisplay(): { html(html: string): void };
}

/**
 * Shows a value in the running cell now, as when it is the cell's last value; for the middle of a cell and for loops.
 * Outside a notebook nothing is drawn, and the printable text comes back.
 * @example
 * for (const name of ['cat', 'coffee']) cl.display(await cl.gradCam(model, await cl.loadImage(name)));
 */
export function display(value: Showable | readonly Showable[]): string | undefined {
  const values = (Array.isArray(value) ? value : [value]) as readonly Showable[];
  const other = values.find((one) => !(one instanceof Showable));
  if (other !== undefined) throw new TypeError(`display shows a figure, a map or another result, or a list of them, got ${shown(other)}`);
  if (!inKernel()) return values.map(String).join('\n');
  for (const one of values) one.show();
  return undefined;
}

/** Makes figures and progress bars appear in the running kernel; outside one they stay text. */
export function installDisplay(): void {
  setPresenter((figure) => {
    const write = cellWriter();
    if (!write) return false;
    write(bundleOf(figure), false);
    swallowEcho();
    return true;
  });
  setReporter(() => {
    const write = cellWriter();
    return write && barIn(write);
  });
  setPlaceMaker(() => {
    const write = cellWriter();
    return write && placeIn(write);
  });
  mendStockKernel();
}

function bundleOf(figure: Figure): Bundle {
  const { width, height } = figure.parts;
  // The PNG is for those who drop the HTML (GitHub); its size in the page is told apart from its pixels.
  const png = figure.preview().toString('base64');
  return {
    data: { 'text/html': figure.fragment(), 'image/png': png, 'text/plain': figure.toString() },
    metadata: { 'image/png': { width, height } },
    transient: {},
  };
}

/** Figures one after the other in one output. */
function placeIn(write: Writer): Place {
  const id = randomBytes(8).toString('hex');
  let drawn = false;
  return {
    put(figure, { live }) {
      const bundle = live ? bundleOf(figure) : { data: { 'text/html': figure.fragment({ live: false }), 'text/plain': figure.toString() }, metadata: {} };
      write({ ...bundle, transient: { display_id: id } }, drawn);
      drawn = true;
    },
  };
}

/** Milliseconds between two bars with a picture below them, which is sent anew each time. */
const pictured = 300;

/** One bar that is redrawn in its place, with what there is so far below it, and ends as a quiet line: a finished bar would be noise in the saved notebook. */
function barIn(write: Writer): Reporter {
  const id = randomBytes(8).toString('hex');
  let drawn = false;
  let below = '';
  let last = -Infinity;
  const draw = (html: string, text: string): void => {
    write({ data: { 'text/html': html, 'text/plain': text }, metadata: {}, transient: { display_id: id } }, drawn);
    drawn = true;
  };
  const bar = (progress: Progress): void => {
    last = performance.now();
    draw(progressHtml(progress) + below, progressLine(progress));
  };
  return {
    report: (progress: Progress) => {
      if (!below || performance.now() - last >= pictured) bar(progress);
    },
    picture: (progress: Progress, make: () => Figure) => {
      below = `<div style="margin-top:6px">${make().fragment({ live: false })}</div>`;
      bar(progress);
    },
    end: (progress: Progress, outcome: Outcome) => draw(closingHtml(progress, outcome), closingLine(progress, outcome)),
  };
}

/** What writes into the cell that runs now, also after that cell has ended; undefined outside a kernel. */
function cellWriter(): Writer | undefined {
  if (!inKernel()) return undefined;
  return ownWriter() ?? publicWriter();
}

/** tslab's own writer: several types of one picture in one output, with their sizes. */
function ownWriter(): Writer | undefined {
  // Of several copies, the one that runs cells has a writer.
  return loadedJupyters().map(({ lastWriteDisplayData }) => lastWriteDisplayData as Writer | null | undefined).find(Boolean) ?? undefined;
}

/** The documented way, should a later tslab hide its writer: one type, HTML. */
function publicWriter(): Writer | undefined {
  const { __tslab__ } = globalThis as { __tslab__?: { require(name: string): unknown } };
  const tslab = __tslab__?.require('tslab') as PublicTslab | undefined;
  const one = tslab?.newDisplay();
  return one && (({ data }) => one.html(data['text/html']));
}
