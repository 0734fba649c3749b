import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { draw } from '../draw';
import type { Figure } from '../figure/figure';
import type { HeatmapOptions } from '../figure/heatmap';
import type { MaskOptions } from '../figure/mask';
import type { OverlayOptions } from '../figure/overlay';
import type { Image } from '../image/image';
import { Showable } from '../show';

/** What is explained. `index` is -1 for a function of the logits. */
export interface AttributionTarget {
  index: number;
  label: string;
}

export interface AttributionScore {
  /** The score before softmax, or the value of the target function. */
  logit: number;
  /** After softmax; `null` for a target function. */
  probability: number | null;
}

/** What `new Attribution` takes: the same fields as the record itself. */
export interface AttributionRecord {
  method: string;
  values: Float32Array;
  shape: [number, number] | [number, number, number];
  channelOrder?: 'rgb' | 'bgr';
  grain: 'fine' | 'coarse';
  signed: boolean;
  unit: string;
  model: string;
  target: AttributionTarget;
  score: AttributionScore;
  layer?: string;
  image: Image;
  options: Record<string, unknown>;
  seed?: number;
  seconds: number;
  backend: string;
  note?: string;
}

/** Where a map is hottest, and how much of it is there. */
export interface Hotspot {
  /** The centre of the hottest tenth of the picture, in pixels from the upper left. */
  x: number;
  y: number;
  /** In words: "upper left", "centre". */
  place: string;
  /** How much of the positive evidence the hottest tenth of the pixels holds, 0..1. */
  share: number;
}

/**
 * What every attribution method returns: a value for each pixel (or cell of a layer), what it explains, and how it was made.
 * As the last value of a cell it shows itself with the photograph; `.heatmap()`, `.overlay()` and `.mask()` draw it otherwise;
 * `JSON.stringify` and `.save('map.json')` keep it.
 */
export class Attribution extends Showable implements AttributionRecord {
  /** As the papers call it: "Grad-CAM", "saliency". */
  readonly method: string;
  /** Row by row, channels last. Raw: neither scaled nor clipped. */
  readonly values: Float32Array;
  /** `[height, width]`, or `[height, width, channels]` in the network's own channel order. */
  readonly shape: [number, number] | [number, number, number];
  /** The order of three colour channels, where they are kept. */
  readonly channelOrder?: 'rgb' | 'bgr';
  /** `'fine'` where neighbouring pixels differ, as in gradients: shown beside the photograph and not over it. */
  readonly grain: 'fine' | 'coarse';
  /** Whether values below 0 mean evidence against the target. */
  readonly signed: boolean;
  /** What a value is, for the colour bar. */
  readonly unit: string;
  readonly model: string;
  readonly target: AttributionTarget;
  readonly score: AttributionScore;
  readonly layer?: string;
  /** What the network saw, at its input size. */
  readonly image: Image;
  /** The options that made it, defaults filled in. */
  readonly options: Record<string, unknown>;
  readonly seed?: number;
  readonly seconds: number;
  /** The backend that computed it: native, wasm or cpu. */
  readonly backend: string;
  /** Anything that a reader of the picture must know. */
  readonly note?: string;

  constructor(record: AttributionRecord) {
    super();
    this.method = record.method;
    this.values = record.values;
    this.shape = record.shape;
    this.channelOrder = record.channelOrder;
    this.grain = record.grain;
    this.signed = record.signed;
    this.unit = record.unit;
    this.model = record.model;
    this.target = record.target;
    this.score = record.score;
    this.layer = record.layer;
    this.image = record.image;
    this.options = record.options;
    this.seed = record.seed;
    this.seconds = record.seconds;
    this.backend = record.backend;
    this.note = record.note;
  }

  /** The map alone, with a colour bar. */
  heatmap(options?: HeatmapOptions): Figure {
    return draw.heatmap(this, options);
  }

  /** The map over the photograph. */
  overlay(options?: OverlayOptions): Figure {
    return draw.overlay(this, options);
  }

  /** The photograph with only what mattered left visible. */
  mask(options?: MaskOptions): Figure {
    return draw.mask(this, options);
  }

  /** Where the map is hottest: pixel, place in words, and the share of the positive evidence in the hottest tenth of it. */
  hotspot(): Hotspot {
    return hotspotOf(this);
  }

  /** Writes the picture (.png, .svg, .html) or the record with its values (.json); makes a missing folder; gives the full path back. */
  async save(path: string): Promise<string> {
    if (!/\.json$/i.test(path)) return this.toFigure().save(path);
    const file = resolve(path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, JSON.stringify(this));
    return file;
  }

  override toFigure(): Figure {
    return this.grain === 'fine' ? this.heatmap({ photo: true }) : this.overlay();
  }

  override toString(): string {
    const { place, share } = this.hotspot();
    const chance = this.score.probability === null ? '' : `, ${(this.score.probability * 100).toFixed(1)} %`;
    const where = this.layer ? ` at ${this.layer}` : '';
    const heat = share > 0 ? `hottest at the ${place}, ${(share * 100).toFixed(0)} % of the evidence in a tenth of the picture` : 'no positive evidence';
    return `${this.method}${where} for ${this.target.label} (logit ${this.score.logit.toFixed(2)}${chance}): ${heat}; ${this.shape.join(' x ')}, ${this.seconds.toFixed(2)} s${this.note ? `; ${this.note}` : ''}`;
  }

  toJSON(): object {
    return { ...this, values: Array.from(this.values) };
  }
}

/** The hottest tenth of a map; a map with channels is read by its largest absolute value. */
export function hotspotOf({ values, shape }: Pick<Attribution, 'values' | 'shape'>): Hotspot {
  const [height, width, channels = 1] = shape;
  const heat = new Float32Array(height * width);
  for (let i = 0; i < heat.length; i++) {
    for (let c = 0; c < channels; c++) {
      const value = values[i * channels + c];
      heat[i] = Math.max(heat[i], channels === 1 ? value : Math.abs(value));
    }
  }
  const hottest = [...heat.keys()].sort((a, b) => heat[b] - heat[a]).slice(0, Math.max(1, Math.round(heat.length / 10)));
  const total = heat.reduce((sum, value) => sum + value, 0);
  const within = hottest.reduce((sum, i) => sum + heat[i], 0);
  if (!(within > 0)) return { x: width / 2, y: height / 2, place: 'nowhere', share: 0 };
  const x = hottest.reduce((sum, i) => sum + heat[i] * ((i % width) + 0.5), 0) / within;
  const y = hottest.reduce((sum, i) => sum + heat[i] * (Math.floor(i / width) + 0.5), 0) / within;
  return { x, y, place: placeOf(x / width, y / height), share: within / total };
}

function placeOf(x: number, y: number): string {
  const row = y < 1 / 3 ? 'upper' : y > 2 / 3 ? 'lower' : '';
  const column = x < 1 / 3 ? 'left' : x > 2 / 3 ? 'right' : '';
  if (row && column) return `${row} ${column}`;
  if (row) return `${row} middle`;
  return column ? `${column} middle` : 'centre';
}
