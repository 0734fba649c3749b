import type { GramMatrix } from '../src/features/gramMatrix';
import { joinParts } from '../src/figure/caption';
import type { Bar } from '../src/figure/colorbar';
import { colorize } from '../src/figure/colorize';
import { Figure } from '../src/figure/figure';
import { normalize, type Range, valueRange } from '../src/figure/normalize';
import { minus, readable } from '../src/figure/numbers';
import { sheet } from '../src/figure/sheetFigure';
import { shrink } from '../src/image/shrink';
import { dataTable } from './shared/dataTable';

const side = 420;
/** Above so many channels, blocks of them are drawn as one cell. */
const mostCells = 256;
const toldPairs = 20;

/** The figure of a Gram matrix: one cell for two channels, and the strongest pairs in a table. */
export function gramFigure(matrix: GramMatrix): Figure {
  const { layer, model, image, channels, positions, correlation, order } = matrix;
  const { values, count } = varying(matrix);
  const cells = Math.max(1, Math.min(count, mostCells));
  const small = count ? (cells < count ? shrink(values, count, count, cells, cells) : values) : Float32Array.of(NaN);
  const sign = correlation || values.some((value) => value < 0) ? 'signed' : 'positive';
  const range: Range = correlation ? [-1, 1] : valueRange(small, sign);
  const bar: Bar = {
    colormap: sign === 'signed' ? 'RdBu' : 'viridis',
    range,
    centred: sign === 'signed',
    unit: correlation ? 'correlation over positions' : 'mean product over positions',
    clipped: { high: small.some((value) => value > range[1]), low: small.some((value) => value < range[0]) },
  };
  const heading = `${correlation ? 'Correlation of channels' : 'Gram matrix'} · ${layer} · ${model}`;
  const ordered = order === 'cluster' ? 'those that go together beside each other' : 'by number';
  const details = joinParts([image, `${count} × ${count} channels, ${ordered}, from the upper left`, count < channels.length && `${channels.length - count} of ${channels.length} channels do not vary and are left out`, `over ${positions} positions`, cells < count && `drawn as ${cells} × ${cells} cells, each the mean of a block`]);
  const pairs = strongestPairs(matrix);
  const drawn = sheet({
    panels: [{ pixels: colorize(normalize(small, range, sign), cells, cells, bar.colormap), look: 'crisp', width: side, height: side }],
    bar,
    heading,
    details,
    notes: count ? [] : ['no channel varies over the image'],
    alt: `${heading} on ${image}: ${count} by ${count} channels${count < channels.length ? `, of ${channels.length}, that vary` : ''}. ${pairs.length ? `Those that go together most: ${pairs.slice(0, 5).map(({ a, b, value }) => `${a} and ${b} (${numberText(value)})`).join(', ')}.` : 'No two channels go together.'}`,
    caption: `${heading} · ${details}`,
    data: matrix,
  });
  const table = dataTable(
    `the ${pairs.length} pairs of channels with the greatest ${correlation ? 'correlation' : 'product'}, in size`,
    [
      { head: 'channel', text: ({ a }) => String(a) },
      { head: 'channel', text: ({ b }) => String(b) },
      { head: correlation ? 'correlation' : 'mean product', text: ({ value }) => numberText(value) },
    ],
    pairs,
  );
  return new Figure({ ...drawn.parts, htmlAfter: pairs.length ? table : undefined });
}

/** Without the channels that do not vary, which have no correlation; a single cell where none does. */
function varying({ values, channels, correlation }: GramMatrix): { values: Float32Array; count: number } {
  const size = channels.length;
  const kept = [...channels.keys()].filter((at) => !correlation || !Number.isNaN(values[at * size + at]));
  return { values: Float32Array.from({ length: kept.length ** 2 }, (_, at) => values[kept[Math.floor(at / kept.length)] * size + kept[at % kept.length]]), count: kept.length };
}

const numberText = (value: number): string => minus(readable(Number(value.toPrecision(3))));

interface Pair {
  a: number;
  b: number;
  value: number;
}

/** The pairs of different channels with the greatest values, in size; those of 0 are none. */
function strongestPairs({ values, channels }: GramMatrix): Pair[] {
  const best: Pair[] = [];
  const weakest = (): number => (best.length < toldPairs ? 0 : Math.abs(best[best.length - 1].value));
  channels.forEach((a, row) => {
    for (let column = row + 1; column < channels.length; column++) {
      const value = values[row * channels.length + column];
      if (!(Math.abs(value) > weakest())) continue;
      best.push({ a, b: channels[column], value });
      best.sort((one, other) => Math.abs(other.value) - Math.abs(one.value)).splice(toldPairs);
    }
  });
  return best;
}
