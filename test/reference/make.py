"""python make.py [NAME ...]: writes NAME.json, what the Python peers say about the network NAME of specs.py.

By hand: python3.11 -m venv V && V/bin/pip install -r requirements.txt --extra-index-url (PyTorch's, for the cpu build) && V/bin/python make.py
"""
import copy
import os
import sys
import warnings
from importlib.metadata import version
from pathlib import Path

os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", KERAS_BACKEND="tensorflow", TQDM_DISABLE="1", CUDA_VISIBLE_DEVICES="-1")

import keras
import numpy as np
import torch
from torch import nn

import captum_cases
import keras_cases
from gradcam_cases import gradcam_cases
from keras_net import keras_net
from specs import SPECS
from steady import Steadiness
from store import Unsuitable, packed, write
from torch_net import Net
from weights import random_weights

SAMPLES = 4
# Ten times what float32 makes of a sum of a hundred terms.
STEADY = 2e-6


def made(name, seed):
    spec = SPECS[name]
    random = np.random.default_rng(seed)
    weights = random_weights(spec, random)
    height, width, depth = spec["input"]
    image = random.standard_normal([height, width, depth]).astype(np.float32)
    base = random.standard_normal([height, width, depth]).astype(np.float32)
    colour = random.standard_normal(depth).astype(np.float32)
    draws = random.standard_normal([SAMPLES, height, width, depth]).astype(np.float32)
    sigma = float(0.2 * (image.max() - image.min()))

    net = Net(spec, weights)
    steadiness = Steadiness(net)
    x = to_torch(image)
    model = keras_net(name, spec, weights)
    logits = net(x).detach().numpy()[0]
    agree(logits, model.layers[-1], model, image)
    order = np.argsort(-logits)
    t, u = int(order[0]), int(order[1])
    cell = strongest(net, spec["early"], x)

    captum_cases.fixed_noise(draws.transpose(0, 3, 1, 2))
    keras_cases.fixed_noise(draws)
    scope = dict(
        net=net, x=x, t=t, u=u, base=to_torch(base), colour=torch.from_numpy(colour)[None, :, None, None], depth=depth, size=(height, width),
        layer=net.at(spec["layer"]), early=net.at(spec["early"]), layer_name=spec["layer"], early_name=spec["early"], cell=cell,
        softmaxed=lambda each: torch.softmax(net(each), 1), contrast=lambda each: net(each)[:, t] - net(each)[:, u], samples=SAMPLES, sigma=sigma, copy=copy.deepcopy,
    )
    if any(isinstance(module, nn.ReLU6) for module in net.modules()):
        scope["seen"] = with_seen_relu6(net)
    cases = captum_cases.captum_cases(scope) + gradcam_cases(scope)
    if steadiness.nearest < STEADY:
        raise Unsuitable(f"a switch is {steadiness.nearest:.1e} deviations away")
    cases += keras_cases.keras_cases(dict(model=model, X=image[None], score=keras_cases.CategoricalScore([t]), layer=spec["layer"], samples=SAMPLES))
    cases = [each for each in cases if not any(word in each["title"] for word in spec.get("without", []))]
    return dict(
        name=name, seed=seed, versions={each: version(each) for each in ("torch", "captum", "grad-cam", "tensorflow-cpu", "keras", "tf-keras-vis")},
        input=spec["input"], layer=spec["layer"], early=spec["early"], cell=cell, layers=spec["layers"],
        weights={key: [packed(each) for each in arrays] for key, arrays in weights.items()},
        image=packed(image), base=packed(base), colour=packed(colour), draws=packed(draws), sigma=sigma, logits=packed(logits), target=t, other=u, cases=cases,
    )


def to_torch(array):
    return torch.from_numpy(array.transpose(2, 0, 1)[None].copy()).requires_grad_()


def strongest(net, layer, x):
    """The cell of a layer with the largest value below 6: channel, row, column. One that is cut off at 0 or 6 has no gradient."""
    found = []
    hook = net.at(layer).register_forward_hook(lambda module, inputs, output: found.append(output[0]))
    net(x)
    hook.remove()
    values = torch.where(found[0] < 6, found[0], 0)
    return tuple(int(each) for each in np.unravel_index(values.argmax(), values.shape))


def agree(logits, last, model, image):
    """The two forms of the network are the same network."""
    last.activation, softmax = keras.activations.linear, last.activation
    other = model(image[None], training=False).numpy()[0]
    last.activation = softmax
    error = np.linalg.norm(logits - other) / np.linalg.norm(logits)
    assert error < 1e-5, f"torch and Keras differ by {error}"


class SeenRelu6(nn.ReLU):
    """ReLU6 that Captum's hooks take for a ReLU."""

    def forward(self, x):
        return nn.functional.relu6(x)


def with_seen_relu6(net):
    other = copy.deepcopy(net)
    for name, module in list(other.parts.items()):
        if isinstance(module, nn.ReLU6):
            other.parts[name] = SeenRelu6()
    return other


def main(names):
    keras.utils.disable_interactive_logging()
    warnings.simplefilter("ignore")
    for name in names or SPECS:
        for seed in range(1, 100):
            try:
                record = made(name, seed)
                break
            except Unsuitable as why:
                print(f"{name}, seed {seed}: {why}", flush=True)
        else:
            sys.exit(f"{name}: no seed is steady")
        path = Path(__file__).with_name(f"{name}.json")
        write(path, record)
        print(f"{path.name}: {len(record['cases'])} cases, {path.stat().st_size / 1e3:.0f} kB", flush=True)


main(sys.argv[1:])
