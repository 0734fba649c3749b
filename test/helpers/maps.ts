import type { AttributionRecord } from '../../src/attribution/attribution';
import { Attribution } from '../../src/attribution/attribution';
import { Image } from '../../src/image/image';

/** An image of one colour. */
export function plainImage(width: number, height: number, [r, g, b] = [100, 150, 200], name = 'plain'): Image {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let at = 0; at < data.length; at += 4) data.set([r, g, b, 255], at);
  return new Image(width, height, data, name);
}

/** An attribution with these values, row by row, over a plain image of the same size. */
export function mapOf(values: number[], width: number, height: number, more: Partial<AttributionRecord> = {}): Attribution {
  return new Attribution({
    method: 'Grad-CAM', grain: 'coarse',
    values: Float32Array.from(values),
    shape: [height, width],
    signed: false,
    unit: 'logits',
    model: 'toy',
    target: { index: 281, label: 'tabby' },
    score: { logit: 8.25, probability: 0.625 },
    layer: 'conv',
    image: plainImage(width, height),
    options: {},
    seconds: 0.1,
    backend: 'cpu',
    ...more,
  });
}
