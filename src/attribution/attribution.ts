import { draw } from '../draw';
import { plainNumbers } from '../json';
import type { Figure } from '../figure/figure';
import type { HeatmapOptions } from '../figure/mapPanel';
import type { MaskOptions } from '../figure/maskPanel';
import type { OverlayOptions } from '../figure/overlayPanel';
import type { Image } from '../image/image';
import { Showable } from '../show';
import { type Hotspot, hotspotOf } from './hotspot';
import type { OcclusionWindows } from './perturbation/occlusionWindows';

/** What is explained: a class, a contrast of two, a place inside the network, or a function of the logits. */
export interface AttributionTarget {
  /** The class's number; -1 for anything but one class. */
  index: number;
  /** The class's first name; "tabby, not lynx"; "block3_conv1 channel 5"; the function's name. */
  label: string;
}

/** How the network rates the target for the image as it is. */
export interface AttributionScore {
  /** The score before softmax; of a contrast their difference; else the explained number. */
  logit: number;
  /** After softmax; `null` for anything but one class. */
  probability: number | null;
}

/** The fields of an `Attribution`, and what `new Attribution` takes. */
export interface AttributionRecord {
  /** As the papers call it: "Grad-CAM", "saliency". */
  method: string;
  /** Row by row, channels last. Raw: neither scaled nor clipped. */
  values: Float32Array;
  /** `[height, width]`, or `[height, width, channels]` in the network's own channel order. */
  shape: [number, number] | [number, number, number];
  /** The order of three colour channels, where they are kept. */
  channelOrder?: 'rgb' | 'bgr';
  /** `'fine'` where neighbouring pixels differ, as in gradients: shown beside the photograph and not over it. */
  grain: 'fine' | 'coarse';
  /** Whether values below 0 mean evidence against the target. */
  signed: boolean;
  /** What a value is, for the colour bar. */
  unit: string;
  /** The model's name. */
  model: string;
  /** The class that is explained. */
  target: AttributionTarget;
  /** What the network gives that class for this image. */
  score: AttributionScore;
  /** The layer that a CAM looked at. */
  layer?: string;
  /** What the network saw, at its input size. */
  image: Image;
  /** The options that made it, defaults filled in. */
  options: Record<string, unknown>;
  /** Of the random choices, in methods that make any. */
  seed?: number;
  /** How long the method took. */
  seconds: number;
  /** The backend that computed it: native, wasm or cpu. */
  backend: string;
  /** Anything that a reader of the picture must know. */
  note?: string;
  /** Of an occlusion map: what each window gave. */
  windows?: OcclusionWindows;
}

/**
 * What every attribution method returns: a value for each pixel (or cell of a layer), what it explains, and how it was made.
 * As the last value of a cell it shows itself with the photograph; `.heatmap()`, `.overlay()` and `.mask()` draw it otherwise;
 * `JSON.stringify` and `.save('map.json')` keep it.
 */
export class Attribution extends Showable {
  constructor(record: AttributionRecord) {
    super();
    Object.assign(this, record);
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

  override toFigure(): Figure {
    return this.grain === 'fine' ? this.heatmap({ photo: true }) : this.overlay();
  }

  override toString(): string {
    const { place, share } = this.hotspot();
    const chance = this.score.probability === null ? '' : `, ${(this.score.probability * 100).toFixed(1)} %`;
    const where = this.layer ? ` at ${this.layer}` : '';
    const heat = share > 0 ? `hottest at the ${place}, ${(share * 100).toFixed(0)} % of the evidence in a tenth of the picture` : 'no positive evidence';
    const score = Number.isNaN(this.score.logit) ? '' : ` (${this.score.probability === null ? 'score' : 'logit'} ${this.score.logit.toFixed(2)}${chance})`;
    return `${this.method}${where} for ${this.target.label}${score}: ${heat}; ${this.shape.join(' x ')}, ${this.seconds.toFixed(2)} s${this.note ? `; ${this.note}` : ''}`;
  }

  toJSON(): object {
    return { ...this, values: plainNumbers(this.values) };
  }
}

// The fields are the record's, told once, there.
export interface Attribution extends Readonly<AttributionRecord> {}
