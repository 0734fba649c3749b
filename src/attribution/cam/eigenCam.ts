import * as tf from '@tensorflow/tfjs';
import { withRows } from '../../kernels/rows';
import { forward } from '../../model/run';
import { camMethod, type CamMethod, camOptions, type CamOptions } from './camMethod';

/** Options of `eigenCam`: `layer`, `combine`, `augment`, `relu`, `resize`, `normalize`; `target` and `score` change the caption only. */
export type EigenCamOptions = Omit<CamOptions, 'smooth'>;

/**
 * A coarse map of what a convolution sees most of in the picture, whatever the class: its outputs along the one direction of channels in which its cells
 * differ most (the first principal component). No gradient is taken. Shape `[height, width]` of the input (bilinear resize after the ReLU), in the outputs' own
 * unit. It does not tell one class from another: the `target` stands in the caption and changes nothing.
 *
 * A component has no sign of its own; here it is the one that goes with the sum of the channels (other packages leave it to chance).
 * Options: `layer` (name, number or a list; default the last convolution, after the activation that follows it), `relu` (true; false keeps what is below the mean),
 * `resize` (true; false keeps the layer's own grid; 'nearest', 'corners'), `normalize` ('minmax' stretches to 0..1), `combine` ('mean', 'max' or 'product': one map of a list of layers),
 * `augment` (true: the mean over mirrored, darker and brighter copies). For the same of a class's evidence (Eigen-Grad-CAM): `hiResCam` with `smooth: 'eigen'`.
 * Muhammad & Yeasin 2020, "Eigen-CAM", arXiv 2008.00299.
 *
 * @example
 * await cl.eigenCam(model, photo)
 */
export const eigenCam: CamMethod<EigenCamOptions> = camMethod<EigenCamOptions>({
  name: 'eigenCam',
  method: 'Eigen-CAM',
  unit: 'first component of the outputs',
  options: camOptions.filter((name) => name !== 'smooth'),
  eigen: true,
  note: 'the same for every class',
  empty: 'the layer puts out the same in every cell',
  parts({ model, of, aims }, x, layers) {
    const [value, ...outputs] = forward(model.graph, x, [of, ...layers.map((layer) => layer.value)]);
    aims.forEach((aim, i) => aim.see(tf.slice(value, x.shape[0] === 1 ? 0 : i, 1)));
    return outputs.map((output) => withRows(output, aims.length) as tf.Tensor4D);
  },
});
