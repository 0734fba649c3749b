import { Figure } from './figure';
import { plain } from './plain';
import { drawSheet, type SheetParts } from './sheet';
import { svgStage } from './svgStage';

/** What a sheet is besides its drawing. */
export interface SheetFigure extends SheetParts {
  alt: string;
  caption: string;
  data?: unknown;
}

/** A figure of a sheet that is not live. */
export function sheet({ alt, caption, data, ...parts }: SheetFigure): Figure {
  const { stage, finish } = svgStage();
  const size = drawSheet(stage, parts);
  return new Figure({ svg: finish(size), width: size.width, height: size.height, alt: plain(alt), caption: plain(caption), data });
}
