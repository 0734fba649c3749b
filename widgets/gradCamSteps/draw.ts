import type { Drawn, Stage } from '../../src/figure/stage';
import { captionLines, drawLines } from '../../src/figure/textBlock';
import type { StepsData } from './data';
import { drawEnding } from './ending';
import { layoutFor } from './layout';
import type { Easel } from './paint';
import type { StepsState } from './state';
import { drawBackward, drawForward, drawPooled, drawProducts, drawSum } from './steps';
import { altText, captionParts } from './words';

export { start } from './state';

/** The whole way from the photograph to the Grad-CAM, from top to bottom. */
export function draw(stage: Stage, data: StepsData, state: StepsState): Drawn {
  const layout = layoutFor(stage.width, data);
  const easel: Easel = { stage, data, state, layout, spots: [] };
  const steps = [drawForward, drawBackward, drawPooled, drawProducts, drawSum, drawEnding];
  let y = steps.reduce((top, drawStep) => drawStep(easel, top), layout.margin);
  const { heading, details } = captionParts(data);
  const below = captionLines(layout.inner, heading, details, data.notes);
  y = drawLines(stage.svg, below, layout.margin, y);
  return { width: layout.width, height: Math.ceil(y + layout.margin), alt: altText(data, state), spots: easel.spots };
}
