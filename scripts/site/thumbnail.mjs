import { createRequire } from 'node:module';

const { createCanvas, loadImage } = createRequire(import.meta.url)('canvas');
const [width, height] = [560, 350];
const margin = 15; // of a figure, in its own pixels

/** The picture of a notebook that goes on its card: that of the cell with the tag `cover`, else one map with many colours and of a shape that fits, rather late than early. Undefined when there is none. */
export async function thumbnail(pictures) {
  const best = (await Promise.all(pictures.map(looked))).filter(Boolean).sort((a, b) => b.worth - a.worth)[0];
  if (!best) return undefined;
  const canvas = createCanvas(width, height);
  const draw = canvas.getContext('2d');
  draw.fillStyle = '#fff';
  draw.fillRect(0, 0, width, height);
  draw.patternQuality = draw.quality = 'best';
  // Without the figure's margin; what is too wide or too high is cut off at the right and below, where bars and captions are.
  const scale = Math.max(width / (best.image.width - 2 * margin), Math.min(height / (best.image.height - 2 * margin), (width / best.image.width) * 1.5));
  draw.drawImage(best.image, -margin * scale, -margin * scale, best.image.width * scale, best.image.height * scale);
  return { src: canvas.toDataURL('image/jpeg', 0.82), alt: best.alt, width, height };
}

async function looked(picture, at, all) {
  const image = await loadImage(picture.src).catch(() => undefined);
  if (!image || Math.min(image.width, image.height) < 64) return undefined;
  const shape = image.width / image.height;
  const fits = Math.exp(-(Math.log(shape / (width / height)) ** 2) / 0.5);
  // Small is the picture of one map, wide a table of many, whose details are lost on a card.
  const simple = Math.min(1, 620 / (picture.width ?? image.width));
  // What alt texts begin with tells what is shown: a map over a photograph says more than the photograph.
  const kind = /^Overlay/.test(picture.alt) ? 2 : /^Photo/.test(picture.alt) ? 0.6 : 1;
  const worth = richness(image) * (0.35 + 0.65 * fits) * simple * kind * (0.85 + 0.15 * (at / all.length)) + (picture.cover ? 10 : 0);
  return { image, alt: picture.alt, worth };
}

/** How much there is to see, 0 to 1, in a small copy: photographs with a map over them have many colours, charts and bare grids few. */
function richness(image) {
  const side = 48;
  const small = createCanvas(side, side);
  const draw = small.getContext('2d');
  draw.fillStyle = '#fff';
  draw.fillRect(0, 0, side, side);
  draw.drawImage(image, 0, 0, side, side);
  const { data } = draw.getImageData(0, 0, side, side);
  const shades = new Set();
  let colour = 0;
  for (let i = 0; i < data.length; i += 4) {
    const [red, green, blue] = data.subarray(i, i + 3);
    shades.add(((red >> 4) << 8) | ((green >> 4) << 4) | (blue >> 4));
    colour += Math.min(1, (Math.max(red, green, blue) - Math.min(red, green, blue)) / 120);
  }
  return (shades.size / 1200) * Math.sqrt(colour / (side * side));
}
