import { placeOf } from '../attribution/hotspot';
import type { Pixels } from '../image/canvas';
import type { Image } from '../image/image';
import { boxAround, type Mask } from '../image/region';
import type { Figure } from './figure';
import { luminance } from './luminance';
import { percent } from './numbers';
import type { Panel } from './sheet';
import { sheet } from './sheetFigure';

/** Of the longer side in CSS pixels; of each picture where there are several. */
const longest = { alone: 336, among: 240 };

/** An image with its name and size, and beside it what a square network sees of it; then, where that is known, each thing in it alone. */
export function imageFigure(image: Image): Figure {
  const scale = Math.min((image.masks.length ? longest.among : longest.alone) / Math.max(image.width, image.height), 8);
  const [width, height] = [Math.max(1, Math.round(image.width * scale)), Math.max(1, Math.round(image.height * scale))];
  const side = Math.min(224, Math.max(image.width, image.height));
  const seen = image.fitTo(side, side);
  const size = `${image.width} × ${image.height} pixels`;
  const how = { crop: 'the centre square', stretch: 'the whole, stretched to a square', pad: 'the whole, with bars to a square' }[image.fit];
  const square = image.width === image.height;
  const panels: Panel[] = [{ pixels: image, look: 'smooth', width, height, title: image.name, subtitle: size }];
  const shown = Math.min(height, width) < 120 ? 160 : Math.min(height, 224);
  if (!square) panels.push({ pixels: seen, look: 'smooth', width: shown, height: shown, title: 'what a network sees', subtitle: `fit ${image.fit}: ${how}` });
  const things = image.masks.map((mask) => ({ mask, name: mask.label ?? 'mask', told: `${percent(shareOf(mask))} of the picture` }));
  for (const { mask, name, told } of things) panels.push({ pixels: alone(image, mask), look: 'smooth', width, height, title: name, subtitle: told });
  const caption = [image.name, size, ...(square ? [] : [`a square network sees ${how}`]), ...(things.length ? [`masks: ${things.map(({ name, told }) => `${name} ${told}`).join(', ')}`] : [])].join(' · ');
  const alt = `${things.length ? 'Picture' : 'Photo'} ${image.name}, ${size}.${things.map(({ mask, name, told }) => ` Its ${name}, ${told}, is ${where(mask)}.`).join('')}`;
  return sheet({ panels, alt, caption, data: image });
}

const shareOf = ({ data }: Mask): number => data.reduce((sum, value) => sum + Number(value > 0), 0) / data.length;

/** The pixels of a mask as they are, the others grey and pale. */
function alone({ width, height, data }: Image, mask: Mask): Pixels {
  const pixels = new Uint8ClampedArray(data);
  for (let at = 0; at < mask.data.length; at++) {
    if (mask.data[at]) continue;
    const i = at * 4;
    pixels.fill(190 + luminance(data[i], data[i + 1], data[i + 2]) * 0.2, i, i + 3);
  }
  return { width, height, data: pixels };
}

/** Where a mask lies, in words. */
function where(mask: Mask): string {
  const box = boxAround(mask);
  return box ? `at the ${placeOf((box.x + box.width / 2) / mask.width, (box.y + box.height / 2) / mask.height)}` : 'hidden';
}
