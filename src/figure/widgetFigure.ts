import { Figure } from './figure';
import { type Drawn, type Stage, altFor } from './stage';
import { plain } from './plain';
import { svgStage } from './svgStage';

/** A widget, as its figure is made of it. */
export interface WidgetParts<Data, State> {
  /** The folder of its script under widgets/, as `overlay`. */
  widget: string;
  data: Data;
  /** The first state. */
  start(data: Data): State;
  draw(stage: Stage, data: Data, state: State): Drawn;
  /** How wide the static picture may be, in CSS pixels. Default: as wide as it comes. */
  width?: number;
  caption: string;
  /** Script-free HTML that follows the picture, as a table. */
  htmlAfter?: string;
  /** The values behind the picture, for `save('x.json')`. Default: the data. */
  values?: unknown;
  /** The data for a page; with `detail` below 1 about that share of them, for what would be too large for a notebook. Default: all of them. */
  reduce?(data: Data, detail: number): Data;
}

/** A figure of a widget: the picture of its first state, and what wakes it in a page. */
export function widgetFigure<Data, State>({ widget, data, start, draw, width, caption, htmlAfter, values = data, reduce }: WidgetParts<Data, State>): Figure {
  const { stage, finish } = svgStage(width);
  const drawn = draw(stage, data, start(data));
  return new Figure({
    svg: finish(drawn),
    width: drawn.width,
    height: drawn.height,
    alt: plain(altFor(drawn)),
    caption: plain(caption),
    data: values,
    htmlAfter,
    live: { widget, data: (detail) => reduce?.(data, detail) ?? data },
  });
}
