"""tf-keras-vis: python tf_peers.py WEIGHTS INPUT THREADS."""
import sys
from importlib.metadata import version

import numpy as np
import tensorflow as tf
from tf_keras_vis.gradcam import Gradcam
from tf_keras_vis.gradcam_plus_plus import GradcamPlusPlus
from tf_keras_vis.layercam import Layercam
from tf_keras_vis.saliency import Saliency
from tf_keras_vis.scorecam import Scorecam
from tf_keras_vis.utils.model_modifiers import GuidedBackpropagation
from tf_keras_vis.utils.scores import CategoricalScore

from serve import serve
from weights import read

threads = int(sys.argv[3])
tf.config.threading.set_intra_op_parallelism_threads(threads)
tf.config.threading.set_inter_op_parallelism_threads(threads)

# The scores are logits: what tf-keras-vis's ReplaceToLinear would make of the network with its softmax.
model = tf.keras.applications.VGG16(weights=None, classifier_activation=None)
for name, kernel, bias in read(sys.argv[1]):
    model.get_layer(name).set_weights([kernel, bias])
x = np.fromfile(sys.argv[2], np.float32).reshape(1, 224, 224, 3)


def logits(images=1):
    return model(np.repeat(x, images, 0), training=False).numpy()


target = int(logits()[0].argmax())
score = CategoricalScore(target)
layer = "block5_conv3"
explain = Saliency(model)
guided = Saliency(model, model_modifier=GuidedBackpropagation())


def cam(method, **options):
    return method(model)(score, x, penultimate_layer=layer, normalize_cam=False, **options)[0]


methods = {
    "forward": logits,
    "forward 32": lambda: logits(32),
    "saliency": lambda: explain(score, x, normalize_map=False)[0],
    "saliency, 8 images": lambda: explain(CategoricalScore([target] * 8), np.repeat(x, 8, 0), normalize_map=False)[0],
    "guidedBackprop": lambda: guided(score, x, keepdims=True, gradient_modifier=None, normalize_map=False)[0],
    "smoothGrad 25": lambda: explain(score, x, smooth_samples=25, smooth_noise=0.15, normalize_map=False)[0],
    "gradCam": lambda: cam(Gradcam),
    "gradCamPlusPlus": lambda: cam(GradcamPlusPlus),
    "layerCam": lambda: cam(Layercam),
    "scoreCam": lambda: cam(Scorecam),
}

serve(
    {
        "software": {"tf-keras-vis": version("tf-keras-vis"), "TensorFlow": tf.__version__, "Keras": tf.keras.__version__},
        "notes": [],
        "logits": logits()[0].tolist(),
    },
    {f"tf-keras-vis {name}": method for name, method in methods.items()},
)
