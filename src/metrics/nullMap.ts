import { Attribution } from '../attribution/attribution';
import { shown } from '../check';
import { Image } from '../image/image';

/** A map of what needs no network, over the picture of a map (whose model and target it keeps, to stand beside it) or over an image. */
export function nullMap(caller: string, given: unknown, method: string, unit: string, make: (image: Image) => { values: Float32Array; options: Record<string, unknown>; grain: 'fine' | 'coarse' }): Attribution {
  const start = performance.now();
  const map = given instanceof Attribution ? given : undefined;
  const image = map?.image ?? given;
  if (!(image instanceof Image)) throw new TypeError(`${caller} takes an attribution or an image (cl.loadImage), got ${shown(given)}`);
  const { values, options, grain } = make(image);
  return new Attribution({
    method,
    values,
    shape: [image.height, image.width],
    grain,
    signed: false,
    unit,
    model: map?.model ?? '',
    target: map?.target ?? { index: -1, label: 'any class' },
    score: map?.score ?? { logit: NaN, probability: null },
    image,
    options,
    seconds: (performance.now() - start) / 1000,
    backend: map?.backend ?? '',
  });
}
