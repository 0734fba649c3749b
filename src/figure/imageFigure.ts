import type { Image } from '../image/image';
import type { Figure } from './figure';
import type { Panel } from './sheet';
import { sheet } from './sheetFigure';

const longest = 336;

/** An image with its name and size, and beside it what a square network sees of it. */
export function imageFigure(image: Image): Figure {
  const scale = Math.min(longest / Math.max(image.width, image.height), 8);
  const [width, height] = [Math.max(1, Math.round(image.width * scale)), Math.max(1, Math.round(image.height * scale))];
  const side = Math.min(224, Math.max(image.width, image.height));
  const seen = image.fitTo(side, side);
  const size = `${image.width} × ${image.height} pixels`;
  const how = { crop: 'the centre square', stretch: 'the whole, stretched to a square', pad: 'the whole, with bars to a square' }[image.fit];
  const square = image.width === image.height;
  const panels: Panel[] = [{ pixels: image, look: 'smooth', width, height, title: image.name, subtitle: size }];
  const shown = Math.min(height, width) < 120 ? 160 : Math.min(height, 224);
  if (!square) panels.push({ pixels: seen, look: 'smooth', width: shown, height: shown, title: 'what a network sees', subtitle: `fit ${image.fit}: ${how}` });
  const caption = `${image.name} · ${size}${square ? '' : ` · a square network sees ${how}`}`;
  return sheet({ panels, alt: `Photo ${image.name}, ${size}.`, caption, data: image });
}
