"""tf-keras-vis's activation maximisation, for bench/featureVisualization.ts: python feature_peers.py STEPS; prints a JSON line of seconds."""
import json
import sys
import time
from importlib.metadata import version

import tensorflow as tf
from tf_keras_vis.activation_maximization import ActivationMaximization
from tf_keras_vis.utils.scores import CategoricalScore

steps = int(sys.argv[1])
tf.keras.utils.set_random_seed(1)


def seconds(layer, side, channels):
    """Of a network of random weights, cut at the layer by hand, which makes it as quick as it can be."""
    whole = tf.keras.applications.VGG16(weights=None, include_top=False, input_shape=(side, side, 3))
    model = tf.keras.Model(whole.input, whole.get_layer(layer).output)
    dream = ActivationMaximization(model)
    start = tf.random.uniform((len(channels), side, side, 3), 0, 255)
    dream(CategoricalScore(channels), seed_input=start, steps=2)
    best = float("inf")
    for _ in range(2):
        begun = time.perf_counter()
        dream(CategoricalScore(channels), seed_input=start, steps=steps)
        best = min(best, time.perf_counter() - begun)
    return best


cases = {"block3_conv3, 64 px": ("block3_conv3", 64, [5]), "block3_conv3, 64 px, 9 channels": ("block3_conv3", 64, list(range(9))), "block5_conv3, 128 px": ("block5_conv3", 128, [5])}
print(json.dumps({"peer": f"tf-keras-vis {version('tf-keras-vis')}, TensorFlow {tf.__version__}", "seconds": {name: seconds(*case) for name, case in cases.items()}}))
