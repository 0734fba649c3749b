import { joinParts } from '../../src/figure/caption';
import { readable } from '../../src/figure/numbers';
import { margin } from '../../src/figure/sheet';
import type { Stage } from '../../src/figure/stage';
import { drawLines, styles, textLines } from '../../src/figure/textBlock';
import type { PatchesData, PatchRow } from './data';
import { drawCrop, drawWhole } from './tile';
import { channelText, imageText, placeText, seesAll } from './words';

const side = 168;
const gap = 14;

/** The picked patch large, in its image, with its numbers. */
export function drawDetail(stage: Stage, data: PatchesData, row: PatchRow, at: number, top: number, inner: number): void {
  const patch = row.patches[at];
  const { crop, whole } = sizesOf(data, row, at);
  let x = margin;
  if (whole) {
    drawWhole(stage, data, row, at, { x, y: top, ...whole });
    x += whole.width + gap;
  }
  // A crop of everything would be the same picture again.
  if (!whole || !seesAll(data)) {
    drawCrop(stage, data, row, at, { x, y: top, ...crop });
    x += crop.width + gap;
  }
  const beside = margin + inner - x >= textRoom;
  const [left, y, width] = beside ? [x, top - 4, margin + inner - x] : [margin, top + side + 2, inner];
  const title = `${channelText(row, data)}, ${row.kind === 'top' ? 'strongest' : 'least'} patch ${at + 1}: ${readable(patch.value)}`;
  const { quartiles } = row.histogram;
  const among = `over all images its greatest values have median ${readable(quartiles[2])}, quartiles ${readable(quartiles[1])} and ${readable(quartiles[3])}`;
  drawLines(stage.svg, [...textLines(title, width, styles.title), ...textLines(imageText(patch), width, styles.details), ...textLines(joinParts([placeText(data, patch), among]), width, styles.subtitle)], left, y);
}

const textRoom = 240;

/** The room that the detail takes, whichever patch is picked. */
export function detailHeight(data: PatchesData, inner: number): number {
  const pictures = (seesAll(data) ? 1 : 2) * (side + gap);
  return inner - pictures >= textRoom ? side : side + 96;
}

function sizesOf(data: PatchesData, row: PatchRow, at: number): { crop: { width: number; height: number }; whole?: { width: number; height: number } } {
  const fitted = (height: number, width: number): { width: number; height: number } => {
    const scale = side / Math.max(height, width);
    return { width: Math.round(width * scale), height: Math.round(height * scale) };
  };
  const { box } = row.patches[at];
  return { crop: fitted(box.height, box.width), whole: row.contexts && fitted(data.size[0], data.size[1]) };
}
