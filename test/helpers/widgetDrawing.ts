import type { Drawn, Stage } from '../../src/figure/stage';
import { svgStage } from '../../src/figure/svgStage';

export { texture } from './everyWidget';

/** A widget's drawing in a state of its own, at a width. */
export function drawOnSvg(drawing: (stage: Stage) => Drawn, width: number): { drawn: Drawn; svg: string } {
  const { stage, finish } = svgStage(width);
  const drawn = drawing(stage);
  return { drawn, svg: finish(drawn) };
}
