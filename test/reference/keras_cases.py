"""What tf-keras-vis gives for the Keras form of the network."""
import numpy as np
from tf_keras_vis.gradcam import Gradcam  # noqa: F401
from tf_keras_vis.gradcam_plus_plus import GradcamPlusPlus  # noqa: F401
from tf_keras_vis.layercam import Layercam  # noqa: F401
from tf_keras_vis.saliency import Saliency  # noqa: F401
from tf_keras_vis.scorecam import Scorecam  # noqa: F401
from tf_keras_vis.utils.model_modifiers import GuidedBackpropagation, ReplaceToLinear  # noqa: F401
from tf_keras_vis.utils.scores import CategoricalScore  # noqa: F401

from store import case

LINEAR = "(model, ReplaceToLinear())"
CAM = "score, X, penultimate_layer=layer, seek_penultimate_conv_layer=False"

CASES = [
    ("Saliency, raw", f"Saliency{LINEAR}(score, X, normalize_map=False)"),
    ("Saliency", f"Saliency{LINEAR}(score, X)"),
    ("Saliency of the probability, raw", "Saliency(model)(score, X, normalize_map=False)"),
    ("Saliency, guided, raw", "Saliency(model, [GuidedBackpropagation(), ReplaceToLinear()])(score, X, keepdims=True, gradient_modifier=None, normalize_map=False)"),
    ("SmoothGrad, raw", f"Saliency{LINEAR}(score, X, smooth_samples=samples, smooth_noise=0.2, normalize_map=False)"),
    ("SmoothGrad", f"Saliency{LINEAR}(score, X, smooth_samples=samples, smooth_noise=0.2)"),
]
for method, modifier in [("Gradcam", LINEAR), ("GradcamPlusPlus", LINEAR), ("Layercam", LINEAR), ("Scorecam", "(model)")]:
    CASES += [
        (f"{method}, raw on the layer's grid", f"{method}{modifier}({CAM}, expand_cam=False, normalize_cam=False)"),
        (f"{method}, on the layer's grid", f"{method}{modifier}({CAM}, expand_cam=False)"),
        (f"{method}, raw", f"{method}{modifier}({CAM}, normalize_cam=False)"),
        (method, f"{method}{modifier}({CAM})"),
    ]
CASES += [
    ("Gradcam of its default layer, raw on the layer's grid", f"Gradcam{LINEAR}(score, X, expand_cam=False, normalize_cam=False)"),
    ("Scorecam of the logits, raw on the layer's grid", f"Scorecam{LINEAR}({CAM}, expand_cam=False, normalize_cam=False)"),
    ("Scorecam of the 3 channels that vary most, raw on the layer's grid", f"Scorecam(model)({CAM}, max_N=3, expand_cam=False, normalize_cam=False)"),
]


def keras_cases(scope):
    scope = {**globals(), **scope}
    found = []
    for title, call in CASES:
        values = np.asarray(eval(call, scope))[0]
        found.append(case("tf-keras-vis", title, call, values))
    return found


def fixed_noise(draws):
    """tf-keras-vis draws its noise with np.random.normal: here it is given ours, [samples, 1, h, w, c]."""
    np.random.normal = lambda mean, sigma, shape: mean + draws.reshape(shape) * np.asarray(sigma)
